"""`secops assess next` at a real terminal: one key an item."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from secops.cli.root import secops
from secops.model.answer import Verdict
from secops.model.common import NotApplicable
from secops.operations.assessments import opened
from secops.wiring.assess import looking
from secops.wiring.opening import open_workspace
from secops.wiring.workspace import Workspace
from tests.operations.graded import sample, see

ROOT = Path(__file__).parents[2]


def _typed(folder: Path, keys: list[str]) -> str:
    """Run `assess next` on a pseudo-terminal, typing each line when it is asked for."""
    terminal, end_of_child = pty.openpty()
    command = [sys.executable, "-m", "secops", "-C", str(folder), "assess", "next", "1"]
    child = subprocess.Popen(  # noqa: S603  # our own interpreter and module
        command, stdin=end_of_child, stdout=end_of_child, stderr=end_of_child, cwd=ROOT
    )
    os.close(end_of_child)
    shown, asked, end = "", 0, time.monotonic() + 30
    while time.monotonic() < end:
        try:
            shown += os.read(terminal, 65_536).decode("utf-8", "replace")
        except OSError:  # the child has ended
            break
        if asked < len(keys) and shown.rstrip(" ").endswith(":"):
            os.write(terminal, (keys[asked] + "\n").encode())
            shown += "\n"
            asked += 1
    os.close(terminal)
    assert child.wait(timeout=30) == 0, shown
    return shown


@pytest.mark.slow
def test_keys_answer_accept_skip_and_stop(workspace: Workspace, workspace_folder: Path) -> None:
    with workspace.begin() as work:
        one = sample(workspace, work)
        see(workspace, work, one, {(6379, "redis.access"): "open"})
        work.commit()
    started = CliRunner().invoke(secops, ["-C", str(workspace_folder), "assess", "start", "1"])
    assert started.exit_code == 0, started.output
    keys = ["a", "y", "查看了机房", "s", "x", "无机房", "k", "q"]
    shown = _typed(workspace_folder, keys)
    assert "采纳建议" in shown
    assert "待填 211 项" in shown
    with open_workspace(workspace_folder) as again, looking(again) as session:
        held = opened(session.work, session.blobs, one.series)
        answers = {a.item.text: a for a in session.work.answers.of(held.assessment.id)}
    assert {name: a.value for name, a in answers.items()} == {
        "gb22239/ce/identity-1": Verdict.NON_COMPLIANT,
        "gb22239/pe/location-1": Verdict.COMPLIANT,
        "gb22239/pe/access-1": NotApplicable("无机房"),
    }
    assert answers["gb22239/ce/identity-1"].suggestion
    assert answers["gb22239/pe/location-1"].note == "查看了机房"
