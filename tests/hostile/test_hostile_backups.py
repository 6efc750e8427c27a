"""A backup from a stranger: what is not exactly ours is refused, and nothing of it stays."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from secops.files.lock import exclusive
from tests.conftest import Run

Files = Mapping[str, bytes]


def _pack(path: Path, files: Files, manifest: str | None = None) -> None:
    said = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]
    whole = {"format": "secops-backup", "version": 1, "files": said}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
        archive.writestr("manifest.json", json.dumps(whole) if manifest is None else manifest)


@pytest.fixture
def good(workspace_folder: Path, run: Run) -> Files:
    """Give the files of a real backup."""
    saved = workspace_folder / "good.zip"
    assert run("-C", str(workspace_folder), "backup", "-o", str(saved)).returncode == 0
    with zipfile.ZipFile(saved) as archive:
        return {one: archive.read(one) for one in archive.namelist() if one != "manifest.json"}


def _refused(run: Run, tmp_path: Path) -> None:
    ended = run("restore", str(tmp_path / "x.zip"), str(tmp_path / "new"))
    assert ended.returncode == 3, ended.stderr
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".secops-*"))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON chain BEGIN DELETE FROM answer; END",
        "CREATE VIEW evil AS SELECT 1",
        "CREATE TABLE evil (a)",
        "DROP TABLE answer",
        "DROP TABLE alembic_version",
        "ALTER TABLE answer ADD COLUMN evil TEXT DEFAULT 'x'",
    ],
)
def test_a_database_with_more_or_less_than_our_tables_is_refused(
    statement: str, good: Files, tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "secops.db"
    file.write_bytes(good["secops.db"])
    connection = sqlite3.connect(file)
    connection.executescript(statement)
    connection.close()
    _pack(tmp_path / "x.zip", {**good, "secops.db": file.read_bytes()})
    _refused(run, tmp_path)


@pytest.mark.parametrize("lacking", ["secops.db", "secops.toml"])
def test_a_backup_without_its_heart_is_refused(
    lacking: str, good: Files, tmp_path: Path, run: Run
) -> None:
    _pack(tmp_path / "x.zip", {name: one for name, one in good.items() if name != lacking})
    _refused(run, tmp_path)


@pytest.mark.parametrize("size", ["Infinity", "1e999", "NaN"])
def test_a_manifest_without_a_size_is_refused(
    size: str, good: Files, tmp_path: Path, run: Run
) -> None:
    files = ", ".join(f'{{"name": "{one}", "size": {size}, "sha256": ""}}' for one in good)
    manifest = f'{{"format": "secops-backup", "version": 1, "files": [{files}]}}'
    _pack(tmp_path / "x.zip", good, manifest)
    _refused(run, tmp_path)


def test_an_encrypted_member_is_refused(good: Files, tmp_path: Path, run: Run) -> None:
    _pack(tmp_path / "x.zip", good)
    raw = bytearray((tmp_path / "x.zip").read_bytes())
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 8] |= 1
    (tmp_path / "x.zip").write_bytes(raw)
    _refused(run, tmp_path)


@pytest.mark.parametrize(("before", "behind"), [(b"MZ" * 50, b""), (b"", b"x" * 50)])
def test_the_whole_file_is_the_archive(
    before: bytes, behind: bytes, good: Files, tmp_path: Path, run: Run
) -> None:
    _pack(tmp_path / "x.zip", good)
    whole = (tmp_path / "x.zip").read_bytes()
    (tmp_path / "x.zip").write_bytes(before + whole + behind)
    _refused(run, tmp_path)


def test_what_a_killed_restore_left_is_swept_by_the_next(
    good: Files, tmp_path: Path, run: Run
) -> None:
    left = tmp_path / ".secops-own-killed"
    left.mkdir()
    (left / "secops.db").write_bytes(b"a whole copy")
    _pack(tmp_path / "x.zip", good)
    ended = run("restore", str(tmp_path / "x.zip"), str(tmp_path / "new"))
    assert ended.returncode == 0, ended.stderr
    assert not left.exists()


def test_what_a_running_restore_holds_is_left_alone(good: Files, tmp_path: Path, run: Run) -> None:
    held = tmp_path / ".secops-own-running"
    held.mkdir()
    _pack(tmp_path / "x.zip", good)
    with exclusive(held, now=datetime.now(UTC)):
        ended = run("restore", str(tmp_path / "x.zip"), str(tmp_path / "new"))
    assert ended.returncode == 0, ended.stderr
    assert held.exists()
