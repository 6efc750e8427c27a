"""What fonts can draw is remembered; a damaged memory is read anew."""

from __future__ import annotations

from pathlib import Path

from secops.documents.font_coverage import covered_by
from secops.wiring.report import fonts_at_hand


def test_the_remembered_coverage_is_that_of_the_fonts(tmp_path: Path) -> None:
    files = fonts_at_hand().files[:2]
    damaged, fresh = tmp_path / "damaged", tmp_path / "fresh"
    damaged.mkdir()
    (damaged / "coverage.json").write_text('{"half', encoding="utf-8")
    first = covered_by(files, fresh)
    covered_by.cache_clear()
    assert covered_by(files, fresh) == first == covered_by(files, damaged)
    assert first
