"""A workspace from the outside: made, proved, saved, restored; refused where it must be."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.files.lock import exclusive
from secops.files.workspace_file import read_workspace_file, write_workspace_file


def run(*arguments: str | Path) -> Result:
    """Run secops in English."""
    return CliRunner().invoke(secops, ["--lang", "en", *map(str, arguments)])


def _audit(folder: Path) -> dict[str, object]:
    done = run("--json", "-C", folder, "audit", "verify")
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.fixture
def private() -> Iterator[None]:
    """Make files private, as the entry point of the command does."""
    before = os.umask(0o077)
    yield
    os.umask(before)


@pytest.fixture
def workspace(tmp_path: Path, private: None) -> Path:  # noqa: ARG001  # its effect is wanted
    """Make a workspace by the command."""
    folder = tmp_path / "w"
    done = run("init", folder, "--unit", "某市教育局", "--person", "甲", "--post", "科员")
    assert done.exit_code == 0, done.output
    return folder


def test_init_makes_private_folders_and_files(workspace: Path) -> None:
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in (workspace, *workspace.iterdir())
    }
    expected = dict.fromkeys(("w", "evidence", "documents", "keys"), 0o700)
    expected |= dict.fromkeys(("secops.toml", "secops.db"), 0o600)
    assert modes == expected


def test_a_second_init_is_refused_and_changes_nothing(workspace: Path) -> None:
    before = _audit(workspace)
    done = run("init", workspace, "--unit", "another")
    assert done.exit_code == 2
    assert "already holds a workspace" in done.stderr
    assert _audit(workspace) == before


def test_a_dry_init_makes_nothing(tmp_path: Path) -> None:
    assert run("init", tmp_path / "w", "--unit", "x", "--dry-run").exit_code == 0
    assert not (tmp_path / "w").exists()


def test_an_init_that_fails_leaves_nothing(tmp_path: Path) -> None:
    done = run("init", tmp_path / "w", "--unit", "x", "--database", "postgresql:///no?host=/no")
    assert done.exit_code == 2
    assert not (tmp_path / "w").exists()


def test_an_init_sweeps_what_a_killed_one_left(tmp_path: Path) -> None:
    """Killed at any step, and begun again: the folder is as if nothing had been."""
    folder = tmp_path / "w"
    steps = (".secops-making", "evidence", "documents", "keys", "secops.db")
    for count in range(1, len(steps) + 1):
        folder.mkdir()
        (folder / "mine.txt").write_text("mine", encoding="utf-8")
        for name in steps[:count]:
            (folder / name).write_bytes(b"half") if "." in name[1:] else (folder / name).mkdir()
        done = run("init", folder, "--unit", "某市教育局")
        assert done.exit_code == 0, done.stderr
        assert (folder / "mine.txt").exists()
        assert not (folder / ".secops-making").exists()
        shutil.rmtree(folder)


def test_an_init_never_sweeps_what_was_kept(workspace: Path) -> None:
    """Not even if the mark of an unfinished one is there: evidence lies in it."""
    (workspace / "secops.toml").unlink()
    assert run("init", workspace, "--unit", "x").exit_code == 2
    (workspace / ".secops-making").mkdir()
    (workspace / "evidence" / "00").mkdir()
    assert run("init", workspace, "--unit", "x").exit_code == 2
    assert (workspace / "secops.db").stat().st_size > 0


def test_an_init_leaves_one_at_work_alone(tmp_path: Path) -> None:
    folder = tmp_path / "w" / ".secops-making"
    folder.mkdir(parents=True)
    with exclusive(folder, now=datetime.now(UTC)):
        assert run("init", tmp_path / "w", "--unit", "x").exit_code == 2
    assert run("init", tmp_path / "w", "--unit", "x").exit_code == 0


@pytest.mark.slow
def test_an_init_killed_at_any_moment_may_be_begun_again(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    command = [sys.executable, "-m", "secops", "init", str(folder), "--unit", "x"]
    for milliseconds in range(200, 1200, 100):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # our own
        time.sleep(milliseconds / 1000)
        running.kill()
        running.wait()
        if (folder / "secops.toml").exists():
            assert _audit(folder)["good"]
            shutil.rmtree(folder)
    assert run("init", folder, "--unit", "x").exit_code == 0
    assert _audit(folder)["good"]


def test_without_a_workspace_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    done = run("-C", tmp_path, "audit", "list")
    assert done.exit_code == 2
    assert f"no workspace in {tmp_path}" in done.stderr
    assert "secops init" in done.stderr


def test_who_acts_is_kept_with_every_entry(workspace: Path) -> None:
    done = run("--json", "-C", workspace, "audit", "list", "--limit", "1")
    (entry,) = json.loads(done.stdout)["entries"]
    assert entry["means"] == "declared"
    assert entry["person"]


def test_acting_as_nobody_known_is_refused(workspace: Path) -> None:
    done = run("-C", workspace, "--as", "乙", "audit", "list")
    assert done.exit_code == 2
    assert "乙" in done.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('databse = "x"', 3),
        ("database = 3", 3),
        ("database = ", 3),
        ('database = "postgresql://u:secret@h/n"', 3),
        ("actor = 1", 3),
        ('[actor]\nname = "x"', 3),
    ],
    ids=["key", "kind", "syntax", "password", "table", "inner-key"],
)
def test_a_wrong_workspace_file_is_named(workspace: Path, line: str, code: int) -> None:
    (workspace / "secops.toml").write_text(line + "\n")
    done = run("-C", workspace, "audit", "list")
    assert done.exit_code == code
    assert str(workspace / "secops.toml") in done.stderr
    assert "secret" not in done.stderr


def test_verification_fails_with_1_when_an_entry_was_altered(workspace: Path) -> None:
    import sqlite3  # noqa: PLC0415  # only this test goes past the store

    with sqlite3.connect(workspace / "secops.db") as connection:
        connection.execute("UPDATE chain SET account = 'x' WHERE seq = 2")
    connection.close()
    done = run("-C", workspace, "audit", "verify")
    assert done.exit_code == 1
    assert "entry 2 is the first that does not fit: altered" in done.stdout


def test_an_export_is_a_head_to_compare_with(workspace: Path, tmp_path: Path) -> None:
    output = tmp_path / "chain.jsonl"
    assert run("-C", workspace, "audit", "export", "-o", output).exit_code == 0
    head, *entries = [json.loads(line) for line in output.read_text().splitlines()]
    assert head["seq"] == len(entries) == entries[-1][0]
    assert run("-C", workspace, "audit", "verify", "--head", output).exit_code == 0
    output.write_text(json.dumps({**head, "seq": 99}) + "\n")
    assert run("-C", workspace, "audit", "verify", "--head", output).exit_code == 1
    output.write_text("no head\n")
    assert run("-C", workspace, "audit", "verify", "--head", output).exit_code == 3


def test_a_backup_comes_back_as_a_copy_of_its_own(workspace: Path, tmp_path: Path) -> None:
    (workspace / "documents" / "报告.docx").write_bytes(b"docx")
    (workspace / "evidence" / "2d").mkdir()
    name = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    (workspace / "evidence" / "2d" / name).write_bytes(b"x")
    assert run("-C", workspace, "backup", "-o", tmp_path).exit_code == 0
    (saved,) = tmp_path.glob("secops-*.zip")
    done = run("--json", "restore", saved, tmp_path / "copy")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said["instance"] != said["former"]
    assert (tmp_path / "copy/documents/报告.docx").read_bytes() == b"docx"
    assert (tmp_path / f"copy/evidence/2d/{name}").read_bytes() == b"x"
    assert _audit(tmp_path / "copy")["good"] is True
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o700


def test_a_restored_copy_keeps_its_ports_and_loads_no_code_that_the_backup_names(
    workspace: Path, tmp_path: Path
) -> None:
    file = workspace / "secops.toml"
    kept = replace(read_workspace_file(file), ports=(22, 80, 81))
    said = replace(kept, plugins=("sample",), roots=("ca.pem",))
    write_workspace_file(file, said)
    assert run("-C", workspace, "backup", "-o", tmp_path).exit_code == 0
    (saved,) = tmp_path.glob("secops-*.zip")
    assert run("restore", saved, tmp_path / "copy").exit_code == 0
    assert read_workspace_file(tmp_path / "copy" / "secops.toml") == kept


def test_a_restore_into_a_full_folder_is_refused(workspace: Path, tmp_path: Path) -> None:
    saved = tmp_path / "b.zip"
    assert run("-C", workspace, "backup", "-o", saved).exit_code == 0
    done = run("restore", saved, workspace)
    assert done.exit_code == 2
    assert _audit(workspace)["good"] is True


def _with(source: Path, target: Path, name: str, content: bytes) -> Path:
    """Copy a backup, with one more member or another content for one."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return target


HOSTILE = ["../out", "/etc/out", "evidence/../../out", "documents/a\\b", "keys/a", "secops.db-wal"]


@pytest.mark.parametrize("name", [*HOSTILE, "secops.db", "secops.toml"])
def test_a_doctored_backup_is_refused_whole(workspace: Path, tmp_path: Path, name: str) -> None:
    saved = tmp_path / "b.zip"
    assert run("-C", workspace, "backup", "-o", saved).exit_code == 0
    doctored = _with(saved, tmp_path / "bad.zip", name, b"x")
    before = sorted(tmp_path.iterdir())
    done = run("restore", doctored, tmp_path / "copy")
    assert done.exit_code == 3
    assert "cannot be trusted" in done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_compressed_member_is_refused_since_it_may_be_a_bomb(
    workspace: Path, tmp_path: Path
) -> None:
    saved, packed = tmp_path / "b.zip", tmp_path / "packed.zip"
    assert run("-C", workspace, "backup", "-o", saved).exit_code == 0
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, old.read(one))
    assert run("restore", packed, tmp_path / "copy").exit_code == 3
    assert not (tmp_path / "copy").exists()


def test_a_dry_restore_checks_and_leaves_nothing(workspace: Path, tmp_path: Path) -> None:
    saved = tmp_path / "b.zip"
    assert run("-C", workspace, "backup", "-o", saved).exit_code == 0
    assert run("restore", saved, tmp_path / "copy", "--dry-run").exit_code == 0
    assert not (tmp_path / "copy").exists()


def test_the_history_of_one_object_is_found_by_its_number(workspace: Path) -> None:
    done = run("-C", workspace, "audit", "list", "--object", "unit 1")
    assert done.exit_code == 0, done.output
    _, line = done.stdout.splitlines()
    assert "\tadded\tunit 某市教育局 (1)" in line
    assert run("-C", workspace, "audit", "list", "--object", "unit 9").exit_code == 2


PERMIT = ["--by", "甲", "--post", "局长", "--letter", "1", "--until", "2099-01-01"]


def test_a_second_scan_is_told_which_process_is_at_work(workspace: Path) -> None:
    done = run(
        "-C",
        workspace,
        "permit",
        "add",
        *PERMIT,
        "--range",
        "127.0.9.9/32",
        "--effect-weighed",
        "夜间",
    )
    assert done.exit_code == 0, done.output
    with exclusive(workspace, now=datetime(2026, 3, 1, tzinfo=UTC)):
        done = run("-C", workspace, "discover", "127.0.9.9")
        assert done.exit_code == 2
        assert f"process {os.getpid()}, since 2026-03-01" in done.stderr
        assert run("-C", workspace, "audit", "list").exit_code == 0


@pytest.mark.parametrize("code", ["123", "91110000100000001X"])
def test_a_wrong_credit_code_makes_no_workspace(tmp_path: Path, code: str) -> None:
    done = run("init", tmp_path / "new", "--unit", "A school", "--code", code)
    assert done.exit_code == 2
    assert "--code" in done.stderr
    assert not (tmp_path / "new").exists()
