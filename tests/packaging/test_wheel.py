"""The wheel works in an environment of its own, from a folder far from the checkout."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Installed

pytestmark = pytest.mark.slow


def test_the_wheel_holds_every_data_file_and_the_compiled_catalogue(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"secops/_data/{path.relative_to(ROOT)}"
        for name in ("checklists", "templates", "inventory")
        for path in (ROOT / name).rglob("*")
        if path.is_file()
    }
    assert not wanted - inside
    assert "secops/locale/zh_CN/LC_MESSAGES/secops.mo" in inside


def test_the_wheel_holds_nothing_that_users_do_not_need(wheel: Path) -> None:
    inside = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in inside if not name.startswith(("secops/", "secops_mlps-"))]
    assert not [name for name in inside if "/tests/" in name or name.endswith((".pyc", ".new"))]


def test_the_command_helps_in_chinese(installed: Installed) -> None:
    ran = installed.run("secops", "--help")
    assert ran.returncode == 0, ran.stderr
    assert "网络安全等级保护" in ran.stdout


@pytest.mark.parametrize("name", ["checklists", "templates", "inventory"])
def test_the_data_are_found_in_the_package(installed: Installed, name: str) -> None:
    program = (
        "from secops.settings.data import data_folder\n"
        f"folder = data_folder({name!r})\n"
        "print(folder, any(folder.iterdir()))"
    )
    ran = installed.run("python", "-c", program)
    assert ran.stdout.startswith(str(installed.environment)), ran.stderr
    assert ran.stdout.endswith("True\n")


def test_doctor_finds_every_package_new_enough(installed: Installed) -> None:
    ran = installed.run("secops", "--lang", "en", "--json", "doctor")
    checks = json.loads(ran.stdout)["checks"]
    packages = [one for one in checks if one["name"] == "Python packages"]
    assert [one["health"] for one in packages] == ["fine"]


def test_every_module_can_be_imported_with_what_the_wheel_asks_for(installed: Installed) -> None:
    program = (
        "import pkgutil, importlib, secops\n"
        "for one in pkgutil.walk_packages(secops.__path__, 'secops.'):\n"
        "    if '.migrations' not in one.name and not one.name.endswith('__main__'):\n"
        "        importlib.import_module(one.name)\n"
    )
    ran = installed.run("python", "-c", program)
    assert ran.returncode == 0, ran.stderr


def _of(installed: Installed, *arguments: str) -> dict[str, object]:
    ran = installed.run("secops", "--lang", "en", "--json", "-C", "bureau", *arguments)
    assert ran.returncode in (0, 1), ran.stderr
    document: dict[str, object] = json.loads(ran.stdout)
    return document


def test_the_main_job_runs_from_another_folder(installed: Installed) -> None:
    made = installed.run("secops", "init", "bureau", "--unit", "云溪市教育局", "--person", "林一帆")
    assert made.returncode == 0, made.stderr
    found = installed.run(
        "python", "-c", "from secops.settings.data import data_folder as f\nprint(f('inventory'))"
    )
    _of(installed, "import", f"{found.stdout.strip()}/sample.yaml")
    _of(installed, "inventory", "check")
    _of(installed, "assess", "start", "1")
    assert _of(installed, "score", "1")["schema"] == "secops/score"
    _of(installed, "report", "rectification", "--system", "1", "--format", "docx,html", "-o", "out")
    assert {path.suffix for path in (installed.folder / "out").iterdir()} == {".docx", ".html"}
