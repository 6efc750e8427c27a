"""The gate sheet: what is there, what is waived, what is missing; a draft until it is passed."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from secops.documents.printer import TemplatePrinter, gate_printer
from secops.judging.gate_sheet import GateFacts
from secops.judging.gates import gate_state, judge_items
from secops.judging.tailoring import tailor
from secops.model.actor import Actor
from secops.model.answer import Answer, OfSystem, Value, Verdict
from secops.model.assessment import Assessment, AssessmentKind, Frozen
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.document import DocumentFormat
from secops.model.evidence import EvidenceKind, EvidenceRecord, digest_of
from secops.model.gate import GateState, LevelOrigin
from secops.model.grades import Grades
from secops.model.history import Head
from secops.model.ids import (
    AnswerId,
    AssessmentId,
    Digest,
    EvidenceId,
    ItemId,
    PersonId,
    SystemId,
    WaiverId,
)
from secops.model.waiver import Waiver
from secops.wiring.tables import load_library
from tests.documents.conftest import means
from tests.documents.pdf_pages import pages_of

AT = datetime(2026, 3, 1, 2, tzinfo=UTC)
PAPER = digest_of(b"paper")
OFFICER, LEADER = PersonId("person-1"), PersonId("person-2")
SYSTEM, ONE = SystemId("system-1"), AssessmentId("assessment-1")
GATES = next(one for one in load_library().checklists if one.pack == "three-synchronies")
TWO = Grades(business_information=SecurityLevel.TWO, system_service=SecurityLevel.TWO)
STAGE = next(one for one in GATES.domains if one.code == "planning")
ASKED = tailor(GATES, TWO, (), STAGE.code).asked
CODES = {str(one.at.clause): one.item.id for one in ASKED}
END = date(2026, 6, 30)
FROZEN = Frozen(at=AT, by=OFFICER, state=digest_of(b"state"), rules=digest_of(b"rules"))


def _said(
    code: str, value: Value, note: str = "", evidence: tuple[Digest, ...] = ()
) -> tuple[ItemId, Answer]:
    return CODES[code], Answer(
        id=AnswerId(f"answer {code}"),
        assessment=ONE,
        subject=OfSystem(SYSTEM),
        item=CODES[code],
        revision=1,
        value=value,
        answered_by=OFFICER,
        recorded_by=Actor(account="officer", person=OFFICER),
        recorded_at=AT,
        note=note,
        evidence=evidence,
    )


SAID = dict(
    [
        _said("TS-01", Verdict.COMPLIANT, note="见<卷宗>", evidence=(PAPER,)),
        *(_said(one, Verdict.COMPLIANT, note="有") for one in ("TS-02", "TS-03", "TS-04")),
        _said("TS-05", NotApplicable("上级已统一分析")),
    ]
)
WAIVER = Waiver(
    id=WaiverId("waiver-1"),
    no=1,
    system=SYSTEM,
    item=CODES["TS-07"],
    leader=LEADER,
    post="deputy_in_charge",
    reason="编制未批",
    measure="由信息中心代审",
    until=END,
    granted_at=AT,
)
PASSED = Assessment(
    id=ONE,
    no=4,
    subject=OfSystem(SYSTEM),
    kind=AssessmentKind.GATE,
    pack=GATES.pack,
    scope=STAGE.code,
    grades=TWO,
    item_set=digest_of(b"set"),
    revision=2,
    started_at=AT,
    started_by=Actor(account="officer", person=OFFICER),
    frozen=FROZEN,
)


def facts(day: date = END, assessment: Assessment | None = PASSED) -> GateFacts:
    """Give a gate of an admissions system that was passed with one waiver."""
    items = judge_items(ASKED, SAID if assessment else {}, [WAIVER] if assessment else [], day)
    frozen = bool(assessment and assessment.frozen)
    record = EvidenceRecord(
        id=EvidenceId("evidence-1"),
        no=1,
        digest=PAPER,
        size=5,
        media="application/pdf",
        kind=EvidenceKind.SUPPLIED,
        taken_at=AT,
        by=Actor(account="officer", person=OFFICER),
        subject="system-1",
        title="立项申请表",
    )
    return GateFacts(
        subject="招生系统",
        unit="示例大学",
        stage=STAGE,
        checklist=GATES,
        edition=GATES.edition,
        level=SecurityLevel.TWO,
        origin=LevelOrigin.KEPT,
        graded=False,
        state=gate_state(items, begun=assessment is not None, frozen=frozen),
        items=items,
        checks={item.id: item.check for item in GATES.items if item.check},
        earlier=((GATES.domains[1], GateState.NOT_BEGUN),),
        assessment=assessment,
        evidence=(record,) if assessment else (),
        names={OFFICER: "林老师", LEADER: "周校长"},
        as_of=day,
        sample=False,
        head=Head(seq=9, hash="f" * 64, at=AT),
        program="secops",
        tables=b"{}",
    )


@pytest.fixture(scope="module")
def printer() -> TemplatePrinter[GateFacts]:
    """Give the printer with the templates that come along."""
    return gate_printer(means())


def _context(printer: TemplatePrinter[GateFacts], of: GateFacts) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(printer.context(of))
    return made


def _html(printer: TemplatePrinter[GateFacts], of: GateFacts) -> str:
    return printer.render(DocumentFormat.HTML, printer.context(of), printer.template()).decode()


def test_a_waiver_is_printed_and_counted_apart(printer: TemplatePrinter[GateFacts]) -> None:
    made = _context(printer, facts())
    counts = ("asked", "done", "not_applicable", "waived", "missing", "missing_mandatory")
    assert [made[one] for one in counts] == [6, 4, 1, 1, 0, 0]
    assert (made["state_key"], made["draft"]) == ("passed_with_waiver", False)
    (waiver,) = made["waivers"]
    told = (waiver["code"], waiver["leader"], waiver["until"], waiver["in_force"])
    assert told == ("TS-07", "周校长", "2026年6月30日", True)


def test_the_day_after_it_ended_the_sheet_is_a_draft_again(
    printer: TemplatePrinter[GateFacts],
) -> None:
    made = _context(printer, facts(date(2026, 7, 1)))
    assert (made["state_key"], made["draft"], made["missing_mandatory"]) == ("reopened", True, 1)
    assert not made["waivers"][0]["in_force"]
    assert "已到期" in _html(printer, facts(date(2026, 7, 1)))


def test_a_blank_form_says_who_should_answer(printer: TemplatePrinter[GateFacts]) -> None:
    page = _html(printer, facts(assessment=None))
    assert "本表是空白表" in page
    assert "应由财务填" in page
    assert "林老师" not in page


def test_every_item_names_its_basis(printer: TemplatePrinter[GateFacts]) -> None:
    made = _context(printer, facts())
    assert all(one["basis"] for one in made["items"])
    page = _html(printer, facts())
    assert "三同步面向关键信息基础设施" in page
    assert "不是官方表格" in page


def test_what_was_typed_is_escaped(printer: TemplatePrinter[GateFacts]) -> None:
    page = _html(printer, facts())
    assert "见&lt;卷宗&gt;" in page
    assert "见<卷宗>" not in page


def test_an_unpassed_gate_and_a_sample_say_so(printer: TemplatePrinter[GateFacts]) -> None:
    shut = replace(PASSED, frozen=None)
    page = _html(printer, replace(facts(assessment=shut), sample=True))
    assert "样　例　　未过关" in page
    assert "未过关" not in _html(printer, facts())


def test_the_same_facts_give_the_same_bytes(printer: TemplatePrinter[GateFacts]) -> None:
    template, context = printer.template(), printer.context(facts())
    assert context == printer.context(facts())
    for fmt in (DocumentFormat.HTML, DocumentFormat.DOCX):
        assert printer.render(fmt, context, template) == printer.render(fmt, context, template)


def test_word_says_what_the_page_says(printer: TemplatePrinter[GateFacts]) -> None:
    context = printer.context(facts())
    word = Document(io.BytesIO(printer.render(DocumentFormat.DOCX, context, printer.template())))
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert {"招生系统", "示例大学", "豁免过关", "由信息中心代审", "立项申请表"} <= cells
    said = "\n".join(one.text for one in word.paragraphs)
    assert "三同步检查单（规划立项）" in said
    assert "{{" not in said


def test_the_pages_of_a_shut_gate_are_marked(
    printer: TemplatePrinter[GateFacts], tmp_path: Path
) -> None:
    shut = facts(assessment=replace(PASSED, frozen=None))
    content = printer.render(DocumentFormat.PDF, printer.context(shut), printer.template())
    path = tmp_path / "gate.pdf"
    path.write_bytes(content)
    pages = pages_of(path)
    assert pages
    assert all("未过关" in page.text for page in pages)
