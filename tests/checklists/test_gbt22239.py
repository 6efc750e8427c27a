"""GB/T 22239-2019, general requirements: every clause once, as many as the standard has."""

from __future__ import annotations

from collections import Counter

import pytest

from secops.judging.tailoring import tailor
from secops.model.common import SecurityLevel
from secops.model.grades import Attribute, Grades
from secops.wiring.tables import load_tables

CHECKLIST = load_tables().checklist
COUNTS = {  # levels 1 to 4, per domain
    "pe": (7, 15, 22, 24),
    "cn": (2, 4, 8, 11),
    "ab": (5, 11, 20, 21),
    "ce": (11, 23, 34, 36),
    "mc": (0, 4, 12, 13),
    "ms": (1, 6, 7, 7),
    "mo": (3, 9, 14, 15),
    "mp": (4, 7, 12, 14),
    "cm": (9, 25, 34, 35),
    "om": (13, 31, 48, 52),
}
WHOLE = (55, 135, 211, 228)
OF_A = ("电力供应", "数据备份恢复")
OF_S = (
    "电磁防护",
    "可信验证",
    "身份鉴别",
    "数据完整性",
    "数据保密性",
    "剩余信息保护",
    "个人信息保护",
)


def _grades(business: int, service: int) -> Grades:
    return Grades(
        business_information=SecurityLevel(business), system_service=SecurityLevel(service)
    )


@pytest.mark.parametrize("domain", COUNTS)
def test_every_domain_has_as_many_items_per_level_as_the_standard(domain: str) -> None:
    counted = Counter(
        at.level for item in CHECKLIST.items if item.domain.code == domain for at in item.at
    )
    assert tuple(counted[SecurityLevel(n)] for n in (1, 2, 3, 4)) == COUNTS[domain]


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_every_level_has_as_many_items_as_the_standard(level: int) -> None:
    assert len(tailor(CHECKLIST, _grades(level, level)).asked) == WHOLE[level - 1]


def test_no_clause_and_no_unit_stands_twice() -> None:
    clauses = [at.clause for item in CHECKLIST.items for at in item.at]
    units = [at.unit_id for item in CHECKLIST.items for at in item.at if at.unit_id]
    assert len(set(clauses)) == len(clauses) == sum(WHOLE)
    assert not [one for one, n in Counter(units).items() if n > 1]


def test_a_clause_belongs_to_the_chapter_of_its_level() -> None:
    for item in CHECKLIST.items:
        for at in item.at:
            assert at.level
            assert str(at.clause).startswith(f"{at.level + 5:d}.")
            assert at.unit_id.startswith(f"L{at.level:d}-") or not at.unit_id


def test_one_item_is_one_line_of_descent() -> None:
    by_clause = {str(at.clause): item for item in CHECKLIST.items for at in item.at}
    assert by_clause["7.1.4.7"] is by_clause["8.1.4.7.a"]  # numbers shift between levels
    assert by_clause["7.1.7.1.a"] is by_clause["8.1.7.1.b"]
    assert [at.level for at in by_clause["7.1.10.7.b"].at] == [1, 2]  # ends at level 2
    strengthened = by_clause["8.1.1.2"]
    assert len({at.gist for at in strengthened.at}) > 1


def test_attributes_follow_annex_a() -> None:
    for item in CHECKLIST.items:
        (attribute,) = {at.attribute for at in item.at}
        expected = Attribute.GENERAL
        if item.control_point in OF_A:
            expected = Attribute.SYSTEM_SERVICE
        elif item.control_point in OF_S or (
            item.control_point == "访问控制" and item.domain.code == "ce"
        ):
            expected = Attribute.BUSINESS_INFORMATION
        assert attribute is expected, item.id


@pytest.mark.parametrize(("business", "service"), [(2, 3), (3, 2), (1, 3), (1, 2)])
def test_s_and_a_grades_choose_their_items_and_the_level_chooses_the_rest(
    business: int, service: int
) -> None:
    for one in tailor(CHECKLIST, _grades(business, service)).asked:
        level = {
            Attribute.BUSINESS_INFORMATION: business,
            Attribute.SYSTEM_SERVICE: service,
            Attribute.GENERAL: max(business, service),
        }[one.at.attribute]
        assert one.at.level == level


def test_items_come_in_the_order_of_the_standard() -> None:
    for level in (1, 2, 3):
        clauses = [one.at.clause for one in tailor(CHECKLIST, _grades(level, level)).asked]
        assert clauses == sorted(clauses)


def test_what_concerns_components_is_technical() -> None:
    technical = {"cn", "ab", "ce"}
    assert {item.domain.code for item in CHECKLIST.items if item.concerns} == technical
    computing = [i for i in CHECKLIST.items if i.domain.code == "ce"]
    assert all(item.concerns for item in computing)
