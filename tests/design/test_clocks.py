"""Time is an argument: the clock is read where the program is put together, nowhere below."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "secops"
READS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
CLOCKS = {"datetime", "date", "dt", "time"}
MAY_READ = {"wiring", "lab", "cli"}  # `cli`: what a log line says of itself
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parts[-2] != "versions")


def _calls(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id in CLOCKS and node.func.attr in READS:
                found.append(f"{owner.id}.{node.func.attr} at line {node.lineno}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_wiring_and_the_lab_read_the_clock(path: Path) -> None:
    if path.relative_to(PACKAGE).parts[0] not in MAY_READ:
        assert not _calls(path)


def test_no_instant_is_made_without_a_zone() -> None:
    naive = [
        f"{path.relative_to(PACKAGE)}: {call}"
        for path in FILES
        for call in _calls(path)
        if call.startswith(("datetime.utcnow", "date.today", "datetime.today"))
    ]
    assert not naive
