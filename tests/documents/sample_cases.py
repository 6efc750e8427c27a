"""The made-up system with its high-risk cases judged in every way there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from secops.files.cases import load_cases
from secops.files.checklists import load_checklist
from secops.judging.hazards import count_hazards, judge
from secops.model.answer import Answer, Choice, OfSystem, Value
from secops.model.case import Case, CaseBook, CaseKind
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.ids import AnswerId, AssessmentId, ItemId, PersonId, SystemId
from secops.model.report import ReportFacts, SystemFacts
from secops.model.score import Scored
from tests.documents.sample_report import ACTOR, AT, CHECKLIST, evidence, sample_facts

BOOK: CaseBook = load_cases(
    CHECKLIST.parent / "high-risk-2025", {one.id: one for one in load_checklist(CHECKLIST).items}
)
PRINCIPLES = "相关性：公网可达；严重性：可读全部考生数据；高发性：本年两次被扫到"
JUDGED: Mapping[str, tuple[Value, str]] = {
    "HR25-6.4.1.1": (Choice("present"), "会话缓存无口令，<admin> 与 root 口令相同"),
    "A-18": (Choice("present"), PRINCIPLES),
    "HR25-6.4.1.2": (Choice("downgraded"), "登录另有短信验证码，绕不过"),
    "HR25-6.4.3.2": (Choice("absent"), "补丁已打，复扫通过"),
    "HR25-6.1.1.1": (NotApplicable("机房由市政务云管理，见平台声明"), ""),
    "A-22": (Choice("present"), PRINCIPLES),
    "A-28": (Choice("present"), PRINCIPLES),
}
BEFORE = ("HR25-6.4.3.2", "A-22")
"""What stood as present in an earlier revision of the cycle and was mended."""


def cases() -> tuple[Case, ...]:
    """Give those that concern a system of level 3 without any extension."""
    return tuple(
        one
        for one in BOOK.cases
        if not one.when and (not one.levels or SecurityLevel.THREE in one.levels)
    )


def judged_facts(*, most_open: int = 1) -> ReportFacts:
    """Give the sample report with cases; all but so many of those left are answered as absent."""
    facts = sample_facts()
    (one,) = facts.systems
    assert one.scored
    return replace(facts, systems=(_judged(one, one.scored, most_open),))


def _judged(one: SystemFacts, scored: Scored, most_open: int) -> SystemFacts:
    by_code = {case.code: case for case in cases()}
    rest = [c for c in by_code if c not in JUDGED and by_code[c].kind is CaseKind.CASE]
    rest += [c for c in by_code if c not in JUDGED and not by_code[c].triggers and c not in rest]
    said = {**JUDGED, **{code: (Choice("absent"), "") for code in rest[most_open:]}}
    answers = {by_code[code].id: _answer(by_code[code].id, *value) for code, value in said.items()}
    items = {item.item.id: item for item in scored.items}
    before = [by_code[code].id for code in BEFORE]
    present = [*before, *(id_ for id_, a in answers.items() if a.value == Choice("present"))]
    judged = judge(cases(), answers, items, present)
    concluded = replace(scored.concluded, hazards=count_hazards(judged))
    return replace(one, scored=replace(scored, cases=judged, concluded=concluded))


def _answer(case: ItemId, value: Value, note: str) -> Answer:
    return Answer(
        id=AnswerId(f"answer {case}"),
        assessment=AssessmentId("assessment-1"),
        subject=OfSystem(SystemId("system-1")),
        item=case,
        revision=1,
        value=value,
        answered_by=PersonId("person-1"),
        recorded_by=ACTOR,
        recorded_at=AT,
        note=note,
        evidence=(evidence(3),) if note else (),
    )
