"""Sentences that tell people what to do next, where a library's own words would not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.scan_process import said
from tests.schemas import fits_its_schema

PERMIT = (
    *("permit", "add", "--by", "王启明", "--post", "主任", "--letter", "样例〔2026〕1号"),
    *("--range", "127.0.9.0/30", "--effect-weighed", "仅本机"),
)


def test_a_permit_that_is_over_is_refused_in_beijing_time(workspace_folder: Path) -> None:
    refused = said(workspace_folder, *PERMIT, "--until", "2020-01-01", code=2).stderr
    assert "2020-01-01 24:00" in refused
    assert "北京时间" in refused


def test_a_day_ends_at_its_own_midnight(workspace_folder: Path) -> None:
    shown = said(workspace_folder, *PERMIT, "--until", "2098-12-31", "--dry-run").stdout
    assert "2098-12-31 24:00" in shown
    assert "未写入" in shown
    assert json.loads(said(workspace_folder, "--json", "permit", "list").stdout)["permits"] == []


def test_a_number_has_no_near_names(workspace_folder: Path) -> None:
    said(workspace_folder, *PERMIT, "--until", "2098-12-31")
    refused = said(workspace_folder, "permit", "withdraw", "7", "--reason", "x", code=2).stderr
    assert "现有编号：1" in refused


def test_what_is_no_backup_is_refused_in_our_own_words(tmp_path: Path) -> None:
    (tmp_path / "paper").write_text("no zip", encoding="utf-8")
    refused = said(tmp_path, "restore", str(tmp_path / "paper"), str(tmp_path / "new"), code=3)
    assert "不是完整的 zip 文件" in refused.stderr


@pytest.mark.parametrize("option", ["--json", "--quiet"])
def test_a_global_option_behind_the_command_is_put_right(tmp_path: Path, option: str) -> None:
    refused = said(tmp_path, "system", "list", option, code=2).stderr
    assert f"secops {option} system list" in refused


def test_without_endpoints_the_command_that_adds_one_is_named(workspace_folder: Path) -> None:
    said(workspace_folder, *PERMIT, "--until", "2098-12-31")
    assert "secops endpoint add --value" in said(workspace_folder, "scan", code=2).stderr


@pytest.mark.parametrize("change", ["altered", "cut", "longer"])
def test_a_changed_line_of_an_export_is_named(workspace_folder: Path, change: str) -> None:
    file = workspace_folder.parent / "chain.jsonl"
    said(workspace_folder, "audit", "export", "-o", str(file))
    said(workspace_folder, "audit", "verify", "--head", str(file))
    lines = file.read_text("utf-8").splitlines(keepends=True)
    changed = {
        "altered": [lines[0], lines[1].replace('"', "'", 1), *lines[2:]],
        "cut": lines[:-1],
        "longer": [*lines, lines[-1]],
    }[change]
    file.write_text("".join(changed), encoding="utf-8")
    wanted = {"altered": 2, "cut": len(lines), "longer": len(lines) + 1}[change]
    done = said(workspace_folder, "--json", "audit", "verify", "--head", str(file), code=1)
    fits_its_schema(done.stdout)
    assert json.loads(done.stdout)["export_line"] == wanted
