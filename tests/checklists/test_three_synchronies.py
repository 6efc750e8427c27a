"""The three-synchronies checklist that comes with the program: whole, honest about its basis."""

from __future__ import annotations

from secops.judging.tailoring import tailor
from secops.model.checklist import Checklist, Item, Trait
from secops.model.common import Confidence, SecurityLevel
from secops.model.grades import Grades
from secops.wiring.tables import load_library

_LIBRARY = load_library()
_GATES = next(one for one in _LIBRARY.checklists if one.pack == "three-synchronies")
_OWN = ("本项目的工程做法", "本项目建议", "未核对", "以属地公安机关为准")


def _level(level: int) -> Grades:
    grade = SecurityLevel(level)
    return Grades(business_information=grade, system_service=grade)


def _codes(checklist: Checklist, level: int, *traits: Trait) -> set[str]:
    return {str(one.at.clause) for one in tailor(checklist, _level(level), traits).asked}


def test_all_sixty_items_are_there_each_with_guidance() -> None:
    codes = [str(at.clause) for item in _GATES.items for at in item.at]
    assert sorted(codes) == [f"TS-{number:02}" for number in range(1, 61)]
    assert all(item.check for item in _GATES.items)


def test_the_ten_stages_hold_as_many_items_as_the_source_lists() -> None:
    counts = [sum(i.domain == one for i in _GATES.items) for one in _GATES.domains]
    assert counts == [7, 4, 7, 7, 7, 4, 7, 9, 4, 4]


def test_a_level_asks_what_begins_at_it_or_below() -> None:
    assert "TS-15" not in _codes(_GATES, 2)
    assert "TS-15" in _codes(_GATES, 3)
    assert {level: len(_codes(_GATES, level)) for level in (1, 2, 3, 4)} == {
        1: 18,
        2: 47,
        3: 58,
        4: 59,
    }


def test_the_article_on_critical_infrastructure_is_asked_only_there() -> None:
    assert "TS-06" not in _codes(_GATES, 4)
    assert "TS-06" in _codes(_GATES, 1, Trait.CII)


def test_what_rests_on_our_own_practice_or_on_memory_never_stops_a_gate() -> None:
    optional = {str(item.at[0].clause) for item in _GATES.items if not item.mandatory}
    assert optional == {"TS-17", "TS-32", "TS-39", "TS-59", "TS-60"}
    own = [i for i in _GATES.items if i.confidence is Confidence.LOW or _is_own(i)]
    assert {str(item.at[0].clause) for item in own} == optional


def _is_own(item: Item) -> bool:
    return any(words in item.basis for words in _OWN)


def test_every_item_names_its_basis_and_only_items_of_the_standard_as_related() -> None:
    known = _LIBRARY.items()
    for item in _GATES.items:
        assert item.basis
        assert item.check
        assert set(item.check.related) <= set(known), item.id


def test_the_edition_says_whom_the_article_of_the_law_binds() -> None:
    assert "第35条（原第33条）的三同步面向关键信息基础设施" in _GATES.source
    assert "可信度" in _GATES.source
