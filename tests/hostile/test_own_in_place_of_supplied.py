"""A folder of one's own that passes for the standard: whoever reads the result must see it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from docx import Document

from secops.cli.root import secops
from tests.conftest import UNIT
from tests.schemas import fits_its_schema

EDITION = """\
pack: gb22239
edition: GB/T 22239-2019
title: 信息安全技术 网络安全等级保护基本要求
source: GB/T 22239-2019
as_of: "2026-01-01"
in_force: "2026-02-01"
confidence: H
about: system
domains:
  - {code: ce, title: "安全计算环境\\e[31m"}
parts:
  - {code: general, title: "安全通用要求\\e[31m\\u202e"}
"""
ITEMS = """\
source: x
as_of: "2026-01-01"
confidence: H
domain: ce
items:
  - {id: gb22239/ce/identity-1, code: "8.1.4.1.a", gist: 有就行, confidence: H}
"""
OWN = "checklists/gb-weak"
NOT_SUPPLIED = "不是随程序提供的标准条款"


def _say(folder: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(secops, ["-C", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return result


def _weakened(folder: Path) -> None:
    own = folder / OWN
    own.mkdir(parents=True)
    (own / "edition.yaml").write_text(EDITION, "utf-8")
    (own / "items.yaml").write_text(ITEMS, "utf-8")
    _say(folder, "system", "add", "--name", "门户", "--unit", UNIT, "--s", "2", "--a", "2")


def test_every_command_says_that_the_standard_is_not_the_supplied_one(
    workspace_folder: Path,
) -> None:
    _weakened(workspace_folder)
    for words in (("assess", "start", "门户"), ("assess", "status", "门户"), ("score", "门户")):
        assert OWN in _say(workspace_folder, *words).stdout, words
    for words in (("assess", "status", "门户"), ("score", "门户")):
        said = _say(workspace_folder, "--json", *words).stdout
        fits_its_schema(said)
        assert '"stands_in": "gb-weak"' in said, words


def test_what_is_frozen_says_so_when_the_folder_is_gone(workspace_folder: Path) -> None:
    _weakened(workspace_folder)
    _say(workspace_folder, "assess", "start", "门户")
    _say(workspace_folder, "assess", "answer", "门户", "8.1.4.1.a", "符合")
    _say(workspace_folder, "assess", "freeze", "门户")
    for one in (workspace_folder / OWN).iterdir():
        one.unlink()
    (workspace_folder / OWN).rmdir()
    assert OWN in _say(workspace_folder, "score", "门户").stdout


def test_the_report_says_so_in_every_format(workspace_folder: Path) -> None:
    _weakened(workspace_folder)
    _say(workspace_folder, "assess", "start", "门户")
    _say(workspace_folder, "assess", "answer", "门户", "8.1.4.1.a", "符合")
    report = ("report", "rectification", "--system", "门户", "--format", "html,docx")
    _say(workspace_folder, *report)
    (page,) = (workspace_folder / "documents").glob("*.html")
    (word,) = (workspace_folder / "documents").glob("*.docx")
    assert NOT_SUPPLIED in page.read_text("utf-8")
    assert NOT_SUPPLIED in "".join(one.text for one in Document(str(word)).paragraphs)


def test_the_supplied_standard_and_packs_of_one_s_own_need_no_such_words(
    workspace_folder: Path,
) -> None:
    _say(
        workspace_folder, "system", "add", "--name", "门户", "--unit", UNIT, "--s", "2", "--a", "2"
    )
    said = json.loads(_say(workspace_folder, "--json", "assess", "start", "门户").stdout)
    assert said["stands_in"] == ""


def test_titles_of_a_checklist_are_shown_and_never_obeyed(workspace_folder: Path) -> None:
    _weakened(workspace_folder)
    said = _say(workspace_folder, "assess", "start", "门户", "--explain").stdout
    assert "\\x1b[31m" in said
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_the_name_of_a_folder_is_shown_and_never_obeyed(workspace_folder: Path) -> None:
    _weakened(workspace_folder)
    (workspace_folder / OWN).rename(workspace_folder / "checklists" / "a\x1b[31m\nb")
    said = _say(workspace_folder, "checklist", "lint").stdout
    assert "a\\x1b[31m b" in said
