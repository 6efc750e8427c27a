"""The history: list it, prove it, hand its head to somebody else."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from secops.contracts.store import UnitOfWork
from secops.model.history import BadRow, Entry, Head, canonical, cells_of, first_bad, instant
from secops.model.inventory import KINDS
from secops.operations.find_record import find_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What the check of the chain gave."""

    head: Head
    against: Head | None  # an exported head it was compared with
    bad: BadRow | None
    strays: tuple[str, ...]  # records that are not what the chain says

    @property
    def good(self) -> bool:
        """Nothing is wrong, as far as the chain can tell."""
        return self.bad is None and not self.strays


def verify_chain(work: UnitOfWork, against: Head | None = None) -> Verified:
    """Walk the whole chain, then compare the records with their last entries."""
    bad = first_bad(work.chain.entries(), against)
    strays = () if bad else tuple(work.chain.strays())
    return Verified(head=work.chain.head(), against=against, bad=bad, strays=strays)


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
        yield canonical([*cells_of(one), one.previous, one.hash])
