"""No command overwrites a file unasked; one rule for all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from tests.schemas import fits_its_schema

WRITING = [
    ("backup", "-o"),
    ("audit", "export", "-o"),
    ("export", "inventory", "--to", "xlsx", "-o"),
    ("export", "inventory", "--to", "yaml", "-o"),
    ("export", "inventory", "--to", "json", "-o"),
    ("evidence", "show", "1", "--to"),
]


def ran(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(secops, ["-C", str(folder), *arguments], catch_exceptions=False)


@pytest.fixture
def kept(workspace_folder: Path, tmp_path: Path) -> Path:
    """Give a workspace with one piece of evidence."""
    material = tmp_path / "material.txt"
    material.write_text("material", "utf-8")
    assert ran(workspace_folder, "evidence", "add", str(material)).exit_code == 0
    return workspace_folder


@pytest.mark.parametrize("command", WRITING, ids=" ".join)
def test_a_strange_file_is_overwritten_by_force_only(
    kept: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "mine"
    file.write_text("mine", "utf-8")
    refused = ran(kept, *command, str(file))
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert file.read_text("utf-8") == "mine"
    assert ran(kept, *command, str(file), "--force").exit_code == 0
    assert file.read_bytes() != b"mine"


@pytest.mark.parametrize("command", [("backup", "-o"), ("audit", "export", "-o")], ids=" ".join)
def test_a_dry_run_refuses_what_the_real_run_refuses(
    kept: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "mine"
    file.write_text("mine", "utf-8")
    assert ran(kept, *command, str(file), "--dry-run").exit_code == 2


@pytest.mark.parametrize("form", ["yaml", "xlsx", "json"])
def test_an_export_of_this_workspace_is_made_again(kept: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"inventory.{form}"
    command = ("export", "inventory", "--to", form, "-o", str(file))
    assert ran(kept, *command).exit_code == 0
    assert ran(kept, *command).exit_code == 0
    other = tmp_path / "other"
    made = CliRunner().invoke(secops, ["init", str(other), "--unit", "别的单位", "--person", "甲"])
    assert made.exit_code == 0, made.output
    assert ran(other, *command).exit_code == 2


def test_known_bytes_under_another_title_change_nothing_and_say_so(
    kept: Path, tmp_path: Path
) -> None:
    material = str(tmp_path / "material.txt")
    done = ran(kept, "evidence", "add", material, "--title", "另一标题", "--about", "门户")
    assert done.exit_code == 0
    assert "material.txt" in done.stdout
    assert "另一标题" not in done.stdout
    assert "没有更改" in done.stderr
    again = ran(kept, "--json", "evidence", "add", material, "--title", "另一标题")
    fits_its_schema(again.stdout)
    document = json.loads(again.stdout)
    assert document["known"] is True
    assert [one["title"] for one in document["evidence"]] == ["material.txt"]
