"""High-risk cases and major hazards in the report: apart, with person and measure, mended named."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from secops.documents.printing import Printing
from secops.documents.rectification import rectification_context
from secops.documents.rectification_context import SystemPart
from secops.model.answer import Choice, OfSystem, Verdict
from secops.model.case import CaseState
from secops.model.document import DocumentFormat
from secops.model.judgement import Risk
from secops.model.report import ReportFacts
from secops.settings.catalogue import words_for
from tests.documents.sample_cases import cases, judged_facts
from tests.documents.sample_report import sample_facts
from tests.documents.test_report_claims import FORMATS, said

_FAILING = (Verdict.NON_COMPLIANT, Verdict.PARTIALLY_COMPLIANT)


def _part(facts: ReportFacts) -> SystemPart:
    printing = Printing(words=words_for("zh"), names=facts.names, zone=ZoneInfo("Asia/Shanghai"))
    (part,) = rectification_context(facts, printing, "sha256:0").systems
    return part


@pytest.mark.parametrize("fmt", FORMATS)
def test_cases_and_hazards_have_a_section_of_their_own(fmt: DocumentFormat) -> None:
    text = said(judged_facts(), fmt)
    assert "四、高风险情形与重大风险隐患" in text
    assert "整改前重大风险隐患3项，其中已整改1项" in text
    assert "尚有1项未判定，不能据此认为没有" in text
    assert "公网安〔2025〕2391号" in text
    assert "补丁已打，复扫通过" in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_set_from_before_cases_were_asked_still_prints(fmt: DocumentFormat) -> None:
    text = said(sample_facts(most=20), fmt)
    assert "尚未列入高风险判例与重大风险隐患，未作判定" in text
    assert "重大风险隐患与高风险情形尚未判定，因此结论不高于" in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_where_all_were_judged_and_none_stands_the_report_says_so(fmt: DocumentFormat) -> None:
    facts = judged_facts(most_open=0)
    (one,) = facts.systems
    assert one.scored
    assert one.scored.concluded.hazards
    none = replace(one.scored.concluded.hazards, present=0, downgraded=0, hazards=0, mended=0)
    quiet = replace(one.scored, cases=(), concluded=replace(one.scored.concluded, hazards=none))
    text = said(replace(facts, systems=(replace(one, scored=quiet),)), fmt)
    assert "经人员判定，没有存在的高风险情形和重大风险隐患" in text


def test_hazards_stand_first_and_what_was_mended_is_named() -> None:
    hazards = _part(judged_facts()).hazards
    assert hazards
    lines = [(one.code, one.state_key, one.mended) for one in hazards.lines]
    assert lines == [
        ("A-18", "present", False),
        ("A-28", "present", False),
        ("A-22", "not_triggered", True),
        ("HR25-6.4.1.1", "present", False),
        ("HR25-6.4.1.2", "downgraded", False),
        ("HR25-6.4.3.2", "absent", True),
    ]
    assert hazards.lines[0].rests_on == "HR25-6.4.1.1"
    assert hazards.lines[3].clauses == ("8.1.4.1.a",)
    assert hazards.lines[3].judged_by == "陈望舒"
    assert hazards.lines[3].measure


def test_high_risk_cases_come_before_other_problems_of_high_risk() -> None:
    findings = _part(judged_facts()).findings
    high = [one for one in findings if one.risk_key == "high"]
    assert [bool(one.high_risk) for one in high] == [True] * 2 + [False] * (len(high) - 2)
    assert {one.high_risk for one in high[:2]} == {
        ("重大风险隐患A-28",),
        ("高风险判例HR25-6.4.1.1",),
    }
    assert not any(one.risk_by_default for one in high[:2])
    assert [one.no for one in findings] == list(range(1, len(findings) + 1))


def test_a_downgraded_case_is_a_problem_of_medium_risk() -> None:
    (lowered,) = (one for one in _part(judged_facts()).findings if one.verdict == "降低风险")
    assert (lowered.risk_key, lowered.clause) == ("medium", "8.1.4.1.c")
    assert lowered.risk_by_default


def test_a_hazard_that_rests_on_a_case_is_told_of_by_that_case_alone() -> None:
    told = [code for one in _part(judged_facts()).findings for code in one.high_risk]
    assert told.count("高风险判例HR25-6.4.1.1") == 1
    assert not [one for one in told if "A-18" in one]


def test_a_failing_answer_about_a_present_case_is_one_problem_of_high_risk() -> None:
    facts = judged_facts()
    (one,) = facts.systems
    assert one.scored
    failing = {i.item.id for i in one.scored.items if i.answers and i.value in _FAILING}
    judged = next(
        c
        for c in one.scored.cases
        if set(c.case.about) & failing and not c.case.triggers and c.answer is not None
    )
    assert judged.answer
    present = replace(
        judged,
        state=CaseState.PRESENT,
        answer=replace(judged.answer, value=Choice("present")),
    )
    changed_cases = tuple(present if c is judged else c for c in one.scored.cases)
    changed = replace(one, scored=replace(one.scored, cases=changed_cases), findings=())
    part = _part(replace(facts, systems=(changed,)))
    mentioned = [f for f in part.findings if any(judged.case.code in h for h in f.high_risk)]
    assert [f.risk_key for f in mentioned] == ["high"] * len(mentioned)
    assert len(mentioned) == 1
    assert mentioned[0].verdict in ("不符合", "部分符合")


@pytest.mark.parametrize(("risk", "problems"), [(Risk.HIGH, 1), (Risk.LOW, 2)])
def test_a_case_that_a_scan_of_high_risk_tells_of_is_no_second_problem(
    risk: Risk, problems: int
) -> None:
    facts = judged_facts()
    (one,) = facts.systems
    assert one.scored
    about = next(c.case.about[0] for c in one.scored.cases if c.case.code == "HR25-6.4.1.1")
    seen = replace(one.findings[1], item=about, risk=risk, subject=OfSystem(one.system.id))
    items = tuple(
        replace(
            item,
            value=Verdict.NON_COMPLIANT,
            answers=tuple(replace(a, value=Verdict.NON_COMPLIANT) for a in item.answers),
        )
        if item.item.id == about
        else item
        for item in one.scored.items
    )
    changed = replace(one, scored=replace(one.scored, items=items), findings=(seen,))
    part = _part(replace(facts, systems=(changed,)))
    found = [f for f in part.findings if f.clause == "8.1.4.1.a"]
    assert len(found) == problems
    assert [f.risk_key for f in found if f.high_risk] == ["high"]


def test_every_case_stands_in_the_list_of_items_with_its_reason() -> None:
    classes = {one.title: one for one in _part(judged_facts()).classes}
    lines = {one.clause: one for one in classes["高风险判例"].lines}
    assert lines["HR25-6.1.1.1"].notes == ("机房由市政务云管理，见平台声明",)
    assert lines["HR25-6.1.1.1"].value == "不适用"
    assert len(classes["重大风险隐患"].lines) + len(lines) == len(cases())
