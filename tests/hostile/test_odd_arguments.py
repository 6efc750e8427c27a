"""Arguments that no keyboard makes: bytes that are no text, years beyond every zone, numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.errors import ExitCode
from tests.conftest import Run

HALF = "甲\udcff乙"  # what Python makes of bytes that are no UTF-8


@pytest.mark.parametrize(
    "words",
    [
        ("--as", HALF, "system", "list"),
        ("system", "show", HALF),
        ("system", "add", "--name", HALF, "--unit", "1"),
        ("person", "edit", "1", "--set", f"name={HALF}"),
        ("person", "edit", "1", "--mobile", HALF),
        ("evidence", "add", "secops.toml", "--title", HALF),
        ("report", "rectification", "--system", HALF),
        ("report", "rectification", "--unit", "1", "--as-of", "9999-12-31"),
        ("score", "1", "--as-of", "9999-12-31"),
        ("audit", "list", "--since", "0001-01-01"),
        ("audit", "list", "--since", "9999-12-31"),
        ("audit", "list", "--limit", "9" * 30),
        ("system", "list", "--after", "9" * 30),
        ("system", "show", "9" * 30),
        ("unit", "retire", "1", "--on", "9999-12-31"),
    ],
    ids=lambda words: ascii(" ".join(words[:4])),
)
def test_wrong_use_is_said_and_nothing_is_written(
    words: tuple[str, ...], workspace_folder: Path, run: Run
) -> None:
    before = run("-C", str(workspace_folder), "audit", "verify").stdout
    ended = run(*words, cwd=workspace_folder)
    assert ended.returncode == ExitCode.USAGE, ended.stderr
    assert run("-C", str(workspace_folder), "audit", "verify").stdout == before
    assert not (workspace_folder / "secops.log").exists(), "a bug was logged"


@pytest.mark.parametrize("option", ["--from", "--until"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_permit_begins_and_ends_in_our_time(
    option: str, day: str, workspace_folder: Path, run: Run
) -> None:
    ended = run(
        *("permit", "add", "--by", "甲", "--post", "主任", "--letter", "1", "--range", "127.0.0.1"),
        *("--effect-weighed", "已评估", "--until", "2090-01-01", option, day),
        cwd=workspace_folder,
    )
    assert ended.returncode == ExitCode.USAGE, ended.stderr


def test_a_file_whose_name_is_no_text_is_kept_under_what_can_be_read(
    workspace_folder: Path, run: Run
) -> None:
    (workspace_folder / "a\udcff\x1b[31m\u202eb.txt").write_bytes(b"1")
    ended = run(*("--json", "evidence", "add", "a\udcff\x1b[31m\u202eb.txt"), cwd=workspace_folder)
    assert ended.returncode == ExitCode.DONE, ended.stderr
    assert '"title": "a[31mb.txt"' in ended.stdout


def test_a_bug_in_the_database_names_no_values(workspace_folder: Path) -> None:
    """SQLAlchemy writes parameters into its errors: telephone numbers would reach the log."""
    from secops.store.engine import make_engine  # noqa: PLC0415  # only this test goes so deep

    engine = make_engine(f"sqlite:///{workspace_folder / 'secops.db'}")
    assert engine.hide_parameters
    engine.dispose()
