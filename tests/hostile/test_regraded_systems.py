"""Graded higher since: what the lower grades ask must not pass as the result."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from docx import Document

from secops.cli.root import secops
from tests.conftest import UNIT

NOT_THESE = "检查项是按S2A2选取的，系统登记的是S3A3"


def _say(folder: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(secops, ["-C", str(folder), *arguments])
    assert result.exit_code == 0, result.output
    return result


def _answered(folder: Path) -> None:
    _say(folder, "system", "add", "--name", "门户", "--unit", UNIT, "--s", "2", "--a", "2")
    _say(folder, "assess", "start", "门户")
    _say(folder, "assess", "answer", "门户", "7.1.4.1.a", "符合")


def test_the_score_says_by_which_grades_it_was_asked(workspace_folder: Path) -> None:
    _answered(workspace_folder)
    assert "S2A2" not in _say(workspace_folder, "score", "门户").stdout
    _say(workspace_folder, "system", "edit", "门户", "--s", "3", "--a", "3")
    assert "检查项是按 S2A2 选取的" in _say(workspace_folder, "score", "门户").stdout


def test_the_report_does_not_print_it_as_the_result_of_the_new_grades(
    workspace_folder: Path,
) -> None:
    _answered(workspace_folder)
    _say(workspace_folder, "system", "edit", "门户", "--s", "3", "--a", "3")
    _say(workspace_folder, "report", "rectification", "--system", "门户", "--format", "html,docx")
    (page,) = (workspace_folder / "documents").glob("*.html")
    (word,) = (workspace_folder / "documents").glob("*.docx")
    assert NOT_THESE in page.read_text("utf-8")
    assert NOT_THESE in "".join(one.text for one in Document(str(word)).paragraphs)
