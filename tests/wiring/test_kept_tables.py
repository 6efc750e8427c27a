"""Tables that are kept: the same values cold and warm, and no YAML library for the warm ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from secops.files.value_json import codec_of
from secops.wiring.tables import BuiltIn, built_in, read_built_in

ROOT = Path(__file__).parents[2]
LOAD = """
import sys
from secops.wiring.tables import load_tables
tables = load_tables()
print(len(tables.library.items()), "yaml" in sys.modules)
"""


def _load(cache: Path, **environment: str) -> str:
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", LOAD],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(cache), "SECOPS_CACHE": "", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_what_comes_with_the_program_is_the_same_cold_and_warm() -> None:
    read = read_built_in()
    codec = codec_of(BuiltIn)
    assert codec.read(codec.write(read)) == read == built_in()


def test_the_second_start_needs_no_yaml_library(tmp_path: Path) -> None:
    cold, warm = _load(tmp_path), _load(tmp_path)
    assert (cold, warm) == ("517 True", "517 False")


def test_keeping_can_be_turned_off(tmp_path: Path) -> None:
    assert _load(tmp_path, SECOPS_CACHE="off") == "517 True"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("home", ["", "/nowhere/at/all"])
def test_without_a_home_nothing_is_kept(tmp_path: Path, home: str) -> None:
    assert _load(Path("relative"), HOME=home or str(tmp_path / "missing")) == "517 True"
    assert not (ROOT / "relative").exists()
