"""What a report claims was done: the same in the page and in Word."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from docx import Document

from secops.model.answer import Verdict
from secops.model.document import DocumentFormat
from secops.model.report import ReportFacts
from tests.documents.conftest import printed
from tests.documents.sample_report import sample_facts, unit_facts

FORMATS = (DocumentFormat.HTML, DocumentFormat.DOCX)


def said(facts: ReportFacts, fmt: DocumentFormat) -> str:
    """Give all that one format says, without markup."""
    made = printed(facts).render(fmt)
    if fmt is DocumentFormat.HTML:
        body = made.decode().partition("<body>")[2]
        return re.sub(r"<[^>]+>", "", body)
    word = Document(io.BytesIO(made))
    cells = [cell.text for table in word.tables for cell in table._cells]  # noqa: SLF001  # once
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


def without(facts: ReportFacts) -> ReportFacts:
    """Take all assessments away."""
    bare = [replace(one, scored=None, findings=(), evidence=()) for one in facts.systems]
    return replace(facts, systems=tuple(bare))


def all_compliant(*, open_items: int) -> ReportFacts:
    """Give a system without problems, of which some items are not answered."""
    facts = sample_facts(most=60)
    (one,) = facts.systems
    assert one.scored is not None
    good = [item for item in one.scored.items if item.value is Verdict.COMPLIANT]
    bare = [replace(item, value=None, answers=()) for item in good[:open_items]]
    score = replace(
        one.scored.score,
        partially_compliant=0,
        non_compliant=0,
        not_applicable=0,
        compliant=len(good) - open_items,
        unanswered=open_items,
    )
    scored = replace(one.scored, items=(*bare, *good[open_items:]), score=score)
    return replace(facts, systems=(replace(one, scored=scored, findings=()),))


@pytest.mark.parametrize("fmt", FORMATS)
def test_how_many_of_how_many_systems_were_checked(fmt: DocumentFormat) -> None:
    text = said(unit_facts(), fmt)
    assert "所运营的3个系统中已开展网络安全等级保护自查2个，其余1个未开展自查，不给出结论" in text


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        (sample_facts(most=5), "尚未对江临市普通高中招生管理系统开展网络安全等级保护自查"),
        (unit_facts(), "所运营的3个系统中已开展网络安全等级保护自查0个，即均未开展自查"),
    ],
)
def test_where_nothing_was_checked_nothing_is_concluded(
    facts: ReportFacts, wanted: str, fmt: DocumentFormat
) -> None:
    text = said(without(facts), fmt)
    assert wanted in text
    assert "不给出自查结论，也不说明有无问题" in text
    assert "不能说明有无问题" in text
    for claim in ("对江临市普通高中招生管理系统开展了", "没有经人员确认", "自查结论为", "符合率0"):
        assert claim not in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_a_tool_saw_is_counted_where_nothing_was_checked(fmt: DocumentFormat) -> None:
    facts = sample_facts(most=60)
    (one,) = facts.systems
    bare = replace(facts, systems=(replace(one, scored=None),))
    assert f"另有{len(one.findings)}条工具发现尚无人答复" in said(bare, fmt)


@pytest.mark.parametrize("fmt", FORMATS)
def test_no_confirmed_problem_is_said_beside_what_is_not_answered(fmt: DocumentFormat) -> None:
    text = said(all_compliant(open_items=7), fmt)
    assert text.count("尚有7项未填，不能据此认为没有问题") == 2
    text = said(all_compliant(open_items=0), fmt)
    assert text.count("没有经人员确认需要整改的问题。") == 2
    assert "不能据此认为" not in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_what_a_tool_saw_and_a_person_denied_has_a_section_of_its_own(fmt: DocumentFormat) -> None:
    text = said(sample_facts(most=60), fmt)
    assert "六、扫描所见与填报不一致" in text
    assert text.count("这一条没有人确认，不得印出") == 1
    assert "逐条列在第六部分" in text


@pytest.mark.parametrize("fmt", FORMATS)
def test_edition_and_cutting_are_said_in_the_words_used_everywhere(fmt: DocumentFormat) -> None:
    text = said(sample_facts(most=5), fmt)
    assert "依据第1号自查第2版" in text
    assert "次修订" not in text
    assert text.count("截去而不进位") == 1
    assert "1.结论口径。" in text
