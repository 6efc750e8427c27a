"""What every paper stands on: the day that it speaks of, and the history until then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.errors.documents import DayNotYetError
from secops.model.evidence import EvidenceRecord
from secops.model.history import Head
from secops.operations.as_it_stood import Stood, as_it_stood, last_instant
from secops.operations.init_workspace import SAMPLE

_STEP: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Of which civil date a paper speaks, when and by what it is printed."""

    as_of: date
    today: date  # a paper that is stamped never bears a later date
    zone: tzinfo
    program: str

    @property
    def until(self) -> datetime:
        """The last instant of the date: what was recorded later is hidden."""
        return last_instant(self.as_of, self.zone)

    def stood(self, work: UnitOfWork) -> Stood:
        """Give the inventory and the settings as they stood then; raises DayNotYetError."""
        if self.as_of > self.today:
            raise DayNotYetError(day=self.as_of.isoformat(), today=self.today.isoformat())
        return as_it_stood(work, self.until)


def is_sample(stood: Stood) -> bool:
    """Whether nothing of the workspace is real: its papers say so."""
    return stood.settings.get(SAMPLE) == "yes"


def unerased(record: EvidenceRecord, until: datetime) -> EvidenceRecord:
    """Hide that the bytes were erased later."""
    later = record.erased_at is not None and record.erased_at > until
    return replace(record, erased_at=None) if later else record


def head_until(work: UnitOfWork, until: datetime) -> Head:
    """Give the newest entry that the report stands on: printing itself changes nothing of it."""
    last = work.chain.head().seq
    while last > 0:
        after = max(0, last - _STEP)
        entries = [one for one in work.chain.entries(after=after) if one.seq <= last]
        for one in reversed(entries):
            if one.at <= until and not one.action.startswith("document."):
                return Head(seq=one.seq, hash=one.hash, at=one.at)
        last = after
    return Head(seq=0, hash="", at=None)
