"""得分: what the standard makes of answers; item by item, so that the arithmetic can be shown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from secops.model.answer import Answer, Measure, Value
from secops.model.assessment import Assessment, Conclusion
from secops.model.case import Case, CaseState
from secops.model.checklist import AtLevel, Item
from secops.model.common import Confidence
from secops.model.ids import ItemId
from secops.model.judgement import Score
from secops.model.platform_statement import Inherited


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredItem:
    """One item, what it says at its level, the value that counts and the answers behind it."""

    item: Item
    at: AtLevel
    value: Value | None  # None: unanswered, or not by every component concerned
    answers: tuple[Answer, ...]  # those that stand now; superseded ones are history
    inherited: Inherited | None = None  # what the platform that carries it states


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCase:
    """One high-risk case or major hazard, and what stands about it."""

    case: Case
    state: CaseState
    answer: Answer | None  # that stands now
    items: tuple[ScoredItem, ...]  # that it is about
    was_present: bool  # at any time in this cycle: what was mended since still counts as found

    @property
    def stands(self) -> bool:
        """Whether it is present, its risk lowered by a measure or not."""
        return self.state in (CaseState.PRESENT, CaseState.DOWNGRADED)

    @property
    def mended(self) -> bool:
        """Whether it was present in this cycle, and a person says that it is no more."""
        return self.was_present and not self.stands and self.state is not CaseState.OPEN

    @property
    def concerns_people(self) -> bool:
        """Whether it waits, stands or was mended; the rest nobody has to look at."""
        return self.stands or self.was_present or self.state is CaseState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardCounts:
    """How many cases and hazards there are of each kind."""

    asked: int  # cases of the guide, hazards left out
    present: int  # of these
    downgraded: int  # of these
    open: int  # cases and hazards that nobody has judged
    hazards: int  # major ones found in this cycle, before any was mended
    mended: int  # of these


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """测评结论 of the 2025 template: above `upper`, above `lower`, below; the borders are ours."""

    title: str
    source: str
    as_of: str
    confidence: Confidence
    upper: int  # percent
    lower: int
    at_upper: Conclusion  # exactly on the border the text says nothing
    at_lower: Conclusion
    partial_weight: Fraction  # what a partially compliant item counts, 0 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """自查结论 by the bands of the 2025 template; never an official one."""

    conclusion: Conclusion
    rate: Measure
    on_border: bool  # exactly on 90 % or 60 %: the text leaves it open, a named setting decides
    hazards: HazardCounts | None  # None: the item set is from before cases were asked

    @property
    def hazards_open(self) -> bool:
        """Whether cases or hazards are not judged: never better than 基本符合."""
        return self.hazards is None or self.hazards.open > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An assessment with its items, counts and conclusion."""

    assessment: Assessment
    items: tuple[ScoredItem, ...]
    score: Score
    concluded: Concluded
    bands: Bands  # those that the conclusion was drawn by
    cases: tuple[JudgedCase, ...] = ()
    older: frozenset[ItemId] = frozenset()  # whose evidence is all older than the cycle
    stands_in: str = ""  # a workspace's own edition that it was asked by, in a supplied one's place

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every answer that stands, to items and to cases."""
        of_items = (answer for one in self.items for answer in one.answers)
        return (*of_items, *(one.answer for one in self.cases if one.answer))
