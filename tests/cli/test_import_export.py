"""`import` and `export` as a user or script runs them: exit codes, previews, conflicts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from tests.schemas import fits_its_schema

UNITS = "secops: inventory\nversion: 1\nunits:\n- {name: 甲校, kind: legal}\n"
SYSTEMS = """
secops: inventory
systems:
- {name: 门户, kind: website, stage: running, ownership: {operating_unit: 甲校}, note: 原注}
"""


def ran(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(secops, ["-C", str(folder), *arguments], catch_exceptions=False)


def entries(folder: Path) -> int:
    listed = ran(folder, "--json", "audit", "list", "--limit", "100000").stdout
    return len(json.loads(listed)["entries"])


def note_of(folder: Path) -> str:
    return str(json.loads(ran(folder, "--json", "system", "show", "1").stdout)["record"]["note"])


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Write the systems before the units that they name."""
    systems, units = tmp_path / "1.yaml", tmp_path / "2.yaml"
    systems.write_text(SYSTEMS, "utf-8")
    units.write_text(UNITS, "utf-8")
    return str(systems), str(units)


def test_a_dry_run_shows_what_the_import_writes(
    workspace_folder: Path, files: tuple[str, str]
) -> None:
    before = entries(workspace_folder)
    planned = ran(workspace_folder, "--json", "import", *files, "--dry-run")
    assert planned.exit_code == 0
    assert entries(workspace_folder) == before
    done = ran(workspace_folder, "--json", "import", *files)
    for text in (planned.stdout, done.stdout):
        fits_its_schema(text)
    first, second = json.loads(planned.stdout), json.loads(done.stdout)
    assert second["added"] == first["added"]
    assert [(one["written"], one["dry_run"]) for one in (first, second)] == [
        (False, True),
        (True, False),
    ]
    assert [one["name"] for one in second["added"]] == ["甲校", "门户"]


def test_several_files_are_one_transaction(
    workspace_folder: Path, files: tuple[str, str], tmp_path: Path
) -> None:
    wrong = tmp_path / "3.yaml"
    wrong.write_text("secops: inventory\npersons:\n- {name: 甲, unit: 乙校}\n", "utf-8")
    before = entries(workspace_folder)
    done = ran(workspace_folder, "import", *files, str(wrong))
    assert done.exit_code == 3
    assert "3.yaml:3:19" in done.stderr
    assert done.stdout == ""
    assert entries(workspace_folder) == before


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--as", "yaml"], 0),
        (["--as", "csv"], 3),
        (["--take-file", "--keep-now"], 2),
        (["--as", "pdf"], 2),
        (["--map", "nothing.yaml"], 3),
    ],
)
def test_exit_codes(
    workspace_folder: Path, files: tuple[str, str], options: list[str], code: int
) -> None:
    assert ran(workspace_folder, "import", *files, *options).exit_code == code


def test_no_file_and_a_missing_file(workspace_folder: Path) -> None:
    assert ran(workspace_folder, "import").exit_code == 2
    missing = ran(workspace_folder, "import", "nowhere.yaml")
    assert missing.exit_code == 3
    assert "nowhere.yaml" in missing.stderr


@pytest.fixture
def edited(workspace_folder: Path, files: tuple[str, str], tmp_path: Path) -> str:
    """Export, then change the same cell in the file and in the workspace."""
    assert ran(workspace_folder, "import", *files).exit_code == 0
    path = tmp_path / "e.yaml"
    exported = ran(
        workspace_folder, "--json", "export", "inventory", "--to", "yaml", "-o", str(path)
    )
    fits_its_schema(exported.stdout)
    assert json.loads(exported.stdout)["counts"]["system"] == 1
    path.write_text(path.read_text("utf-8").replace("原注", "文件注"), "utf-8")
    assert ran(workspace_folder, "system", "edit", "1", "--set", "note=现注").exit_code == 0
    return str(path)


def test_a_conflict_is_refused_with_all_three_values(workspace_folder: Path, edited: str) -> None:
    done = ran(workspace_folder, "import", edited)
    assert done.exit_code == 3
    assert all(value in done.stderr for value in ("原注", "文件注", "现注", "--take-file"))
    assert note_of(workspace_folder) == "现注"


def test_a_conflict_is_said_in_the_words_of_the_form(workspace_folder: Path, edited: str) -> None:
    path = Path(edited)
    path.write_text(path.read_text("utf-8").replace("stage: running", "stage: stopped"), "utf-8")
    assert ran(workspace_folder, "system", "edit", "1", "--set", "stage=building").exit_code == 0
    done = ran(workspace_folder, "import", edited)
    assert all(said in done.stderr for said in ("运行状态", "运行中", "已停用", "建设中"))
    assert "stopped" not in done.stderr


def test_a_dry_run_with_a_conflict_ends_as_the_real_run(
    workspace_folder: Path, edited: str
) -> None:
    done = ran(workspace_folder, "import", edited, "--dry-run")
    assert done.exit_code == 3
    assert "文件注" in done.stdout
    assert ran(workspace_folder, "import", edited, "--dry-run", "--take-file").exit_code == 0


@pytest.mark.parametrize(("option", "note"), [("--take-file", "文件注"), ("--keep-now", "现注")])
def test_a_conflict_is_decided(workspace_folder: Path, edited: str, option: str, note: str) -> None:
    done = ran(workspace_folder, "--json", "import", edited, option)
    assert done.exit_code == 0, done.output
    fits_its_schema(done.stdout)
    (conflict,) = json.loads(done.stdout)["conflicts"]
    assert [conflict[one] for one in ("exported", "file", "now")] == ["原注", "文件注", "现注"]
    assert note_of(workspace_folder) == note


@pytest.mark.parametrize("form", ["yaml", "xlsx", "json"])
def test_an_export_counts_dry_and_writes_wet(
    workspace_folder: Path, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"out.{form}"
    command = ["--json", "export", "inventory", "--to", form, "-o", str(path)]
    before = entries(workspace_folder)
    planned = ran(workspace_folder, *command, "--dry-run")
    fits_its_schema(planned.stdout)
    assert not path.exists()
    assert entries(workspace_folder) == before
    done = ran(workspace_folder, *command)
    fits_its_schema(done.stdout)
    assert json.loads(done.stdout)["counts"] == json.loads(planned.stdout)["counts"]
    assert path.stat().st_size > 100


def test_an_export_to_a_folder_that_is_not_there(workspace_folder: Path, tmp_path: Path) -> None:
    done = ran(workspace_folder, "export", "inventory", "-o", str(tmp_path / "no" / "f.xlsx"))
    assert done.exit_code == 2
    assert str(tmp_path / "no") in done.stderr


def test_an_export_over_its_readers_bounds_names_the_file_and_the_count(
    workspace_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "big.csv"
    note = "注" * 30_000
    rows = "".join(f"系统{n},青竹市数据局,网站,运行中,{note}\n" for n in range(130))
    path.write_text(f"系统名称,运营单位,系统类型,运行状态,备注\n{rows}", "utf-8")
    assert ran(workspace_folder, "import", str(path)).exit_code == 0
    before = entries(workspace_folder)
    out = tmp_path / "whole.yaml"
    done = ran(workspace_folder, "export", "inventory", "--to", "yaml", "-o", str(out))
    assert done.exit_code == 2
    assert "whole.yaml" in done.stderr
    assert "132" in done.stderr
    assert not out.exists()
    assert entries(workspace_folder) == before
    sheet = ran(workspace_folder, "export", "inventory", "-o", str(tmp_path / "whole.xlsx"))
    assert sheet.exit_code == 0, sheet.output
