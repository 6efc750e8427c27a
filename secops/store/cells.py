"""Values <-> what a column holds: canonical JSON, instants as text, the three columns of an actor.

Canonical: sorted keys, no blanks, UTF-8. The digest of a record is the digest of these bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from secops.errors import MissingKeyError, WrongValueError, msgid
from secops.model.actor import Actor, Means
from secops.model.history import canonical
from secops.model.ids import PersonId
from secops.model.record import EMPTY, Cell, CellKind, fields_of, from_cells

T = TypeVar("T")

_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")  # an escape, not a backslash before `u0000`


def body_of(cells: Mapping[str, Cell], required: Sequence[str] = ()) -> str:
    """Write cells as canonical JSON; empty ones are left out, they read back as empty.

    Raises MissingKeyError when a required cell is empty: it could not be read back.
    """
    for path in required:
        if cells.get(path) in EMPTY:
            raise MissingKeyError(key=path)
    body = canonical({k: v for k, v in cells.items() if v not in EMPTY})
    if "\\u0000" in body and _NUL.search(body):  # PostgreSQL keeps none in text
        raise WrongValueError(key="text", wanted=msgid("text without NUL"), found="\\u0000")
    return body


@cache
def required_of(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  # a class; mypy holds `type` for not hashable
    """Name the cells without which a record cannot be read back."""
    return tuple(one.path for one in fields_of(kind) if one.required)


@cache
def _readers(kind: Any) -> dict[str, Callable[[Any], Cell]]:  # noqa: ANN401  # see required_of
    found: dict[str, Callable[[Any], Cell]] = {}
    for one in fields_of(kind):
        if one.many:
            found[one.path] = tuple
        elif one.kind is CellKind.DATE:
            found[one.path] = date.fromisoformat
    return found


def read_cells(kind: Any, cells: dict[str, Any]) -> dict[str, Cell]:  # noqa: ANN401  # see required_of
    """Give JSON's values the types of the cells."""
    for path, read in _readers(kind).items():
        if path in cells:
            cells[path] = read(cells[path])
    return cells


def read_body(kind: type[T], body: str) -> T:
    """Build the record that `body_of` wrote."""
    return from_cells(kind, read_cells(kind, json.loads(body)))


def read_instant(text: str) -> datetime:
    """Read what `instant` wrote."""
    return datetime.fromisoformat(text)


def actor_cells(actor: Actor) -> tuple[str, str, str]:
    """Give account, person and means."""
    return actor.account, actor.person or "", actor.means.value


def read_actor(account: str, person: str, means: str) -> Actor:
    """Read what `actor_cells` wrote."""
    return Actor(account=account, person=PersonId(person) if person else None, means=Means(means))
