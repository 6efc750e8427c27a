"""Every benchmark runs from end to end on little work; what they measure is no matter of tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BENCHMARKS = {
    "help": (),
    "import_inventory": (),
    "list_page": (),
    "merge_forms": (),
    "merge_kits": (),
    "yaml_loading": (),
    "growth": ("judge",),
    "report": ("docx",),
    "scan": ("bare",),
}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "parts"), BENCHMARKS.items())
def test_a_benchmark_runs_and_both_sides_do_the_same_work(
    name: str, parts: tuple[str, ...]
) -> None:
    if name == "scan" and not (shutil.which("nmap") and os.geteuid() == 0):
        pytest.skip("its lab serves ports below 1024 to nmap: run as root with nmap installed")
    done = subprocess.run(  # noqa: S603  # our own benchmark
        [sys.executable, "-m", f"benchmarks.{name}", "--tiny", *parts],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "no figure" in done.stdout


def test_every_benchmark_is_run_here() -> None:
    parts = {"__init__", "pairs", "warm", "scan_lab", "scan_fast"}
    there = {one.stem for one in (ROOT / "benchmarks").glob("*.py")}
    assert there - parts == set(BENCHMARKS)


@pytest.mark.parametrize("script", sorted((ROOT / "benchmarks" / "bare").glob("*.py")), ids=str)
def test_a_bare_side_is_short_and_knows_nothing_of_secops(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert "import secops" not in text
    assert "from secops" not in text
