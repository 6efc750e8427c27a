"""Counting answers, and the conclusion by the bands of the 2025 template.

Only answers count. Unanswered stands in the denominator, never in the numerator; of several
components the worst decides; no rounding here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import assert_never

from secops.judging.tailoring import Asked
from secops.model.answer import Answer, Choice, Measure, OfComponent, Subject, Value, Verdict
from secops.model.assessment import Conclusion
from secops.model.asset import Component
from secops.model.checklist import Item
from secops.model.common import NotApplicable
from secops.model.ids import ItemId, SystemId
from secops.model.judgement import Score
from secops.model.score import Bands, Concluded, HazardCounts, ScoredItem


def current(
    answers: Iterable[Answer], until: datetime | None = None
) -> dict[tuple[ItemId, Subject], Answer]:
    """Of several answers the highest revision stands; `until` hides what was recorded later."""
    return {key: several[-1] for key, several in stated(answers, until).items()}


def stated(
    answers: Iterable[Answer], until: datetime | None = None
) -> dict[tuple[ItemId, Subject], tuple[Answer, ...]]:
    """Give the answers that nobody took back, by revision; the last of each stands."""
    shown = (one for one in answers if until is None or one.recorded_at <= until)
    found: dict[tuple[ItemId, Subject], tuple[Answer, ...]] = {}
    for one in sorted(shown, key=lambda each: each.revision):
        before = found.get((one.item, one.subject), ())
        found[one.item, one.subject] = before[:-1] if one.withdraws else (*before, one)
    return {key: several for key, several in found.items() if several}


def asked_of(
    item: Item, system: SystemId, components: Iterable[Component]
) -> tuple[OfComponent, ...]:
    """Give the components of the system that the item is about; none: the system as a whole."""
    return tuple(
        OfComponent(system, one.id)
        for one in components
        if one.kind in item.concerns and one.retired_on is None and system in one.systems
    )


def standing(
    of_whole: Answer | None, of_components: Sequence[Answer | None]
) -> tuple[Answer | None, ...]:
    """Let an answer for the whole stand for every component that has none of its own."""
    return tuple(own or of_whole for own in of_components) or (of_whole,)


def worst(values: Sequence[Value | None]) -> Value | None:
    """Take the worst of the subjects; one open: open; all not applicable: not applicable.

    Numbers and choices have no order: the first is shown as it stands.
    """
    stated = [value for value in values if value is not None]
    if not stated or len(stated) < len(values):
        return None
    verdicts = [value for value in stated if isinstance(value, Verdict)]
    others = [value for value in stated if not isinstance(value, NotApplicable)]
    return min(verdicts) if verdicts else (others or stated)[0]


def score_item(
    asked: Asked,
    subjects: tuple[Subject, Sequence[Subject]],
    said: Mapping[tuple[ItemId, Subject], Answer],
) -> ScoredItem:
    """Give the value of one item: `subjects` are the system, and the components concerned."""
    whole, components = subjects
    item = asked.item.id
    stands = standing(said.get((item, whole)), [said.get((item, one)) for one in components])
    value = worst([one.value if one else None for one in stands])
    answers = tuple(dict.fromkeys(one for one in stands if one))
    return ScoredItem(item=asked.item, at=asked.at, value=value, answers=answers)


def count(items: Iterable[ScoredItem]) -> Score:
    """Count every item exactly once; an item without an answer is counted too."""
    return Score(**Counter(_counted(one.value) for one in items))


def _counted(value: Value | None) -> str:
    match value:
        case None:
            return "unanswered"
        case Verdict():
            return value.value
        case NotApplicable():
            return "not_applicable"
        case Measure() | Choice():
            return "not_judged"
    assert_never(value)


def rate_of(score: Score, partial_weight: Fraction = Fraction(0)) -> Measure:
    """Compliant of all that apply, exactly: a weight of 1/2 doubles both numbers, not rounds."""
    plain = score.rate
    scale, part = partial_weight.denominator, partial_weight.numerator
    return Measure(n=scale * plain.n + part * score.partially_compliant, of=scale * plain.of)


def share_of(value: Value | None, bands: Bands) -> tuple[Fraction, int]:
    """Give what one item adds above and below the line; an item outside the rate adds nothing."""
    match _counted(value):
        case "compliant":
            return Fraction(1), 1
        case "partially_compliant":
            return bands.partial_weight, 1
        case "non_compliant" | "unanswered":
            return Fraction(0), 1
    return Fraction(0), 0


def conclude(score: Score, bands: Bands, hazards: HazardCounts | None = None) -> Concluded:
    """Give the conclusion by the bands.

    With a major hazard, mended or not, it is never better than 基本符合, as one report tool reads
    公网安〔2025〕1846号 问20; nor is it while cases and hazards are not judged, or none were asked.
    Where nothing applies there is nothing to have complied with: 不符合.
    """
    rate = rate_of(score, bands.partial_weight)
    percent = Fraction(100 * rate.n, rate.of) if rate.of else Fraction(0)
    reached, on_border = _band(percent, bands)
    concluded = Concluded(conclusion=reached, rate=rate, on_border=on_border, hazards=hazards)
    found = hazards is not None and hazards.hazards > 0
    if (found or concluded.hazards_open) and reached is Conclusion.COMPLIANT:
        return replace(concluded, conclusion=Conclusion.BASICALLY_COMPLIANT)
    return concluded


def _band(percent: Fraction, bands: Bands) -> tuple[Conclusion, bool]:
    if percent == bands.upper:
        return bands.at_upper, True
    if percent == bands.lower:
        return bands.at_lower, True
    if percent > bands.upper:
        return Conclusion.COMPLIANT, False
    if percent > bands.lower:
        return Conclusion.BASICALLY_COMPLIANT, False
    return Conclusion.NON_COMPLIANT, False
