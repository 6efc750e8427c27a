"""The Word templates that come along are written by a tool; nobody edits them by hand."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tools.make_word_template import TEMPLATES, make

FOLDERS = sorted(one.parent for one in TEMPLATES.glob("*/report.words.yaml"))


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        names = [one for one in packed.namelist() if not one.startswith("docProps")]
        return {name: packed.read(name) for name in names}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_what_is_checked_in_is_what_the_tool_writes(folder: Path, tmp_path: Path) -> None:
    made = tmp_path / "report.docx"
    make(made, folder)
    assert _parts(made) == _parts(folder / "report.docx")
