"""`secops doctor` tells what is there and what is not, and how to get it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secops.wiring.doctor import examine
from tests.conftest import Run
from tests.schemas import fits_its_schema


def _healths(run: Run, *arguments: str, **environment: str) -> dict[str, str]:
    ran = run("--lang", "en", "--json", *arguments, "doctor", **environment)
    assert ran.returncode in (0, 1), ran.stderr
    return {one["name"]: one["health"] for one in json.loads(ran.stdout)["checks"]}


def test_a_good_workspace_is_fine_and_ends_with_0(run: Run, workspace_folder: Path) -> None:
    ran = run("-C", str(workspace_folder), "doctor")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert _healths(run, "-C", str(workspace_folder))["database"] == "fine"


def test_a_workspace_that_others_can_read_is_wrong(run: Run, workspace_folder: Path) -> None:
    workspace_folder.chmod(0o755)
    ran = run("-C", str(workspace_folder), "doctor")
    assert ran.returncode == 1
    assert "chmod -R go=" in ran.stdout


def test_a_damaged_database_is_wrong_and_told_how_to_mend(run: Run, workspace_folder: Path) -> None:
    (workspace_folder / "secops.db").write_bytes(b"no database" * 1000)
    ran = run("-C", str(workspace_folder), "doctor")
    assert ran.returncode == 1
    assert "secops restore" in ran.stdout
    assert "Traceback" not in ran.stderr


def test_without_nmap_the_rest_works(run: Run, tmp_path: Path) -> None:
    assert _healths(run, PATH=str(tmp_path))["nmap"] == "lacking"


def test_without_a_workspace_it_says_so_and_makes_none(run: Run, tmp_path: Path) -> None:
    assert _healths(run, "-C", str(tmp_path))["database"] == "fine"
    assert not list(tmp_path.iterdir())


def test_fonts_are_looked_for_where_secops_fonts_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("simfang.ttf", "simkai.ttf", "simhei.ttf", "simsun.ttc"):
        (tmp_path / name).touch()
    monkeypatch.setenv("SECOPS_FONTS", str(tmp_path))
    (fonts,) = [one for one in examine(tmp_path) if one.name == "fonts"]
    assert fonts.health.value == "fine"


def test_its_json_fits_the_schema(run: Run) -> None:
    printed = run("--json", "doctor").stdout
    assert json.loads(printed)["schema"] == "secops/doctor"
    fits_its_schema(printed)
