"""A database that is gone, a password in an address, a name longer than file systems take."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run


@pytest.mark.parametrize("lost", ["deleted", "emptied"])
@pytest.mark.parametrize("words", [("system", "list"), ("audit", "verify"), ("unit", "list")])
def test_a_lost_database_is_no_empty_workspace(
    lost: str, words: tuple[str, ...], workspace_folder: Path, run: Run
) -> None:
    database = workspace_folder / "secops.db"
    database.unlink()
    if lost == "emptied":
        database.touch()
    ended = run("-C", str(workspace_folder), *words)
    assert ended.returncode == 3, ended.stdout
    assert "文件缺失或为空" in ended.stderr
    assert not database.exists() or not database.stat().st_size


def test_a_password_in_the_address_is_refused_before_anything_is_made(
    tmp_path: Path, run: Run
) -> None:
    address = "postgresql://u:geheim@127.0.0.1:1/x"
    ended = run("init", str(tmp_path / "new"), "--unit", "甲", "--database", address)
    assert ended.returncode == 3, ended.stderr
    assert "geheim" not in ended.stderr + ended.stdout
    assert not (tmp_path / "new").exists()


def test_a_report_of_a_long_name_has_a_name_that_fits(workspace_folder: Path, run: Run) -> None:
    run("system", "add", "--name", "𠀀" * 90, "--unit", "1", "--kind", "website",
        cwd=workspace_folder)  # fmt: skip  # letters of four bytes each
    ended = run("report", "rectification", "--system", "1", "--format", "html",
                cwd=workspace_folder)  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    (printed,) = (workspace_folder / "documents").iterdir()
    assert printed.suffix == ".html"
