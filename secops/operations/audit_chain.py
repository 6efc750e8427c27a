"""The history: list it, prove it, hand its head to somebody else."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice, zip_longest

from secops.contracts.store import UnitOfWork
from secops.model.history import BadRow, Entry, Head, canonical, cells_of, first_bad, instant
from secops.model.inventory import KINDS
from secops.operations.find_record import find_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the check of the chain gave."""

    head: Head
    bad: BadRow | None
    strays: tuple[str, ...]  # records that are not what the chain says
    line: int = 0  # of the export: the first that is not what the chain holds

    @property
    def good(self) -> bool:
        """Nothing is wrong, as far as the chain can tell."""
        return self.bad is None and not self.strays and not self.line


def verify_chain(
    work: UnitOfWork, against: Head | None = None, lines: Iterable[str] = ()
) -> Verified:
    """Walk the whole chain, compare the records with their last entries, and an export's lines."""
    bad = first_bad(work.chain.entries(), against)
    strays = () if bad else tuple(work.chain.strays())
    line = _differing(work, against, lines) if against and not bad else 0
    return Verified(head=work.chain.head(), bad=bad, strays=strays, line=line)


def _differing(work: UnitOfWork, against: Head, lines: Iterable[str]) -> int:
    """Give the first line of an export that is changed or lacking, counted with its head; 0: none.

    A file that was cut down to its head still holds all that proves the chain.
    """
    read = iter(lines)
    first = next(read, None)
    if first is None:
        return 0
    exported = islice(work.chain.entries(), against.seq)
    pairs = zip_longest((_line(one) for one in exported), chain((first,), read))
    return next((at for at, (ours, theirs) in enumerate(pairs, 2) if ours != theirs), 0)


def object_of(work: UnitOfWork, text: str) -> str:
    """Give the object of `system 3` or `system NAME`: kind and id; other words stay as they are.

    Raises UnknownNameError and AmbiguousNameError.
    """
    kind, _, name = text.strip().partition(" ")
    if kind not in KINDS or kind == "contact" or not name:
        return text.strip()
    return f"{kind} {find_record(work, kind, name).id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries to list."""

    object: str = ""
    since: datetime | None = None
    limit: int = 50


def list_entries(work: UnitOfWork, wanted: Wanted) -> tuple[Entry, ...]:
    """Give the newest entries that fit, the oldest of them first."""
    if wanted.object:
        entries = work.chain.about(object_of(work, wanted.object))
    else:
        after = 0 if wanted.since else max(0, work.chain.head().seq - wanted.limit)
        entries = work.chain.entries(after=after)
    fitting = (one for one in entries if wanted.since is None or one.at >= wanted.since)
    return tuple(deque(fitting, maxlen=wanted.limit))


def export_lines(work: UnitOfWork) -> Iterator[str]:
    """Give the head, then every entry, one JSON array a line."""
    head = work.chain.head()
    yield canonical({"seq": head.seq, "hash": head.hash, "at": head.at and instant(head.at)})
    for one in work.chain.entries():
        yield _line(one)


def _line(entry: Entry) -> str:
    return canonical([*cells_of(entry), entry.previous, entry.hash])
