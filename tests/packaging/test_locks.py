"""The locks: complete, hashed, without any address, and never below a floor."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^]]*\])?==(?P<version>[^\s;\\]+)")


def _entries(path: Path) -> list[str]:
    """Give each pin with its hashes as one text."""
    return re.split(r"\n(?=[A-Za-z0-9])", path.read_text("utf-8").rstrip())


def _pins(path: Path) -> dict[str, set[Version]]:
    pins: dict[str, set[Version]] = {}
    for entry in _entries(path):
        found = PIN.match(entry)
        assert found, entry.partition("\n")[0]
        name = canonicalize_name(found["name"])
        pins.setdefault(name, set()).add(Version(found["version"]))
    return pins


def _wanted(lock: str) -> list[str]:
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    wanted: dict[str, list[str]] = {
        "build": groups["build"],
        "demo": project["dependencies"],
        "test": [
            *project["dependencies"],
            *project["optional-dependencies"]["postgresql"],
            *groups["build"],
            *groups["dev"],
        ],
    }
    return wanted[lock]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_pin_of_a_lock_is_hashed(path: Path) -> None:
    assert not [entry for entry in _entries(path) if "--hash=sha256:" not in entry]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_holds_no_address(path: Path) -> None:
    assert not re.search(r"://|--index|--find-links|file:", path.read_text("utf-8"))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_a_lock_pins_all_that_the_project_names_and_nothing_below_its_floors(path: Path) -> None:
    pins = _pins(path)
    for wanted in map(Requirement, _wanted(path.stem)):
        versions = pins.get(canonicalize_name(wanted.name))
        assert versions, f"{wanted.name} is not in {path.name}: run make lock"
        assert all(wanted.specifier.contains(one) for one in versions), wanted


def test_the_locks_agree_with_each_other() -> None:
    together: dict[str, set[Version]] = {}
    for path in LOCKS:
        for name, versions in _pins(path).items():
            assert together.setdefault(name, versions) == versions, name
