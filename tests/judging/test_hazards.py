"""What the tool proposes about a case, what it refuses, and how cases and hazards are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.errors import SecopsError
from secops.errors.cases import (
    HalfMissingError,
    MeasureMissingError,
    NotDowngradableError,
    NotTriggeredError,
    PrinciplesMissingError,
)
from secops.judging.case_keeping import kept_case, read_case
from secops.judging.hazards import (
    absent_in_bulk,
    affirmations,
    at_high_risk,
    count_hazards,
    judge,
    propose,
    refuse_judgement,
    states_of,
    with_cases,
)
from secops.judging.tailoring import tailor
from secops.model.answer import Choice, Value, Verdict
from secops.model.case import Case, CaseKind, CaseProposal, CaseState, Downgrade
from secops.model.checklist import Trait
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.grades import Grades
from secops.model.ids import ComponentId, Digest, ItemId
from secops.model.judgement import Against, Ground, Risk, Suggestion
from secops.model.score import JudgedCase, ScoredItem
from secops.wiring.tables import load_tables

TABLES = load_tables()
assert TABLES.guide
GUIDE = TABLES.guide
BY_CODE = {one.code: one for one in GUIDE.cases}
PASSWORD, PASSWORDS = BY_CODE["HR25-6.4.1.1"], BY_CODE["A-18"]
PRESENT, ABSENT, DOWNGRADED = Choice("present"), Choice("absent"), Choice("downgraded")
AFFIRMED = "相关性：公网可达；严重性：可取得权限；高发性：去年被爆破"


def _grades(business: int, service: int) -> Grades:
    return Grades(
        business_information=SecurityLevel(business), system_service=SecurityLevel(service)
    )


def _codes(business: int, service: int, *traits: Trait) -> set[str]:
    chosen = tailor(TABLES.checklist, _grades(business, service), traits)
    return {one.code for one in with_cases(chosen, GUIDE).cases}


@pytest.mark.parametrize(("level", "cases", "hazards"), [(1, 0, 6), (2, 16, 13), (3, 40, 23)])
def test_a_level_takes_its_cases(level: int, cases: int, hazards: int) -> None:
    codes = _codes(level, level)
    assert (sum(c.startswith("HR25-6.") for c in codes), len(codes)) == (cases, cases + hazards)


def test_a_case_about_an_item_of_the_service_goes_by_the_grade_of_the_service() -> None:
    power = "HR25-6.1.3.1"  # 电力供应 is an A item: S3A2 is asked its wording of level 2
    assert power in _codes(3, 3)
    assert power not in _codes(3, 2)
    assert "HR25-6.4.1.3" in _codes(3, 2)


@pytest.mark.parametrize(
    ("trait", "present", "absent"),
    [
        (Trait.CLOUD_PROVIDER, "HR25-7.1.1.1", "HR25-7.6.1.1"),
        (Trait.CLOUD_TENANT, "HR25-7.6.1.1", "HR25-7.1.1.1"),
        (Trait.MOBILE, "HR25-8.2.2.1", "HR25-9.2.1.1"),
        (Trait.INTERNET_OF_THINGS, "HR25-9.2.1.1", "HR25-10.2.1.1"),
        (Trait.INDUSTRIAL_CONTROL, "HR25-10.2.1.1", "HR25-8.2.2.1"),
    ],
)
def test_a_trait_adds_its_cases_alone(trait: Trait, present: str, absent: str) -> None:
    codes = _codes(3, 3, trait)
    assert present in codes
    assert absent not in codes
    assert codes > _codes(3, 3)


def test_a_hazard_is_asked_wherever_its_case_is() -> None:
    for traits in ((), *combinations(Trait, 1)):
        chosen = with_cases(tailor(TABLES.checklist, _grades(3, 3), traits), GUIDE)
        asked = {one.id for one in chosen.cases}
        assert all(one.triggers is None or one.triggers in asked for one in chosen.cases)


def _judged(case: Case, *values: Value | None, state: CaseState = CaseState.OPEN) -> JudgedCase:
    known = {item.id: item for item in TABLES.checklist.items}
    items = tuple(
        ScoredItem(item=known[case.about[0]], at=known[case.about[0]].at[0], value=v, answers=())
        for v in values
    )
    return JudgedCase(case=case, state=state, answer=None, items=items, was_present=False)


def _seen(case: Case, verdict: Verdict) -> Mapping[ItemId, Suggestion]:
    ground = Ground(
        rule="r",
        part="whole",
        component=ComponentId("c"),
        verdict=verdict,
        risk=Risk.HIGH,
        statement="s",
        evidence=Digest("sha256:0"),
    )
    return {case.about[0]: Against(verdict, (ground,))}


@pytest.mark.parametrize(
    ("values", "proposal"),
    [
        ((Verdict.NON_COMPLIANT,), CaseProposal.TO_BE_JUDGED),
        ((Verdict.COMPLIANT, Verdict.PARTIALLY_COMPLIANT), CaseProposal.TO_BE_JUDGED),
        ((Verdict.COMPLIANT, Verdict.COMPLIANT), CaseProposal.ABSENT),
        ((Verdict.COMPLIANT, None), CaseProposal.NOTHING),
        ((NotApplicable("无"),), CaseProposal.NOTHING),
        ((None,), CaseProposal.NOTHING),
    ],
)
def test_what_people_answered_about_its_items_speaks_for_or_against_a_case(
    values: tuple[Value | None, ...], proposal: CaseProposal
) -> None:
    assert propose(_judged(PASSWORD, *values), {}) is proposal


def test_what_a_platform_states_is_not_accepted_unread() -> None:
    judged = _judged(PASSWORD, Verdict.COMPLIANT)  # without an answer given here
    assert propose(judged, {}) is CaseProposal.ABSENT
    assert not absent_in_bulk(judged, CaseProposal.ABSENT)


def test_a_scan_that_saw_something_outweighs_a_compliant_answer() -> None:
    seen = _seen(PASSWORD, Verdict.PARTIALLY_COMPLIANT)
    judged = _judged(PASSWORD, Verdict.COMPLIANT)
    assert propose(judged, seen) is CaseProposal.TO_BE_JUDGED


def test_a_hazard_proposes_itself_only_once_its_case_stands() -> None:
    waiting = judge([PASSWORD, PASSWORDS], {}, {}, ())
    assert [one.state for one in waiting] == [CaseState.OPEN, CaseState.NOT_TRIGGERED]
    assert propose(waiting[1], {}) is CaseProposal.NOTHING
    states = states_of([PASSWORD, PASSWORDS], {PASSWORD.id: PRESENT})
    assert states[PASSWORDS.id] is CaseState.OPEN
    raised = _judged(PASSWORDS, Verdict.COMPLIANT, state=CaseState.OPEN)
    assert propose(raised, {}) is CaseProposal.TO_BE_JUDGED


@pytest.mark.parametrize("value", [ABSENT, DOWNGRADED, NotApplicable("无此功能")])
def test_a_hazard_falls_with_its_case(value: Value) -> None:
    said = {PASSWORD.id: value, PASSWORDS.id: PRESENT}
    assert states_of([PASSWORD, PASSWORDS], said)[PASSWORDS.id] is CaseState.NOT_TRIGGERED


def test_a_mended_hazard_still_counts_as_found() -> None:
    hazard = replace(_judged(PASSWORDS), state=CaseState.NOT_TRIGGERED, was_present=True)
    counts = count_hazards([_judged(PASSWORD, state=CaseState.ABSENT), hazard])
    assert (counts.hazards, counts.mended, counts.open) == (1, 1, 0)


def test_a_hazard_that_nobody_judged_again_is_not_mended() -> None:
    hazard = replace(_judged(PASSWORDS), state=CaseState.OPEN, was_present=True)
    counts = count_hazards([hazard])
    assert (counts.hazards, counts.mended, counts.open) == (1, 0, 1)


def test_cases_and_hazards_are_counted_apart() -> None:
    states = (CaseState.PRESENT, CaseState.DOWNGRADED, CaseState.OPEN, CaseState.NOT_APPLICABLE)
    cases = [_judged(PASSWORD, state=one) for one in states]
    counts = count_hazards([*cases, *(_judged(PASSWORDS, state=one) for one in states)])
    assert (counts.asked, counts.present, counts.downgraded) == (4, 1, 1)
    assert (counts.open, counts.hazards, counts.mended) == (2, 1, 0)


def test_what_is_wrong_about_an_item_of_a_present_case_is_of_high_risk() -> None:
    cases = [PASSWORD, PASSWORDS]
    for value, raised in ((PRESENT, set(PASSWORD.about)), (DOWNGRADED, set()), (ABSENT, set())):
        assert set(at_high_risk(cases, states_of(cases, {PASSWORD.id: value}))) == raised


@pytest.mark.parametrize(
    ("code", "note", "refused"),
    [
        ("HR25-6.4.1.1", "", MeasureMissingError),
        ("HR25-6.4.1.1", " 。 ", MeasureMissingError),
        ("HR25-6.4.1.1", "只能本地登录", None),
        ("HR25-6.2.1.1", "有备机", NotDowngradableError),
        ("HR25-6.4.3.2", "只能本地访问", HalfMissingError),
        ("HR25-6.4.3.2", "①只能本地访问", HalfMissingError),
        ("HR25-6.4.3.2", "②", MeasureMissingError),
        ("HR25-6.4.3.2", "②：只能本地访问", None),
        ("HR25-6.4.4.1", "Windows 有白名单", HalfMissingError),
        ("HR25-6.4.4.1", "非Windows，有白名单和主机审计", None),
        ("A-18", "只能本地登录", NotDowngradableError),
    ],
)
def test_downgraded_needs_a_measure_that_the_guide_allows(
    code: str, note: str, refused: type[SecopsError] | None
) -> None:
    _says(refused, BY_CODE[code], DOWNGRADED, note)


def _says(
    refused: type[SecopsError] | None,
    case: Case,
    value: Value,
    note: str,
    rests_on: tuple[Case, CaseState] | None = None,
) -> None:
    if refused is None:
        refuse_judgement(case, value, note, rests_on)
    else:
        with pytest.raises(refused):
            refuse_judgement(case, value, note, rests_on)


@pytest.mark.parametrize(
    ("note", "refused"),
    [
        (AFFIRMED, None),
        (AFFIRMED.replace("；", ";").replace("：", ":"), None),
        ("relevance: a\nseverity: b\nfrequency: c", None),
        (AFFIRMED.replace("；", "，"), PrinciplesMissingError),
        ("相关性：；严重性：b；高发性：c", PrinciplesMissingError),
        ("相关性、严重性、高发性都满足", PrinciplesMissingError),
        ("", PrinciplesMissingError),
    ],
)
def test_a_major_hazard_needs_each_principle_affirmed_in_words(
    note: str, refused: type[SecopsError] | None
) -> None:
    _says(refused, PASSWORDS, PRESENT, note, (PASSWORD, CaseState.PRESENT))
    _says(refused, BY_CODE["A-28"], PRESENT, note)


@pytest.mark.parametrize("state", [one for one in CaseState if one is not CaseState.PRESENT])
def test_a_hazard_cannot_stand_before_its_case_does(state: CaseState) -> None:
    _says(NotTriggeredError, PASSWORDS, PRESENT, AFFIRMED, (PASSWORD, state))


@given(st.text())
def test_any_note_is_read_or_leaves_a_principle_unaffirmed(note: str) -> None:
    found = affirmations(note, PASSWORDS.principles)
    assert all(words.strip() and words in note for words in found.values())


@pytest.mark.parametrize("case", GUIDE.cases, ids=lambda one: one.code)
def test_a_kept_case_reads_back(case: Case) -> None:
    assert read_case(kept_case(case)) == case


def test_a_hazard_may_never_be_lowered() -> None:
    hazards = [one for one in GUIDE.cases if one.kind is CaseKind.HAZARD]
    assert {one.downgrade for one in hazards} == {Downgrade.NEVER}
