"""Points: exact, unanswered in the base, what does not apply outside it, cut where shown."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from secops.judging.points import pointed
from secops.model.answer import Choice, Measure, Value, Verdict
from secops.model.asking import VERDICT
from secops.model.common import NotApplicable
from secops.model.points import Pointed, cut
from tests.judging.asked_samples import RATIO, STEPS, asked, scored

NOTHING = Fraction(0)
RATIOS = st.integers(1, 50).flatmap(lambda of: st.builds(Measure, st.integers(0, of), st.just(of)))
VALUES = st.one_of(RATIOS, st.none(), st.just(NotApplicable("没有系统")))


def _of(*values: Value | None, weight: int = 2) -> Pointed:
    items = [scored(asked(n, RATIO, weight=weight), value) for n, value in enumerate(values, 1)]
    found = pointed(items, NOTHING)
    assert found
    return found


def test_a_ratio_a_choice_and_yes_earn_their_share_exactly() -> None:
    items = [
        scored(asked(1, RATIO, weight=3), Measure(7, 9)),
        scored(asked(2, STEPS), Choice("1")),
        scored(asked(3), Choice("yes")),
        scored(asked(4), Choice("no")),
    ]
    found = pointed(items, NOTHING)
    assert found
    assert [one.got for one in found.items] == [Fraction(7, 3), Fraction(7, 5), 2, 0]
    assert found.total.got == Fraction(86, 15)
    assert found.total.base == found.total.whole == 9


def test_a_verdict_earns_by_the_weight_that_is_set_for_partial_ones() -> None:
    items = [scored(asked(1, VERDICT), one) for one in Verdict]
    half = pointed(items, Fraction(1, 2))
    none = pointed(items, NOTHING)
    assert half
    assert none
    assert [half.total.got, none.total.got] == [3, 2]


def test_what_nobody_answered_stands_in_the_base_and_earns_nothing() -> None:
    found = _of(Measure(1, 1), None).total
    assert [found.got, found.base, found.unanswered, found.result] == [2, 4, 1, 2]


def test_what_does_not_apply_leaves_the_base_and_is_counted() -> None:
    found = _of(Measure(1, 2), NotApplicable("没有系统")).total
    assert [found.got, found.base, found.whole, found.not_applicable] == [1, 2, 4, 1]
    assert found.result == 2


def test_where_nothing_applies_there_is_no_result() -> None:
    assert _of(NotApplicable("没有系统")).total.result is None


def test_a_checklist_without_weights_has_no_points() -> None:
    assert pointed([scored(asked(1, weight=0), Choice("yes"))], NOTHING) is None


def test_areas_add_up_to_the_whole() -> None:
    items = [
        scored(asked(1, RATIO, area="a"), Measure(1, 3)),
        scored(asked(2, RATIO, area="b"), Measure(2, 3)),
        scored(asked(3, RATIO, area="b"), None),
    ]
    found = pointed(items, NOTHING)
    assert found
    assert [domain.code for domain, _ in found.domains] == ["a", "b"]
    assert sum(one.got for _, one in found.domains) == found.total.got
    assert sum(one.base for _, one in found.domains) == found.total.base


@given(st.lists(VALUES, min_size=1, max_size=8), st.integers(0, 7))
def test_leaving_an_item_unanswered_never_earns_more(
    values: list[Value | None], place: int
) -> None:
    at = place % len(values)
    if isinstance(values[at], NotApplicable):
        return
    fewer = [None if n == at else value for n, value in enumerate(values)]
    assert (_of(*fewer).total.result or 0) <= (_of(*values).total.result or 0)


def test_points_are_cut_and_never_rounded() -> None:
    assert cut(Fraction(89_999, 1000)) == "89.99"
    assert cut(Fraction(2, 3)) == "0.66"
    assert cut(Fraction(100)) == "100"
    assert cut(Fraction(15, 2)) == "7.5"
