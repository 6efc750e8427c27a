"""GB/T 22239-2019, all parts: every clause once, as many as the standard has."""

from __future__ import annotations

from collections import Counter

import pytest

from secops.judging.tailoring import tailor
from secops.model.asset import ComponentKind
from secops.model.checklist import GENERAL, Duty, Item, Trait, counted
from secops.model.common import SecurityLevel
from secops.model.grades import Attribute, Grades
from secops.wiring.tables import load_tables

CHECKLIST = load_tables().checklist
COUNTS = {  # levels 1 to 4, per part and domain
    ("general", "pe"): (7, 15, 22, 24),
    ("general", "cn"): (2, 4, 8, 11),
    ("general", "ab"): (5, 11, 20, 21),
    ("general", "ce"): (11, 23, 34, 36),
    ("general", "mc"): (0, 4, 12, 13),
    ("general", "ms"): (1, 6, 7, 7),
    ("general", "mo"): (3, 9, 14, 15),
    ("general", "mp"): (4, 7, 12, 14),
    ("general", "cm"): (9, 25, 34, 35),
    ("general", "om"): (13, 31, 48, 52),
    ("cloud", "pe"): (1, 1, 1, 1),
    ("cloud", "cn"): (2, 3, 5, 8),
    ("cloud", "ab"): (1, 7, 8, 8),
    ("cloud", "ce"): (3, 11, 19, 19),
    ("cloud", "mc"): (0, 0, 4, 4),
    ("cloud", "cm"): (4, 6, 8, 8),
    ("cloud", "om"): (0, 1, 1, 1),
    ("mobile", "pe"): (1, 1, 1, 1),
    ("mobile", "ab"): (2, 7, 8, 8),
    ("mobile", "ce"): (1, 2, 5, 7),
    ("mobile", "cm"): (1, 4, 4, 4),
    ("mobile", "om"): (0, 0, 1, 1),
    ("iot", "pe"): (2, 2, 4, 4),
    ("iot", "ab"): (1, 3, 3, 3),
    ("iot", "ce"): (0, 0, 10, 11),
    ("iot", "om"): (1, 2, 3, 3),
    ("ics", "pe"): (2, 2, 2, 2),
    ("ics", "cn"): (2, 4, 4, 4),
    ("ics", "ab"): (3, 5, 8, 9),
    ("ics", "ce"): (2, 2, 5, 5),
    ("ics", "cm"): (0, 2, 2, 2),
}
WHOLE = {  # as the standard's own table has them
    "general": (55, 135, 211, 228),
    "cloud": (11, 29, 46, 49),
    "mobile": (5, 14, 19, 21),
    "iot": (4, 7, 20, 21),
    "ics": (9, 15, 21, 22),
}
OF_TRAIT = {
    Trait.CLOUD_PROVIDER: "cloud",
    Trait.CLOUD_TENANT: "cloud",
    Trait.MOBILE: "mobile",
    Trait.INTERNET_OF_THINGS: "iot",
    Trait.INDUSTRIAL_CONTROL: "ics",
}
LEVELS = tuple(SecurityLevel(n) for n in (1, 2, 3, 4))
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


def _general() -> list[Item]:
    return [item for item in CHECKLIST.items if item.part.code == GENERAL]


def test_every_part_and_domain_has_as_many_items_per_level_as_the_standard() -> None:
    found = counted(CHECKLIST.items)
    for (part, domain), numbers in COUNTS.items():
        of_levels = tuple(found.pop((level, part, domain), 0) for level in LEVELS)
        assert of_levels == numbers, (part, domain)
    assert not found


def test_every_part_has_as_many_items_per_level_as_the_standard() -> None:
    counts = Counter((item.part.code, at.level) for item in CHECKLIST.items for at in item.at)
    assert {part: tuple(counts[part, level] for level in LEVELS) for part in WHOLE} == WHOLE
    assert counts.total() == 942


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_system_without_traits_is_asked_the_general_requirements(level: int) -> None:
    asked = tailor(CHECKLIST, _grades(level, level)).asked
    assert {one.item.part.code for one in asked} == {GENERAL}
    assert len(asked) == WHOLE[GENERAL][level - 1]


@pytest.mark.parametrize("trait", OF_TRAIT)
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_a_trait_adds_its_extension(trait: Trait, level: int) -> None:
    asked = tailor(CHECKLIST, _grades(level, level), (trait,)).asked
    added = [one for one in asked if one.item.part.code != GENERAL]
    assert {one.item.part.code for one in added} == {OF_TRAIT[trait]}
    assert len(added) == WHOLE[OF_TRAIT[trait]][level - 1]


def test_provider_and_tenant_are_asked_the_cloud_extension_once() -> None:
    both = tailor(CHECKLIST, _grades(3, 3), (Trait.CLOUD_PROVIDER, Trait.CLOUD_TENANT))
    assert len(both.asked) == 211 + 46


def test_no_clause_and_no_unit_stands_twice() -> None:
    clauses = [at.clause for item in CHECKLIST.items for at in item.at]
    units = [at.unit_id for item in CHECKLIST.items for at in item.at if at.unit_id]
    assert len(set(clauses)) == len(clauses) == 942
    assert not [one for one, n in Counter(units).items() if n > 1]


def test_a_clause_belongs_to_the_chapter_of_its_level() -> None:
    for item in CHECKLIST.items:
        for at in item.at:
            assert at.level
            section = CHECKLIST.parts.index(item.part) + 1
            assert str(at.clause).startswith(f"{at.level + 5:d}.{section}.")
            assert at.unit_id.startswith(f"L{at.level:d}-") or not at.unit_id


def test_one_item_is_one_line_of_descent() -> None:
    by_clause = {str(at.clause): item for item in CHECKLIST.items for at in item.at}
    assert by_clause["7.1.4.7"] is by_clause["8.1.4.7.a"]  # numbers shift between levels
    assert by_clause["7.1.7.1.a"] is by_clause["8.1.7.1.b"]
    assert [at.level for at in by_clause["7.1.10.7.b"].at] == [1, 2]  # ends at level 2
    strengthened = by_clause["8.1.1.2"]
    assert len({at.gist for at in strengthened.at}) > 1
    assert by_clause["6.2.4.1.a"] is by_clause["8.2.4.2.a"]
    assert by_clause["8.4.3.4"] is by_clause["9.4.3.4.a"]  # a clause with a letter from level 4
    assert by_clause["6.5.3.2.b"] is by_clause["9.5.3.3.b"]


def test_a_wording_is_written_where_it_changes() -> None:
    by_clause = {str(at.clause): at for item in CHECKLIST.items for at in item.at}
    assert "WEP" in by_clause["7.3.2.2"].gist
    assert "WEP" not in by_clause["8.3.2.2"].gist  # the condition of levels 1 and 2 is dropped
    assert "单向" in by_clause["8.5.2.1.a"].gist
    assert "专用产品" in by_clause["9.5.2.1.a"].gist
    assert by_clause["9.5.3.3.b"].gist == by_clause["7.5.3.3.b"].gist != by_clause["6.5.3.2.b"].gist


def test_only_cloud_items_are_answered_by_a_platform_in_the_extensions() -> None:
    extended = [item for item in CHECKLIST.items if item.part.code != GENERAL]
    shared = [item for item in extended if item.duty is not Duty.TENANT]
    assert {item.part.code for item in shared} == {"cloud"}
    duties = {str(item.id).removeprefix("gb22239/cloud-"): item.duty for item in extended}
    assert duties["pe/location-1"] is Duty.PLATFORM
    assert duties["ab/access-1"] is Duty.BOTH
    assert duties["ce/backup-1"] is Duty.TENANT
    assert duties["cm/provider-1"] is Duty.TENANT


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
        if item.part.code != GENERAL:
            expected = Attribute.GENERAL
        assert attribute is expected, item.id


@pytest.mark.parametrize(("business", "service"), [(2, 3), (3, 2), (1, 3), (1, 2)])
def test_s_and_a_grades_choose_their_items_and_the_level_chooses_the_rest(
    business: int, service: int
) -> None:
    for one in tailor(CHECKLIST, _grades(business, service), tuple(Trait)).asked:
        level = {
            Attribute.BUSINESS_INFORMATION: business,
            Attribute.SYSTEM_SERVICE: service,
            Attribute.GENERAL: max(business, service),
        }[one.at.attribute]
        assert one.at.level == level


def test_items_come_in_the_order_of_the_standard() -> None:
    for level in (1, 2, 3):
        asked = tailor(CHECKLIST, _grades(level, level), tuple(Trait)).asked
        clauses = [one.at.clause for one in asked]
        assert clauses == sorted(clauses)


def test_what_concerns_components_is_technical() -> None:
    technical = {"cn", "ab", "ce"}
    assert {item.domain.code for item in CHECKLIST.items if item.concerns} == technical
    assert all(item.concerns for item in _general() if item.domain.code == "ce")


def test_what_is_asked_of_mobile_terminals_concerns_each_of_them() -> None:
    terminals = [item for item in CHECKLIST.items if item.part.code == "mobile" and item.concerns]
    assert {item.concerns for item in terminals} == {(ComponentKind.TERMINAL,)}
    assert {item.control_point for item in terminals} == {"移动终端管控", "移动应用管控"}
