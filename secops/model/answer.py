"""What a person states about an item: the only thing that is ever scored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, unique
from functools import total_ordering
from typing import Final

from secops.model.actor import Actor
from secops.model.common import NotApplicable
from secops.model.ids import (
    AnswerId,
    AssessmentId,
    ComponentId,
    Digest,
    ItemId,
    PersonId,
    SystemId,
    UnitId,
)


@unique
@total_ordering
class Verdict(Enum):
    """Judgement on one item. Order is declaration order: worse < better."""

    NON_COMPLIANT = "non_compliant"  # 不符合
    PARTIALLY_COMPLIANT = "partially_compliant"  # 部分符合
    COMPLIANT = "compliant"  # 符合

    def __lt__(self, other: Verdict) -> bool:
        ranks = list(Verdict)
        return ranks.index(self) < ranks.index(other)


@dataclass(frozen=True, slots=True)
class OfUnit:
    """The unit itself, as in a yearly self-check."""

    unit: UnitId


@dataclass(frozen=True, slots=True)
class OfSystem:
    """A system as a whole."""

    system: SystemId


@dataclass(frozen=True, slots=True)
class OfComponent:
    """One component in the setting of one system: a server may carry five systems."""

    system: SystemId
    component: ComponentId


@dataclass(frozen=True, slots=True)
class Measure:
    """How many of how many; whole numbers, rounded only where they are shown."""

    n: int
    of: int

    @property
    def percent(self) -> str:
        """In percent with two digits, cut and not rounded: 89.999 is not yet 90."""
        if not self.of:
            return "-"
        hundredths = 10_000 * self.n // self.of
        return f"{hundredths // 100}.{hundredths % 100:02d}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of the list that the item offers."""

    code: str


NOT_APPLICABLE: Final = "not_applicable"
"""How files and commands write what does not apply, beside the values of `Verdict`."""
Subject = OfUnit | OfSystem | OfComponent
Value = Verdict | Measure | Choice | NotApplicable


def reason_of(value: Value | None) -> str:
    """Give why something does not apply; empty where it does."""
    return value.reason if isinstance(value, NotApplicable) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """No person, no answer: who states it, who typed it, by what means, why, on what evidence.

    One that withdraws takes back the newest that stands, whose value it repeats; then the one
    before that stands again. Nothing is ever removed.
    """

    id: AnswerId
    assessment: AssessmentId
    subject: Subject
    item: ItemId
    revision: int  # orders answers; a clock never does
    value: Value
    answered_by: PersonId  # who states it
    recorded_by: Actor  # who typed or imported it
    recorded_at: datetime
    note: str = ""
    evidence: tuple[Digest, ...] = ()
    suggestion: Digest | None = None  # the suggestion that was accepted, if one was
    withdraws: bool = False
