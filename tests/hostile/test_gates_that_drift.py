"""A gate begun at a low level, or by other words, must not pass as if nothing had changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from secops.cli.root import secops
from secops.settings.data import data_folder
from tests.conftest import UNIT, Run

SYSTEM = "招生系统"
DONE = [word for no in range(1, 8) for word in ("--done", f"TS-{no:02}") if no != 6]


def _say(folder: Path, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(secops, ["-C", str(folder), *arguments])
    assert result.exit_code == code, result.output
    return result.output


def _gate(folder: Path, *arguments: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_say(folder, "--json", "sync", "planning", *arguments))
    return document


def _begun(folder: Path) -> None:
    _say(folder, "system", "add", "--name", SYSTEM, "--unit", UNIT, "--kind", "website",
         "--stage", "planning", "--s", "2", "--a", "2")  # fmt: skip
    _gate(folder, SYSTEM, *DONE, "--note", "见卷宗")


def test_a_gate_begun_at_a_lower_level_is_not_passed(workspace_folder: Path) -> None:
    _begun(workspace_folder)
    _say(workspace_folder, "system", "edit", SYSTEM, "--s", "3")
    said = _say(workspace_folder, "sync", "planning", SYSTEM, "--pass", code=2)
    assert "--reopen" in said
    reopened = _gate(workspace_folder, SYSTEM, "--reopen")
    assert reopened["level"] == 3
    assert {one["code"]: one["state"] for one in reopened["items"]}["TS-01"] == "done"
    assert _gate(workspace_folder, SYSTEM, "--pass")["state"] == "passed"


def test_a_gate_begun_at_a_higher_level_asked_more_and_passes(workspace_folder: Path) -> None:
    _begun(workspace_folder)
    _say(workspace_folder, "system", "edit", SYSTEM, "--s", "1", "--a", "1")
    assert _gate(workspace_folder, SYSTEM, "--pass")["state"] == "passed"


def test_what_a_newer_edition_words_anew_is_asked_anew(workspace_folder: Path, run: Run) -> None:
    _begun(workspace_folder)
    _gate(workspace_folder, SYSTEM, "--pass")
    own = workspace_folder / "checklists" / "gates-2026b"
    shutil.copytree(data_folder("checklists") / "three-synchronies", own)
    edition = own / "edition.yaml"
    text = edition.read_text("utf-8")
    edition.write_text(text.replace('in_force: "2026-01-01"', 'in_force: "2026-02-01"'), "utf-8")
    changed = 0
    for file in own.glob("*.yaml"):
        text = file.read_text("utf-8")
        changed += "立项申请里写明" in text
        file.write_text(text.replace("立项申请里写明", "立项申请里另页写明"), "utf-8")
    assert changed == 1
    reopened = run("--json", "sync", "planning", SYSTEM, "--reopen", cwd=workspace_folder)
    assert reopened.returncode == 0, reopened.stderr
    states = {one["code"]: one["state"] for one in json.loads(reopened.stdout)["items"]}
    assert (states["TS-01"], states["TS-02"]) == ("open", "done")
