"""单位自查结果: what it says stands on answers, and every format says the same."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from docx import Document

from secops.documents.printer import TemplatePrinter, selfcheck_printer
from secops.judging.points import pointed
from secops.model.actor import Actor
from secops.model.answer import Answer, Choice, Measure, OfUnit, Value
from secops.model.assessment import Assessment, AssessmentKind, Frozen
from secops.model.common import Confidence, NotApplicable
from secops.model.document import DocumentFormat
from secops.model.evidence import EvidenceKind, EvidenceRecord, digest_of
from secops.model.history import Head
from secops.model.ids import AnswerId, AssessmentId, EvidenceId, PersonId, UnitId
from secops.model.proposal import EvidenceAge, FromInventory, FromLast, Source
from secops.model.score import ScoredItem
from secops.model.selfcheck import Asking, Holder, SelfcheckFacts
from secops.model.unit import Post
from tests.documents.conftest import means
from tests.documents.pdf_pages import pages_of
from tests.judging.asked_samples import RATIO, STEPS, asked

SINCE = datetime(2026, 12, 31, 16, tzinfo=UTC)
AT = datetime(2027, 3, 1, 2, tzinfo=UTC)
OLD = digest_of(b"old")
PERSON = PersonId("person-1")
ONE = AssessmentId("assessment-1")
FROZEN = Frozen(at=AT, by=PERSON, state=digest_of(b"state"), rules=digest_of(b"rules"))
VALUES: tuple[Value | None, ...] = (
    Choice("yes"),
    Measure(7, 9),
    Choice("1"),
    NotApplicable("本校没有机房"),
    None,
    Choice("no"),
)
ASKS = (None, RATIO, STEPS, None, None, None)


def _answer(n: int, value: Value) -> Answer:
    return Answer(
        id=AnswerId(f"answer-{n}"),
        assessment=ONE,
        subject=OfUnit(UnitId("unit-1")),
        item=asked(n).item.id,
        revision=1,
        value=value,
        answered_by=PERSON,
        recorded_by=Actor(account="officer", person=PERSON),
        recorded_at=AT,
        note="见<文件>" if n == 1 else "",
        evidence=(OLD,) if n == 1 else (),
    )


def _scored(n: int, value: Value | None) -> ScoredItem:
    asks = ASKS[n - 1]
    one = asked(n, asks, gist=f"第{n}条") if asks else asked(n, gist=f"第{n}条")
    answers = () if value is None else (_answer(n, value),)
    return ScoredItem(item=one.item, at=one.at, value=value, answers=answers)


def _assessment() -> Assessment:
    return Assessment(
        id=ONE,
        no=4,
        subject=OfUnit(UnitId("unit-1")),
        kind=AssessmentKind.SELF,
        pack="education-selfcheck",
        grades=None,
        item_set=digest_of(b"set"),
        revision=2,
        started_at=AT,
        started_by=Actor(account="officer", person=PERSON),
        cycle="2027",
        frozen=FROZEN,
    )


def facts() -> SelfcheckFacts:
    """Give a school that answered five of six items, one of them on old evidence."""
    items = [_scored(n, value) for n, value in enumerate(VALUES, 1)]
    found = pointed(items, Fraction(0))
    assert found
    sources: dict[AnswerId, Source] = {
        AnswerId("answer-1"): FromLast(
            cycle="2026",
            answer=AnswerId("before"),
            answered_by=PERSON,
            answered_at=SINCE - timedelta(days=30),
            evidence_at=SINCE - timedelta(days=31),
        ),
        AnswerId("answer-2"): FromInventory(day=date(2027, 2, 28)),
    }
    record = EvidenceRecord(
        id=EvidenceId("evidence-1"),
        no=1,
        digest=OLD,
        size=3,
        media="application/pdf",
        kind=EvidenceKind.SUPPLIED,
        taken_at=SINCE - timedelta(days=31),
        by=Actor(account="officer", person=PERSON),
        subject="unit-1",
        title="任命文件",
    )
    ages = {one.item.id: EvidenceAge.NONE for one in items if one.value is not None}
    return SelfcheckFacts(
        subject="示例县第一小学",
        asking=Asking(
            title="教育单位网络安全自查表",
            edition="2026版",
            source="本项目自拟，非官方评分表",
            confidence=Confidence.MEDIUM,
        ),
        assessment=_assessment(),
        pointed=found,
        sources=sources,
        ages=ages | {items[0].item.id: EvidenceAge.OLDER},
        measures={items[5].item.id: "补齐文件"},
        holders=(Holder(post=Post.FIRST_RESPONSIBLE, person="周校长", title="校长"),),
        evidence=(record,),
        since=SINCE,
        names={PERSON: "周老师"},
        as_of=date(2027, 3, 2),
        sample=False,
        head=Head(seq=9, hash="f" * 64, at=AT),
        program="secops",
        tables=b"{}",
    )


@pytest.fixture(scope="module")
def printer() -> TemplatePrinter[SelfcheckFacts]:
    """Give the printer with the templates that come along."""
    return selfcheck_printer(means())


def _context(printer: TemplatePrinter[SelfcheckFacts], of: SelfcheckFacts) -> dict[str, object]:
    made: dict[str, object] = json.loads(printer.context(of))
    return made


def test_points_are_told_with_their_base(printer: TemplatePrinter[SelfcheckFacts]) -> None:
    total = _context(printer, facts())["total"]
    assert isinstance(total, dict)
    # 2 + 2 * 7/9 + 2 * 7/10 = 223/45 of 10, told of 12
    assert (total["got"], total["base"], total["whole"]) == ("4.95", "10", "12")
    assert total["result"] == "5.94"
    assert (total["asked"], total["answered"], total["unanswered"]) == (6, 5, 1)
    assert total["not_applicable"] == 1


def test_what_is_missing_stands_dearest_first(printer: TemplatePrinter[SelfcheckFacts]) -> None:
    lost = _context(printer, facts())["lost"]
    assert isinstance(lost, list)
    told = [(one["code"], one["lost"]) for one in lost]
    assert told == [("X-05", "2"), ("X-06", "2"), ("X-03", "0.6"), ("X-02", "0.45")]


def test_each_answer_says_what_it_rests_on(printer: TemplatePrinter[SelfcheckFacts]) -> None:
    made = _context(printer, facts())
    older = made["older"]
    assert isinstance(older, list)
    assert [one["code"] for one in older] == ["X-01"]
    assert older[0]["sources"] == ["沿用2026-12-02的填报，佐证日期2026-12-01"]
    assert (made["checked"], made["without_evidence"]) == (0, 3)
    assert (made["carried"], made["counted"]) == (1, 1)


def test_no_reason_is_lost(printer: TemplatePrinter[SelfcheckFacts]) -> None:
    excluded = _context(printer, facts())["not_applicable"]
    assert isinstance(excluded, list)
    assert [(one["code"], one["reason"]) for one in excluded] == [("X-04", "本校没有机房")]


def test_the_same_facts_give_the_same_bytes(printer: TemplatePrinter[SelfcheckFacts]) -> None:
    assert printer.context(facts()) == printer.context(facts())
    template = printer.template()
    for fmt in (DocumentFormat.HTML, DocumentFormat.DOCX):
        context = printer.context(facts())
        once = printer.render(fmt, context, template)
        assert printer.render(fmt, context, template) == once


def _html(printer: TemplatePrinter[SelfcheckFacts], of: SelfcheckFacts) -> str:
    return printer.render(DocumentFormat.HTML, printer.context(of), printer.template()).decode()


def test_it_never_calls_itself_official(printer: TemplatePrinter[SelfcheckFacts]) -> None:
    page = _html(printer, facts())
    assert "不是官方评分" in page
    assert "本项目自拟，非官方评分表" in page


def test_what_was_typed_is_escaped(printer: TemplatePrinter[SelfcheckFacts]) -> None:
    page = _html(printer, facts())
    assert "见&lt;文件&gt;" in page
    assert "见<文件>" not in page


def test_a_draft_and_a_sample_say_so(printer: TemplatePrinter[SelfcheckFacts]) -> None:
    draft = replace(facts(), assessment=replace(_assessment(), frozen=None), sample=True)
    assert "草稿（未定稿）" not in _html(printer, facts())
    page = _html(printer, draft)
    assert "样　例" in page
    assert "草稿（未定稿）" in page


def test_word_says_what_the_page_says(printer: TemplatePrinter[SelfcheckFacts]) -> None:
    context = printer.context(facts())
    word = Document(io.BytesIO(printer.render(DocumentFormat.DOCX, context, printer.template())))
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    assert {"本校没有机房", "0.45", "周校长", "补齐文件"} <= cells
    said = "\n".join(one.text for one in word.paragraphs)
    assert "得分5.94（满分12）" in said
    assert "{{" not in said


def test_the_pages_are_marked_and_none_is_missing(
    printer: TemplatePrinter[SelfcheckFacts], tmp_path: Path
) -> None:
    draft = replace(facts(), assessment=replace(_assessment(), frozen=None))
    content = printer.render(DocumentFormat.PDF, printer.context(draft), printer.template())
    path = tmp_path / "selfcheck.pdf"
    path.write_bytes(content)
    pages = pages_of(path)
    assert len(pages) >= 5
    assert all("草稿" in page.text for page in pages)
