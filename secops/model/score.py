"""得分: what the standard makes of answers; item by item, so that the arithmetic can be shown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from secops.model.answer import Answer, Measure, Value
from secops.model.assessment import Assessment, Conclusion
from secops.model.checklist import AtLevel, Item
from secops.model.common import Confidence
from secops.model.judgement import Score


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredItem:
    """One item, what it says at its level, the value that counts and the answers behind it."""

    item: Item
    at: AtLevel
    value: Value | None  # None: unanswered, or not by every component concerned
    answers: tuple[Answer, ...]  # those that stand now; superseded ones are history


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
    hazards_open: bool  # high-risk cases and hazards not judged: never better than 基本符合


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """An assessment with its items, counts and conclusion."""

    assessment: Assessment
    items: tuple[ScoredItem, ...]
    score: Score
    concluded: Concluded
    bands: Bands  # those that the conclusion was drawn by
