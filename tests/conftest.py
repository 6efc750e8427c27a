"""What several tests need is built once, from real parts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from secops.cli.root import secops
from secops.wiring.opening import open_workspace
from secops.wiring.workspace import Workspace

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[1]
UNIT = "青竹市数据局"
OFFICER = "林一帆"


WHOLE = frozenset({"cli", "docs", "documents", "hostile"})
"""Folders whose tests run commands and print papers from end to end: `make quick` leaves them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what goes through the whole program as slow; `make test` runs it all."""
    for item in items:
        if item.path.relative_to(ROOT / "tests").parts[0] in WHOLE:
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def workspace_folder(tmp_path: Path) -> Path:
    """Make a workspace as a user does; a folder for tests that run commands."""
    folder = tmp_path / "workspace"
    made = CliRunner().invoke(
        secops, ["init", str(folder), "--unit", UNIT, "--person", OFFICER], catch_exceptions=False
    )
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def workspace(workspace_folder: Path) -> Iterator[Workspace]:
    """Open that workspace; for tests that call operations."""
    with open_workspace(workspace_folder) as opened:
        yield opened


@pytest.fixture
def run() -> Run:
    """Run `secops` as a process of its own; environment variables as keywords."""

    def start(
        *arguments: str, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # our own interpreter and module
            [sys.executable, "-m", "secops", *arguments],
            capture_output=True,
            text=True,
            encoding=environment.get("PYTHONIOENCODING", "utf-8"),
            check=False,
            timeout=60,
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0", **environment},
        )

    return start
