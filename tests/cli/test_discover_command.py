"""`secops discover` looks and tells; the inventory is what people put there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from secops.cli.root import secops
from tests.cli.scan_process import HOST, NET, listed, said, serving
from tests.schemas import fits_its_schema

pytestmark = pytest.mark.slow


def document(folder: Path, *arguments: str, code: int = 0) -> dict[str, object]:
    text = said(folder, "--json", *arguments, code=code).stdout
    fits_its_schema(text)
    whole: dict[str, object] = json.loads(text)
    return whole


def permit(folder: Path, *more: str) -> None:
    by = ["--by", "王启明", "--post", "主任", "--letter", "样例〔2026〕1号"]
    when = ["--until", "2099-12-31", "--effect-weighed", "仅本机"]
    said(folder, "permit", "add", *by, "--range", f"{NET}.0/29", *when, *more)


def unlisted(folder: Path) -> list[tuple[str, int]]:
    result = CliRunner().invoke(secops, ["-C", str(folder), "--json", "inventory", "check"])
    said = json.loads(result.stdout)["answering_but_unlisted"]
    return [(one["host"], one["port"]) for one in said]


def test_what_answers_is_told_and_stays_out_of_the_inventory(workspace_folder: Path) -> None:
    permit(workspace_folder)
    before = said(workspace_folder, "audit", "list").stdout.count("endpoint")
    with serving(8080):
        first = document(workspace_folder, "discover")
        document(workspace_folder, "discover")
    answering = first["answering"]
    assert isinstance(answering, list)
    assert [one["host"] for one in answering] == [HOST]
    assert json.loads(said(workspace_folder, "--json", "endpoint", "list").stdout)["records"] == []
    file = workspace_folder.parent / "list.yaml"
    said(workspace_folder, "export", "inventory", "--to", "yaml", "-o", str(file))
    assert NET not in file.read_text("utf-8")
    assert unlisted(workspace_folder) == [(HOST, 8080)]  # twice looked at, named once
    assert said(workspace_folder, "audit", "list").stdout.count("endpoint") == before
    listed(workspace_folder, 8080)
    assert document(workspace_folder, "scan", "--dry-run")["of_no_system"] == []
    assert unlisted(workspace_folder) == []


def test_a_host_that_fell_silent_is_no_longer_named(workspace_folder: Path) -> None:
    permit(workspace_folder)
    with serving(8080):
        document(workspace_folder, "discover")
    assert unlisted(workspace_folder) == [(HOST, 8080)]
    document(workspace_folder, "discover")
    assert unlisted(workspace_folder) == []


def test_excluded_addresses_are_left_out_in_one_line(workspace_folder: Path) -> None:
    permit(workspace_folder, "--exclude", f"{NET}.4/30")
    done = said(workspace_folder, "discover")
    assert done.stderr == f"按授权排除、不查看：{NET}.4/30\n"
    whole = document(workspace_folder, "discover", "--dry-run")
    assert whole["planned"] == [f"{NET}.{last}" for last in (1, 2, 3)]
    assert whole["excluded"] == [f"{NET}.4/30"]
    said(workspace_folder, "discover", f"{NET}.5", code=2)


def test_what_lies_beyond_the_permit_is_said(workspace_folder: Path) -> None:
    permit(workspace_folder)
    done = said(workspace_folder, "discover", f"{NET}.0/28", code=4)
    assert f"其中只查看已授权的部分：{NET}.0/28" in done.stderr
