"""The counting and the conclusion: each sentence has a test that bears its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.errors import WrongValueError
from secops.judging.scoring import conclude, count, current, rate_of, share_of, standing, worst
from secops.judging.tables import weight_of
from secops.model.actor import Actor
from secops.model.answer import Answer, Choice, Measure, OfSystem, Value, Verdict
from secops.model.assessment import Conclusion
from secops.model.common import Confidence, NotApplicable
from secops.model.ids import AnswerId, AssessmentId, ItemId, PersonId, SystemId
from secops.model.judgement import Score
from secops.model.score import Bands, HazardCounts, ScoredItem
from tests.judging.test_suggesting import ITEM

BANDS = Bands(
    title="t",
    source="s",
    as_of="2026-11-24",
    confidence=Confidence.HIGH,
    upper=90,
    lower=60,
    at_upper=Conclusion.BASICALLY_COMPLIANT,
    at_lower=Conclusion.BASICALLY_COMPLIANT,
    partial_weight=Fraction(0),
)
NONE_FOUND = HazardCounts(asked=42, present=0, downgraded=0, open=0, hazards=0, mended=0)
NOW = datetime(2026, 5, 1, tzinfo=UTC)
VALUES = st.one_of(st.sampled_from(list(Verdict)), st.just(NotApplicable("无此功能")), st.none())
COUNTS = st.integers(0, 300)
SCORES = st.builds(
    Score,
    compliant=COUNTS,
    partially_compliant=COUNTS,
    non_compliant=COUNTS,
    not_applicable=COUNTS,
    unanswered=COUNTS,
)
WEIGHTS = st.fractions(0, 1, max_denominator=20)


def _answer(value: Value, revision: int = 1) -> Answer:
    return Answer(
        id=AnswerId(f"a{revision}"),
        assessment=AssessmentId("assessment"),
        subject=OfSystem(SystemId("system")),
        item=ItemId("gb22239/ce/identity-1"),
        revision=revision,
        value=value,
        answered_by=PersonId("person"),
        recorded_by=Actor(account="officer"),
        recorded_at=NOW + timedelta(days=revision),
    )


def test_the_highest_revision_stands_in_whatever_order_it_comes() -> None:
    first, second = _answer(Verdict.NON_COMPLIANT), _answer(Verdict.COMPLIANT, 2)
    assert current([first, second]) == current([second, first])
    assert next(iter(current([second, first]).values())) == second


def test_as_of_hides_what_was_recorded_later() -> None:
    both = [_answer(Verdict.NON_COMPLIANT), _answer(Verdict.COMPLIANT, 2)]
    shown = current(both, NOW + timedelta(days=1))
    assert [one.revision for one in shown.values()] == [1]


def test_an_answer_for_the_whole_stands_for_components_without_their_own() -> None:
    whole, own = _answer(Verdict.COMPLIANT), _answer(Verdict.NON_COMPLIANT, 2)
    assert standing(whole, [own, None]) == (own, whole)
    assert standing(None, [own, None]) == (own, None)
    assert standing(whole, []) == (whole,)


def test_one_component_without_an_answer_leaves_the_item_unanswered() -> None:
    assert worst([Verdict.NON_COMPLIANT, None]) is None


def test_the_worst_component_counts_and_one_that_does_not_apply_is_left_out() -> None:
    values: list[Value | None] = [
        NotApplicable("无登录功能"),
        Verdict.COMPLIANT,
        Verdict.PARTIALLY_COMPLIANT,
    ]
    assert worst(values) is Verdict.PARTIALLY_COMPLIANT
    assert worst([NotApplicable("无"), NotApplicable("无")]) == NotApplicable("无")
    assert worst([Measure(1, 2), NotApplicable("无")]) == Measure(1, 2)


@given(st.lists(VALUES, max_size=5))
def test_the_worst_does_not_depend_on_order(values: list[Value | None]) -> None:
    forth, back = worst(values), worst(values[::-1])
    assert forth == back


@given(st.lists(VALUES, min_size=1, max_size=5), st.integers(0, 4))
def test_leaving_one_unanswered_never_helps(values: list[Value | None], place: int) -> None:
    fewer = list(values)
    fewer[place % len(values)] = None
    items = [share_of(worst(one), BANDS) for one in (values, fewer)]
    assert items[1][0] <= items[0][0]


@given(SCORES)
def test_unanswered_is_below_the_line_and_never_above_it(score: Score) -> None:
    rate = rate_of(score)
    more = rate_of(replace(score, unanswered=score.unanswered + 1))
    assert (more.n, more.of) == (rate.n, rate.of + 1)


@given(SCORES)
def test_an_answer_that_gets_better_never_makes_the_conclusion_worse(score: Score) -> None:
    better = replace(score, compliant=score.compliant + 1, non_compliant=score.non_compliant)
    ranks = list(Conclusion)
    before = conclude(score, BANDS, NONE_FOUND).conclusion
    after = conclude(better, BANDS, NONE_FOUND).conclusion
    assert ranks.index(after) <= ranks.index(before)


@given(SCORES, st.integers(1, 32), st.booleans())
def test_never_better_than_basically_once_a_major_hazard_was_found(
    score: Score,
    hazards: int,
    mended: bool,  # noqa: FBT001  # drawn by hypothesis
) -> None:
    found = replace(NONE_FOUND, hazards=hazards, mended=hazards if mended else 0)
    concluded = conclude(score, BANDS, found)
    assert not concluded.hazards_open
    assert concluded.conclusion is not Conclusion.COMPLIANT


def test_a_high_risk_case_that_is_no_major_hazard_leaves_the_conclusion_alone() -> None:
    present = replace(NONE_FOUND, present=3, downgraded=2)
    assert conclude(Score(compliant=10), BANDS, present).conclusion is Conclusion.COMPLIANT


def test_one_case_that_nobody_judged_keeps_the_best_conclusion_away() -> None:
    concluded = conclude(Score(compliant=10), BANDS, replace(NONE_FOUND, open=1))
    assert concluded.hazards_open
    assert concluded.conclusion is Conclusion.BASICALLY_COMPLIANT


@given(SCORES)
def test_never_better_than_basically_while_hazards_are_not_judged(score: Score) -> None:
    concluded = conclude(score, BANDS)
    assert concluded.hazards_open
    assert concluded.conclusion is not Conclusion.COMPLIANT


@given(SCORES, WEIGHTS)
def test_a_weight_for_partial_items_is_exact(score: Score, weight: Fraction) -> None:
    rate = rate_of(score, weight)
    applicable = score.rate.of
    exact = score.compliant + weight * score.partially_compliant
    assert rate.n * applicable == exact * rate.of
    assert 0 <= rate.n <= rate.of


@pytest.mark.parametrize(
    ("compliant", "wrong", "conclusion", "on_border"),
    [
        (91, 9, Conclusion.COMPLIANT, False),
        (90, 10, Conclusion.BASICALLY_COMPLIANT, True),
        (899, 101, Conclusion.BASICALLY_COMPLIANT, False),
        (61, 39, Conclusion.BASICALLY_COMPLIANT, False),
        (60, 40, Conclusion.BASICALLY_COMPLIANT, True),
        (599, 401, Conclusion.NON_COMPLIANT, False),
        (0, 0, Conclusion.NON_COMPLIANT, False),
    ],
)
def test_the_bands_of_2025_and_their_borders(
    compliant: int,
    wrong: int,
    conclusion: Conclusion,
    on_border: bool,  # noqa: FBT001  # an expected value of the table above
) -> None:
    score = Score(compliant=compliant, non_compliant=wrong)
    concluded = conclude(score, BANDS, NONE_FOUND)
    assert (concluded.conclusion, concluded.on_border) == (conclusion, on_border)


def test_the_borders_are_settings() -> None:
    strict = replace(BANDS, at_lower=Conclusion.NON_COMPLIANT)
    score = Score(compliant=60, unanswered=40)
    assert conclude(score, strict).conclusion is Conclusion.NON_COMPLIANT


def test_numbers_and_choices_are_outside_the_rate() -> None:
    assert share_of(Measure(3, 4), BANDS) == share_of(Choice("a"), BANDS) == (Fraction(0), 0)


@pytest.mark.parametrize("text", ["2", "-1", "half", "1/0", ""])
def test_a_weight_that_is_no_fraction_is_refused(text: str) -> None:
    with pytest.raises(WrongValueError):
        weight_of(text)


@given(st.lists(VALUES, max_size=40))
def test_every_item_is_counted_exactly_once(values: list[Value | None]) -> None:
    items = [ScoredItem(item=ITEM, at=ITEM.at[0], value=v, answers=()) for v in values]
    counted = count(items)
    fields = (
        counted.compliant,
        counted.partially_compliant,
        counted.non_compliant,
        counted.not_applicable,
        counted.unanswered,
        counted.not_judged,
    )
    assert sum(fields) == len(values)
