"""What still refers to a unit, person or component: it must be changed before that one is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from secops.contracts.store import UnitOfWork
from secops.errors.inventory import StillUsedError
from secops.model.inventory import KINDS
from secops.model.record import Cell, to_cells
from secops.operations.edit_record import ENDS
from secops.operations.export_inventory import references_of
from secops.operations.find_record import records_of

GUARDED: Final = frozenset({"unit", "person", "component"})
_PAST: Final = frozenset({"grading.filled_by"})  # who once filled a form in, not who answers now
_SHOWN: Final = 8
Rows = Callable[[str], Iterator[Mapping[str, Cell]]]
"""Gives the cells of all records of a kind."""


def rows_of(work: UnitOfWork) -> Rows:
    """Give what is stored."""
    return lambda kind: (to_cells(one) for one in records_of(work, kind).all())


def still_used_by(work: UnitOfWork, kind: str, id: str, on: date) -> StillUsedError | None:
    """Say what refers to one stored record that is to end on a day; None: nothing in use does."""
    return still_used(kind, {id: on}, rows_of(work)).get(id)


def still_used(kind: str, ends: Mapping[str, date], rows: Rows) -> dict[str, StillUsedError]:
    """Say of each record that is to end on a day what in use refers to it then."""
    users: dict[str, list[str]] = {}
    over: set[str] = set()  # systems; their data categories are over with them
    for other in KINDS:
        paths = [
            path for path, refers in references_of(other).items()
            if refers == kind and path not in _PAST
        ]  # fmt: skip
        if other == "contact" or not (paths or other == "system"):
            continue
        for cells in rows(other):
            ended = _ended(other, cells) or date.max
            if other == "system" and ended < date.max:
                over.add(str(cells["id"]))
            if str(cells.get("system") or "") in over:
                continue
            for id_ in {one for path in paths for one in _ids(cells.get(path))}:
                if id_ in ends and ended > ends[id_]:
                    users.setdefault(id_, []).append(_said(other, cells))
    return {id_: _error(found) for id_, found in users.items()}


def _ids(cell: Cell) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else (str(cell),) if cell else ()


def _ended(kind: str, cells: Mapping[str, Cell]) -> date | None:
    end: Any = cells.get(ENDS.get(kind, ""))
    return end if isinstance(end, date) else None


def _said(kind: str, cells: Mapping[str, Cell]) -> str:
    name = cells.get("name") or cells.get("value") or cells.get("service") or cells.get("post")
    return f"{kind.replace('_', '-')} {cells.get('no')} {name or ''}".strip()


def _error(users: list[str]) -> StillUsedError:
    shown = ", ".join([*users[:_SHOWN], "…"] if len(users) > _SHOWN else users)
    return StillUsedError(count=str(len(users)), users=shown)
