"""The package as a user gets it: built, and installed where nothing but its own needs are."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Installed:
    """A clean environment that holds the wheel and what it asks for, and an empty folder."""

    environment: Path
    folder: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in the folder, without our own tree in sight."""
        program, *arguments = command
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        return subprocess.run(  # noqa: S603  # what we have just installed
            [str(self.environment / "bin" / program), *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            cwd=self.folder,
            env={**kept, "LC_ALL": "C.UTF-8"},
        )


def _needs(requirements: list[str], known: set[str]) -> Iterator[metadata.Distribution]:
    """Give all distributions that these lines ask for, directly or not."""
    for line in requirements:
        wanted = Requirement(line)
        name = canonicalize_name(wanted.name)
        extras = ["", *wanted.extras]
        asked = not wanted.marker or any(wanted.marker.evaluate({"extra": one}) for one in extras)
        if name in known or not asked:
            continue
        known.add(name)
        found = metadata.distribution(name)
        yield found
        yield from _needs(list(found.requires or ()), known)


def _link(distribution: metadata.Distribution, site: Path) -> None:
    tops = {path.parts[0] for path in distribution.files or () if path.parts[0] != ".."}
    for top in tops - {"__pycache__"}:
        target = site / top
        if not target.exists():
            target.symlink_to(str(distribution.locate_file(top)))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source archive and, from nothing but that, the wheel; without any network."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own build
    assert built.returncode == 0, built.stdout + built.stderr
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel beside the distributions that it asks for, and no others."""
    environment = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(environment, symlinks=True)
    python = str(environment / "bin" / "python")
    uv = Path(sysconfig.get_path("scripts")) / "uv"
    ran = subprocess.run(  # noqa: S603  # our own uv
        [str(uv), "pip", "install", "--offline", "--no-deps", "--python", python, str(wheel)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    (site,) = environment.glob("lib/python*/site-packages")
    (own,) = metadata.distributions(name="secops-mlps", path=[str(site)])
    for distribution in _needs(list(own.requires or ()), {"secops-mlps"}):
        _link(distribution, site)
    return Installed(environment, tmp_path_factory.mktemp("elsewhere"))
