"""The guides are followed literally: every shown command is typed, every shown line is compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.schemas import fits_its_schema
from tools.follow_guide import Command, Reader, as_shown, steady, steps_of

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs" / "guide").rglob("*.md"), ROOT / "docs" / "README.md"]
)
GUIDES = [
    one for one in PAGES if any(isinstance(it, Command) for it in steps_of(one.read_text("utf-8")))
]
LINK = re.compile(r"\]\((?P<to>[^)#\s]+)(#[^)]*)?\)")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.slow
@pytest.mark.parametrize("guide", GUIDES, ids=_name)
def test_a_guide_shows_what_its_commands_print(guide: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    try:
        for step in steps_of(guide.read_text("utf-8")):
            printed = reader.do(step)
            if isinstance(step, Command):
                where = f"{_name(guide)}:{step.line + 1}: $ {step.typed}"
                said = steady(as_shown(step.shown, printed))
                assert said == steady(step.shown), f"{where} (tools/follow_guide.py records anew)"
                if step.typed.startswith("secops --json ") and ">" not in step.typed:
                    fits_its_schema("\n".join(printed))
    finally:
        reader.leave()


def test_there_are_guides_to_follow() -> None:
    assert {"docs/guide/01-empty-folder-to-report.md"} <= set(map(_name, GUIDES))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_what_a_page_points_to_is_there(page: Path) -> None:
    links = [one["to"] for one in LINK.finditer(page.read_text("utf-8"))]
    broken = [to for to in links if "://" not in to and not (page.parent / to).exists()]
    assert broken == []
