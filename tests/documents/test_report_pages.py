"""The printed pages: nothing empty, nothing outside, nothing undrawn, numbers that are right."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from secops.model.document import DocumentFormat
from tests.documents.conftest import Printed, printed
from tests.documents.pdf_pages import MM, Page, missing_glyphs, pages_of
from tests.documents.sample_report import facts_of, sample_facts, system, unit_facts
from tests.documents.test_rectification_context import unfrozen

pytestmark = pytest.mark.slow
Pdf = tuple[bytes, tuple[Page, ...]]
MARK = "样"
GALLERY = Path(__file__).parents[2] / "docs" / "gallery"


def body(page: Page) -> str:
    """Give the text of a page without its sample mark and number."""
    inside = [word.text for word in page.words if 0.1 < word.top / page.height < 0.88]
    return "".join(inside)


def number(page: Page) -> int | None:
    """Give the number printed in the lower margin."""
    found = re.fullmatch(r"—(\d+)—", "".join(word.text for word in page.foot))
    return int(found[1]) if found else None


def test_no_page_is_empty(pdf: Pdf) -> None:
    assert [n for n, page in enumerate(pdf[1], 1) if len(body(page)) < 20] == []


def test_no_text_stands_outside_the_margins(pdf: Pdf) -> None:
    for n, page in enumerate(pdf[1], 1):
        left, right = (25, 25) if page.wide else (28, 26)
        for word in page.words:
            assert word.left >= left * MM - 1, (n, word)
            assert word.right <= page.width - right * MM + 2.5, (n, word)
            assert word.top > 15 * MM, (n, word)
            assert word.bottom < page.height - 10 * MM, (n, word)


def test_every_drawn_code_has_a_glyph(pdf: Pdf) -> None:
    assert missing_glyphs(pdf[0]) == []


def test_pages_are_numbered_from_the_text_on_odd_right_even_left(pdf: Pdf) -> None:
    numbers = [number(page) for page in pdf[1]]
    first = numbers.index(1)
    assert numbers[:first] == [None] * first
    assert numbers[first:] == list(range(1, len(numbers) - first + 1))
    for page, printed_number in zip(pdf[1], numbers, strict=True):
        if printed_number:
            assert (page.foot[0].left > page.width / 2) == bool(printed_number % 2)


def test_the_contents_name_the_page_on_which_the_heading_stands(pdf: Pdf) -> None:
    pages = pdf[1]
    front = [n for n, page in enumerate(pages) if number(page) is None][1:]
    text = "".join(pages[n].text for n in front)
    entries = re.findall(r"((?:[一二三四五六七]、|附录[一二三])[^·]+?)·+(\d+)", text)
    assert len(entries) == 10
    for title, said in entries:
        page = next(one for one in pages if number(one) == int(said))
        assert title in page.text, (title, said)


def test_no_table_head_stands_alone_at_the_foot(pdf: Pdf) -> None:
    """Below the last head on a page there is at least one more line of text."""
    heads = ("要求大意", "责任单位", "自查结论符合率", "简号")
    for n, page in enumerate(pdf[1], 1):
        for word in page.words:
            if word.text in heads:
                under = [
                    w for w in page.words if w.top > word.bottom + 1 and w.top / page.height < 0.87
                ]
                assert under, (n, word)


def test_a_sample_says_so_on_every_page_and_a_real_report_on_none(pdf: Pdf) -> None:
    assert all(MARK in page.text[:3] for page in pdf[1])
    real = printed(sample_facts(sample=False, most=20)).render(DocumentFormat.HTML).decode()
    assert "样　例" not in real


def test_a_draft_says_so_on_every_page_and_a_frozen_report_on_none(
    pdf: Pdf, tmp_path: Path
) -> None:
    assert not [page for page in pdf[1] if "草稿" in page.text]
    path = tmp_path / "draft.pdf"
    facts = unfrozen(sample_facts(sample=False, most=20))
    path.write_bytes(printed(facts).render(DocumentFormat.PDF))
    pages = pages_of(path)
    assert all(page.text.startswith("草稿（未定稿）") for page in pages)
    assert pages[0].text.count("草稿（未定稿）") == 2


def test_the_page_of_the_opinion_of_the_unit_is_filled(pdf: Pdf) -> None:
    page = next(one for one in pdf[1] if "单位意见" in one.text and "（单位盖章）" in one.text)
    stamp = next(word for word in page.words if "（单位盖章）" in word.text)
    assert stamp.top / page.height > 0.7
    assert abs((stamp.left + stamp.right) / 2 - page.width / 2) < 20 * MM


def test_the_thresholds_stand_on_the_page_of_the_sentence_before_them(pdf: Pdf) -> None:
    (page,) = [one for one in pdf[1] if "5.阈值" in one.text]
    assert "阈值（实践做法）" in page.text


def test_many_systems_without_assessment_are_listed_once(tmp_path: Path) -> None:
    facts = unit_facts()
    bare = facts.systems[-1]
    many = tuple(replace(bare, system=system(n, f"第{n}号系统")) for n in range(3, 59))
    pages = {}
    for name, systems in (("many", (*facts.systems[:2], *many)), ("few", facts.systems)):
        path = tmp_path / f"{name}.pdf"
        made = printed(replace(facts, systems=systems)).render(DocumentFormat.PDF)
        path.write_bytes(made)
        pages[name] = pages_of(path)
    text = "".join(page.text for page in pages["many"])
    assert [n for n in range(3, 59) if text.count(f"第{n}号系统") != 1] == []
    assert len(pages["many"]) - len(pages["few"]) <= 4


def test_the_same_report_gives_the_same_bytes(unit_report: Printed) -> None:
    assert unit_report.render(DocumentFormat.PDF) == unit_report.render(DocumentFormat.PDF)


def test_the_chart_shows_the_numbers_of_the_table(system_report: Printed) -> None:
    html = system_report.render(DocumentFormat.HTML).decode()
    chart = html[html.index('class="donut"') : html.index("</svg>", html.index('class="donut"'))]
    shares = [float(one) for one in re.findall(r'stroke-dasharray="([\d.]+) ', chart)]
    assert round(sum(shares), 3) == 100


@pytest.mark.parametrize("name", ["system", "unit"])
def test_the_gallery_shows_every_page_as_it_is_printed_now(name: str) -> None:
    """Else run tools/make_gallery.py; after a change of fields, on a workspace of the demo."""
    context = (GALLERY / f"rectification-{name}.json").read_bytes()
    printer = printed(sample_facts(most=1)).printer
    made = printer.render(DocumentFormat.PDF, context, printer.template())
    pictures = list((GALLERY / f"rectification-{name}-pdf").glob("page-*.png"))
    assert len(pictures) == len(PdfReader(io.BytesIO(made)).pages)
    assert list((GALLERY / f"rectification-{name}-docx").glob("page-*.png"))
    assert (GALLERY / f"rectification-{name}-html" / "desk.png").is_file()


def test_the_gallery_stays_small_and_has_the_fields_of_now() -> None:
    files = [one for one in GALLERY.rglob("*") if one.is_file()]
    assert sum(one.stat().st_size for one in files) < 4 << 20
    now = json.loads(printed(sample_facts(most=1)).context)
    for name in ("system", "unit"):
        kept = json.loads((GALLERY / f"rectification-{name}.json").read_bytes())
        assert kept.keys() == now.keys()
        assert kept["systems"][0].keys() == now["systems"][0].keys()


def test_a_unit_of_many_systems_keeps_its_contents_readable(tmp_path: Path) -> None:
    many = tuple(facts_of(n, f"江临市教育服务平台第{n}号系统", most=4) for n in range(1, 27))
    facts = replace(unit_facts(), systems=(*many, *unit_facts().systems[-1:]))
    path = tmp_path / "many.pdf"
    path.write_bytes(printed(facts).render(DocumentFormat.PDF))
    pages = pages_of(path)
    first = [number(page) for page in pages].index(1)
    front = [page for page in pages[1:first] if "此页无正文" not in page.text]
    assert len(front) <= 2
    named = re.findall(r"第(\d+)号系统·+\d+", "".join(page.text for page in front))
    assert set(named) == {str(n) for n in range(1, 27)}
