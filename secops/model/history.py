"""The hash chain: one entry per change, written in the same transaction as the change.

h = SHA-256(prev ‖ canonical bytes of the entry). A chain alone does not see a cut tail or a full
re-chain: that is why its head is exported and printed on reports.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, unique
from functools import lru_cache
from typing import Final

Changes = Mapping[str, tuple[str | None, str | None]]
"""Field path -> before and after as text; never contact data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link of the chain."""

    seq: int  # from 1, without gaps
    at: datetime
    account: str
    person: str
    means: str
    action: str  # such as `system.put`, `scan.start`, `answer.put`
    object: str  # kind and id
    before: str  # digest of the state before, empty for a birth
    after: str
    changes: str  # canonical JSON of `Changes`
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the chain stands: exported, printed, compared later."""

    seq: int
    hash: str
    at: datetime | None


def _plain(value: object) -> str:
    if isinstance(value, (Decimal, date)):
        return str(value)
    raise TypeError(type(value))


canonical: Final[Callable[[object], str]] = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
).encode
"""Write a value as the JSON that is hashed: sorted keys, no blanks, characters as they are."""


def link(previous: str, said: str) -> str:
    """Give the hash of an entry: over its predecessor's hash and its own canonical text."""
    return hashlib.sha256(previous.encode() + said.encode()).hexdigest()


@lru_cache(maxsize=64)  # what is recorded together shares its instant
def instant(moment: datetime) -> str:
    """Write an instant in UTC, always with microseconds: text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def cells_of(entry: Entry) -> tuple[int | str, ...]:
    """Give what an entry says, in the order in which it is hashed."""
    who = (entry.account, entry.person, entry.means)
    about = (entry.action, entry.object, entry.before, entry.after, entry.changes)
    return (entry.seq, instant(entry.at), *who, *about)


@unique
class Break(Enum):
    """How a chain is broken."""

    MISSING = "missing"
    NOT_LINKED = "not_linked"
    ALTERED = "altered"
    CUT_OFF = "cut_off"
    MADE_ANEW = "made_anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """The first entry that does not fit, and how."""

    seq: int
    kind: Break


def first_bad(entries: Iterable[Entry], known: Head | None = None) -> BadRow | None:
    """Walk the chain from its beginning; `known`: a head that was exported earlier.

    Missing: rows were deleted or moved. Not linked, altered: a row was altered or put in. A cut
    end and a chain made anew are seen only against a known head.
    """
    seq, previous, met = 0, "", known is None or known.seq == 0
    for entry in entries:
        seq += 1
        if entry.seq != seq:
            return BadRow(seq=seq, kind=Break.MISSING)
        if entry.previous != previous:
            return BadRow(seq=seq, kind=Break.NOT_LINKED)
        if entry.hash != link(previous, canonical(cells_of(entry))):
            return BadRow(seq=seq, kind=Break.ALTERED)
        previous = entry.hash
        if known is not None and seq == known.seq:
            met = True
            if entry.hash != known.hash:
                return BadRow(seq=seq, kind=Break.MADE_ANEW)
    return None if met else BadRow(seq=seq + 1, kind=Break.CUT_OFF)
