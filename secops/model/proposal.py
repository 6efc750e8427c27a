"""Where a value that a person may confirm comes from: the inventory, or an earlier cycle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, unique

from secops.model.ids import AnswerId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class FromInventory:
    """Counted in the inventory as it stood on a day."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FromLast:
    """Said in an earlier cycle, on evidence that has a day of its own."""

    cycle: str
    answer: AnswerId
    answered_by: PersonId
    answered_at: datetime
    evidence_at: datetime | None  # of the newest evidence; None: there was none


Source = FromInventory | FromLast


@unique
class EvidenceAge(Enum):
    """Of the evidence behind an answer, as its cycle sees it; worst first."""

    OLDER = "older"  # than the cycle: seen once, not checked in this cycle
    NONE = "none"
    OF_THE_CYCLE = "of_the_cycle"
