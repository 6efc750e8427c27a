"""The guide's 81 cases and 32 hazards: complete, each about items of the standard at its levels."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from secops.files.cases import load_cases
from secops.files.checklists import load_checklist
from secops.model.case import CaseKind, Downgrade
from secops.model.checklist import Trait
from secops.settings.data import data_folder

CHECKLISTS = data_folder("checklists")
CHECKLIST = load_checklist(CHECKLISTS / "gbt22239-2019")
BOOK = load_cases(CHECKLISTS / "high-risk-2025", {one.id: one for one in CHECKLIST.items})
CASES = {one.code: one for one in BOOK.cases if one.kind is CaseKind.CASE}
HAZARDS = {one.code: one for one in BOOK.cases if one.kind is CaseKind.HAZARD}
CLAUSES = Path(__file__).parents[1] / "data" / "high-risk" / "clauses.csv"
CHAPTERS = {"6": 42, "7": 16, "8": 10, "9": 4, "10": 9}


def test_the_guide_is_there_whole() -> None:
    assert (len(CASES), len(HAZARDS)) == (81, 32)
    assert Counter(code[5:].partition(".")[0] for code in CASES) == CHAPTERS
    assert list(HAZARDS) == [f"A-{n:02d}" for n in range(1, 33)]


def test_what_the_guide_of_2020_said_is_left_out() -> None:
    assert not [code for code in (*CASES, *HAZARDS) if "20-" in code]


def test_every_clause_of_a_case_is_that_of_its_items_at_the_levels_it_names() -> None:
    at = {item.id: {one.level: str(one.clause) for one in item.at} for item in CHECKLIST.items}
    found = {
        code: sorted(at[item][level] for item in case.about for level in case.levels)
        for code, case in CASES.items()
    }
    with CLAUSES.open(encoding="utf-8") as file:
        wanted = {row["code"]: sorted(row["clauses"].split()) for row in csv.DictReader(file)}
    assert found == wanted


@pytest.mark.parametrize(
    ("chapter", "traits"),
    [
        ("6", set()),
        ("7", {Trait.CLOUD_PROVIDER, Trait.CLOUD_TENANT}),
        ("8", {Trait.MOBILE}),
        ("9", {Trait.INTERNET_OF_THINGS}),
        ("10", {Trait.INDUSTRIAL_CONTROL}),
    ],
)
def test_a_chapter_is_for_systems_of_its_kind(chapter: str, traits: set[Trait]) -> None:
    for code, case in CASES.items():
        if code.startswith(f"HR25-{chapter}."):
            assert set(case.when) <= traits
            assert bool(case.when) is bool(traits)


def test_only_a_measure_that_the_guide_names_lowers_a_risk() -> None:
    for case in CASES.values():
        assert (case.downgrade is Downgrade.NEVER) is not bool(case.compensating)
    assert Counter(case.downgrade for case in CASES.values()) == {
        Downgrade.WHOLLY: 35,
        Downgrade.PARTLY: 12,
        Downgrade.NEVER: 34,
    }


def test_the_half_that_may_be_lowered_is_one_that_the_guide_tells_apart() -> None:
    for case in CASES.values():
        if case.downgrade is Downgrade.PARTLY:
            assert f"{case.downgrade_part}可降" in case.downgrade_note


def test_a_hazard_is_about_what_its_case_is_about() -> None:
    by_id = {case.id: case for case in CASES.values()}
    resting = {code: one for code, one in HAZARDS.items() if one.triggers}
    assert list(resting) == [f"A-{n:02d}" for n in range(1, 27)]
    for hazard in resting.values():
        assert hazard.triggers
        case = by_id[hazard.triggers]
        assert (hazard.about, hazard.levels, hazard.when) == (case.about, case.levels, case.when)
        assert hazard.condition == case.condition
    assert len({one.triggers for one in resting.values()}) == 26


def test_the_last_hazards_are_about_the_whole_system() -> None:
    for code in (f"A-{n}" for n in range(27, 33)):
        assert HAZARDS[code].about == ()
        assert HAZARDS[code].levels == ()


def test_every_hazard_asks_for_the_three_principles() -> None:
    titles = {tuple(one.title for one in hazard.principles) for hazard in HAZARDS.values()}
    assert titles == {("相关性", "严重性", "高发性")}
