"""A demo that stops midway takes away what it made, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.cli.demo import swept_away


def _make(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "documents").mkdir()
    (folder / "documents" / "a.pdf").write_text("x")
    (folder / "secops.toml").write_text("x")
    raise RuntimeError


def _fails_in(folder: Path) -> None:
    with pytest.raises(RuntimeError), swept_away(folder):
        _make(folder)


def test_a_folder_that_the_demo_made_goes(tmp_path: Path) -> None:
    _fails_in(tmp_path / "demo")
    assert not (tmp_path / "demo").exists()


def test_what_stood_there_before_stays(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    _fails_in(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]
