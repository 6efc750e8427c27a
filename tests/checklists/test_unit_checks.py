"""The two self-checks of units: complete, adding up, and honest about what they are."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import pytest

from secops.model.asking import AsksChoice, AsksRatio, AsksVerdict
from secops.model.checklist import AboutKind, Checklist
from secops.model.common import Confidence
from secops.wiring.tables import load_tables

LIBRARY = load_tables().library
EDUCATION = LIBRARY.editions("education-selfcheck")[-1]
TABLE = LIBRARY.editions("self-assessment-100")[-1]
OF_DOMAINS = {
    "organisation": 7,
    "daily": 33,
    "protection": 39,
    "emergency": 7,
    "training": 6,
    "inspection": 8,
}


@pytest.fixture(params=[EDUCATION, TABLE], ids=["education", "table"])
def checklist(request: pytest.FixtureRequest) -> Checklist:
    """Each of the two."""
    one: Checklist = request.param
    return one


def test_each_item_stands_once_under_a_running_code() -> None:
    assert [str(one.at[0].clause) for one in EDUCATION.items] == [
        f"EDU-{n:02d}" for n in range(1, 61)
    ]
    assert [str(one.at[0].clause) for one in TABLE.items] == [
        f"SA100-{n:02d}" for n in range(1, 54)
    ]


def test_the_weights_add_up_to_a_hundred(checklist: Checklist) -> None:
    assert checklist.points == sum(one.weight for one in checklist.items) == 100
    assert all(one.weight >= 1 for one in checklist.items)


def test_the_domains_of_the_table_weigh_what_its_form_says() -> None:
    found: dict[str, Fraction] = defaultdict(Fraction)
    for one in TABLE.items:
        found[one.domain.code] += one.weight
    assert found == OF_DOMAINS


def test_a_county_school_is_asked_sixty_items_at_most(checklist: Checklist) -> None:
    assert checklist.about is AboutKind.UNIT
    assert len(checklist.items) <= 60


def test_they_say_that_they_are_no_official_scoring(checklist: Checklist) -> None:
    assert "非官方评分表" in checklist.source
    assert checklist.confidence is not Confidence.HIGH


def test_no_item_asks_for_a_verdict_and_each_says_how_it_is_shown(checklist: Checklist) -> None:
    for one in checklist.items:
        assert not isinstance(one.asks, AsksVerdict)
        assert one.check is not None, one.id
        assert one.check.evidence, one.id
        assert one.check.failures, one.id
        assert one.check.measure, one.id


def test_an_item_is_one_sentence(checklist: Checklist) -> None:
    for one in checklist.items:
        assert "。" not in one.at[0].gist, one.id
        assert len(one.at[0].gist) <= 60, one.id


def test_the_best_choice_earns_all_and_the_worst_nothing(checklist: Checklist) -> None:
    for one in checklist.items:
        if isinstance(one.asks, AsksChoice):
            shares = [option.share for option in one.asks.options]
            assert shares == sorted(shares, reverse=True), one.id
            assert (shares[0], shares[-1]) == (Fraction(1), Fraction(0)), one.id


def test_a_ratio_that_may_count_nothing_offers_a_reason() -> None:
    """Some are never of nothing: a unit has roles, terminals, data, software and staff."""
    never = {"EDU-02", "EDU-30", "EDU-33", "EDU-41", "EDU-54", "EDU-58"}
    without = {
        str(one.at[0].clause)
        for one in EDUCATION.items
        if isinstance(one.asks, AsksRatio) and not one.not_applicable
    }
    assert without == never


def test_no_document_is_named_by_a_file(checklist: Checklist) -> None:
    assert not any(".txt" in one.basis for one in checklist.items)
    assert all(one.basis for one in EDUCATION.items)
