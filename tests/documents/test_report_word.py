"""Word: a file that a unit can edit, the same every time, with Chinese fonts named."""

from __future__ import annotations

import io
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm

from secops.model.document import DocumentFormat
from tests.documents.conftest import Printed, printed
from tests.documents.pdf_pages import pages_of
from tests.documents.sample_report import sample_facts
from tests.documents.test_rectification_context import unfrozen

DOCX = DocumentFormat.DOCX


def test_the_same_report_gives_the_same_bytes(system_report: Printed) -> None:
    assert system_report.render(DOCX) == system_report.render(DOCX)


def test_no_tag_is_left_and_markup_in_data_stays_text() -> None:
    facts = replace(sample_facts(most=5), subject="A&B<c>{{ 7*7 }}")
    word = Document(io.BytesIO(printed(facts).render(DOCX)))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "A&B<c>{{ 7*7 }}" in text
    assert "{%" not in text


def test_a_name_longer_than_word_takes_for_a_title_is_printed_all_the_same() -> None:
    facts = replace(sample_facts(most=5), subject="校" * 10_000)
    word = Document(io.BytesIO(printed(facts).render(DOCX)))
    assert len(word.core_properties.title) < 256


def test_paper_fonts_and_repeated_heads(system_report: Printed) -> None:
    word = Document(io.BytesIO(system_report.render(DOCX)))
    page = word.sections[0]
    measures = (page.page_width, page.page_height, page.top_margin, page.left_margin)
    assert [round((one or 0) / Mm(1)) for one in measures] == [210, 297, 37, 28]
    fonts = word.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    heads = [one for one in word.tables if one._tbl.xpath(".//w:tblHeader")]  # noqa: SLF001  # no API
    assert len(heads) > 10


def test_contents_is_a_field_that_names_all_headings(system_report: Printed) -> None:
    word = Document(io.BytesIO(system_report.render(DOCX)))
    xml = word.element.xml
    assert "TOC \\o" in xml
    for paragraph in word.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Heading 1":
            assert sum(one.text.startswith(paragraph.text) for one in word.paragraphs) >= 1
            mark = paragraph._p.xpath("./w:bookmarkStart/@w:name")[0]  # noqa: SLF001  # no API
            assert f'w:anchor="{mark}"' in xml


@pytest.mark.slow
def test_the_office_program_opens_it_and_no_page_is_empty(
    unit_report: Printed, tmp_path: Path
) -> None:
    file = tmp_path / "report.docx"
    file.write_bytes(unit_report.render(DOCX))
    subprocess.run(  # noqa: S603  # our own file
        [
            "/usr/bin/soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = pages_of(tmp_path / "report.pdf")
    assert len(pages) > 10
    assert [n for n, page in enumerate(pages, 1) if len(page.text) < 25] == []
    assert "王㛃" in "".join(page.text for page in pages)
    assert all("样" in page.text for page in pages)
    numbers = [re.search(r"—(\d+)—", "".join(word.text for word in page.foot)) for page in pages]
    printed_numbers = [int(one[1]) for one in numbers if one]
    assert printed_numbers == list(range(1, len(pages) - 1))


def test_word_says_what_the_pdf_says(unit_report: Printed) -> None:
    """Every problem, person, date and every item stands in both."""
    word = Document(io.BytesIO(unit_report.render(DOCX)))
    cells = {cell.text for table in word.tables for cell in table._cells}  # noqa: SLF001  # once
    text = "\n".join([*cells, *(one.text for one in word.paragraphs)])
    context = json.loads(unit_report.context)
    for system in context["systems"]:
        for line in system["findings"]:
            wanted = (line["requirement"], line["statement"], line["measure"], line["due"])
            assert [one for one in (*wanted, *line["evidence"]) if one not in text] == []
            assert f"{line['answered_by']}（{line['means']}）" in text
        for part in system["classes"]:
            assert [one["gist"] for one in part["lines"] if one["gist"] not in text] == []
        for line in system["contrary"]:
            assert line["statement"] in text
            assert all(one["answered_by"] in text for one in line["answers"])
        if not system["assessed"]:
            assert system["missing"]
            assert "；".join(system["missing"]) in cells


def test_contents_point_at_no_blank_and_print_no_hint(system_report: Printed) -> None:
    word = Document(io.BytesIO(system_report.render(DOCX)))
    contents = [one for one in word.paragraphs if one.style and one.style.name == "toc 1"]
    assert len(contents) == 11
    assert not [one for one in contents if "\t" in one.text]
    assert contents[-1]._p.xpath(".//w:fldChar[@w:fldCharType='end']")  # noqa: SLF001  # no API
    assert not [one for one in word.paragraphs if "更新" in one.text]


def test_the_owners_stay_in_one_table_that_is_not_parted(system_report: Printed) -> None:
    word = Document(io.BytesIO(system_report.render(DOCX)))
    table = next(one for one in word.tables if one.cell(0, 0).text == "运营单位")
    assert [row.cells[0].text for row in table.rows][-3:] == ["主管责任", "运维责任", "使用责任"]
    kept = [
        all(c.paragraphs[0].paragraph_format.keep_with_next for c in r.cells) for r in table.rows
    ]
    assert all(kept[:-1])


def test_a_draft_says_so_in_every_head_and_a_frozen_report_in_none() -> None:
    for facts, wanted in (
        (sample_facts(sample=False, most=5), ""),
        (unfrozen(sample_facts(sample=False, most=5)), "草稿（未定稿）"),
        (unfrozen(sample_facts(most=5)), "样　例　　草稿（未定稿）"),
    ):
        word = Document(io.BytesIO(printed(facts).render(DOCX)))
        heads = [one for s in word.sections for one in (s.header, s.even_page_header)]
        assert {"".join(p.text for p in one.paragraphs) for one in heads} == {wanted}
        marks = [one for one in word.paragraphs if one.style and one.style.name == "Draft mark"]
        assert len(marks) == bool(wanted)


def test_stamps_are_centred(system_report: Printed) -> None:
    word = Document(io.BytesIO(system_report.render(DOCX)))
    cells = [c for t in word.tables for c in t._cells]  # noqa: SLF001  # once
    stamps = [p for c in cells for p in c.paragraphs if "（单位盖章）" in p.text]
    assert {p.alignment for p in stamps} == {WD_ALIGN_PARAGRAPH.CENTER}
