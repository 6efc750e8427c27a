"""Evidence that nobody can look at any more, and points that would be taken away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.errors import ExitCode
from tests.conftest import UNIT

EDITION = """\
pack: own
edition: 一版
title: 自有检查单
source: 本局
as_of: "2026-01-01"
in_force: "2026-01-01"
confidence: M
about: system
points: "10"
domains:
  - {code: a, title: 甲}
"""
ITEMS = """\
source: 本局
as_of: "2026-01-01"
confidence: M
domain: a
items:
  - {id: own/a/one, code: OW-1, gist: 一, weight: "-1", confidence: M}
  - {id: own/a/two, code: OW-2, gist: 二, weight: "11", confidence: M}
"""


def _say(folder: Path, *arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(secops, ["-C", str(folder), *arguments])
    assert result.exit_code == code, result.output
    return result


def _kept(folder: Path, digest: str) -> list[Path]:
    name = digest.partition(":")[2]
    return [one for one in (folder / "evidence").rglob("*") if one.name.endswith(name[2:])]


@pytest.fixture
def erased(workspace_folder: Path, tmp_path: Path) -> tuple[Path, str, Path]:
    """Answer with a paper, then erase it; gives workspace, digest and the paper."""
    paper = tmp_path / "纸.txt"
    paper.write_text("样例", "utf-8")
    _say(
        workspace_folder, "system", "add", "--name", "门户", "--unit", UNIT, "--s", "2", "--a", "2"
    )
    _say(workspace_folder, "assess", "start", "门户")
    _say(
        workspace_folder, "assess", "answer", "门户", "7.1.4.1.a", "符合", "--evidence", str(paper)
    )
    (kept,) = json.loads(_say(workspace_folder, "--json", "evidence", "list").stdout)["evidence"]
    assert _kept(workspace_folder, kept["digest"])
    _say(workspace_folder, "evidence", "erase", kept["digest"], "--reason", "个人信息")
    return workspace_folder, kept["digest"], paper


def test_what_was_erased_shows_nothing_new(erased: tuple[Path, str, Path]) -> None:
    folder, digest, _ = erased
    answer = ("assess", "answer", "门户", "7.1.4.1.b", "符合", "--evidence", digest)
    assert "另附材料" in _say(folder, *answer, code=ExitCode.USAGE).stderr


@pytest.mark.parametrize("words", [("evidence", "add"), ("answer",)])
def test_what_was_erased_does_not_come_back_by_its_bytes(
    erased: tuple[Path, str, Path], words: tuple[str, ...]
) -> None:
    folder, digest, paper = erased
    add = (*words, str(paper), "--title", "纸")
    answer = ("assess", "answer", "门户", "7.1.4.1.b", "符合", "--evidence", str(paper))
    _say(folder, *(answer if words == ("answer",) else add), code=ExitCode.USAGE)
    assert not _kept(folder, digest)


def test_an_item_takes_no_points_away(workspace_folder: Path) -> None:
    own = workspace_folder / "checklists" / "own"
    own.mkdir(parents=True)
    (own / "edition.yaml").write_text(EDITION, "utf-8")
    (own / "items.yaml").write_text(ITEMS, "utf-8")
    said = _say(workspace_folder, "checklist", "lint", str(own), code=ExitCode.INPUT).output
    assert "items.yaml:6:" in said
    assert "-1" in said
