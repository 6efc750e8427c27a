"""Characters without a glyph: named before printing, and never printed as a hole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from secops.documents.fonts import Fonts
from secops.documents.glyphs import stand_in
from secops.documents.pdf import render_pdf
from secops.errors.documents import FontsMissingError, NoGlyphError
from secops.operations.make_report import prepare_report, refuse_without_glyph
from secops.wiring.report import fonts_at_hand
from tests.documents.conftest import printed
from tests.documents.pdf_pages import missing_glyphs
from tests.documents.sample_report import NAMES, sample_facts


def test_a_character_without_glyph_is_named_with_its_record_and_field() -> None:
    facts = replace(sample_facts(most=3), names={**NAMES, "person-2": "王\U0001f600"})
    report = printed(facts)
    found = report.printer.without_glyph(report.context)
    assert {one.character for one in found} == {"\U0001f600"}
    assert ("江临市普通高中招生管理系统", "systems.owners.person") in {
        (one.record, one.field) for one in found
    }
    with pytest.raises(NoGlyphError):
        refuse_without_glyph(prepare_report(report.printer, facts))


def test_rare_characters_of_names_have_glyphs_in_the_named_fonts() -> None:
    covered = fonts_at_hand().covers()
    assert [one for one in "㛃䶮𬭸𬭎𬬭𫖯𬸚𡘙𣗋㐂𠅤𫟹𬀪𦈡㑇㭎" if ord(one) not in covered] == []


def test_what_cannot_be_drawn_is_replaced_visibly() -> None:
    assert stand_in("王\U0001f600", frozenset(map(ord, "王"))) == "王〓(U+1F600)"


def test_the_printed_page_has_no_hole() -> None:
    html = '<meta charset="utf-8"><p>王\U0001f600㛃</p>'
    made = render_pdf(html, fonts_at_hand(), date(2026, 1, 1))
    assert missing_glyphs(made) == []


def test_without_any_chinese_font_nothing_is_printed(tmp_path: Path) -> None:
    with pytest.raises(FontsMissingError):
        render_pdf("<p>x</p>", Fonts((tmp_path,), tmp_path), date(2026, 1, 1))


def test_missing_looks_are_named(tmp_path: Path) -> None:
    assert Fonts((tmp_path,), tmp_path).missing_looks == ("FangSong", "Kai", "Hei", "Song")
