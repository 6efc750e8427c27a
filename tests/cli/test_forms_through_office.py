"""A form that a real office program opens and saves, before and after it is filled in."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.wiring.opening import open_workspace
from tests.cli.filled_forms import fill, keys_of, rows_of
from tests.operations.graded import sample

pytestmark = pytest.mark.slow
PLACE, DOOR, FIRE = (f"gb22239/pe/{one}" for one in ("location-2", "access-1", "fire-1"))


def ran(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(secops, ["-C", str(folder), *arguments], catch_exceptions=False)


def saved_by_office(book: Path, folder: Path) -> Path:
    """Open and save a workbook in LibreOffice, with a profile of its own."""
    office = shutil.which("soffice")
    assert office, "install libreoffice-calc: the tests need an office program"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    saved = folder / f"saved-{book.stem}"
    subprocess.run(  # noqa: S603  # the office program, on a file of ours
        [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(saved), str(book)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return saved / book.name


@pytest.fixture
def form(workspace_folder: Path, tmp_path: Path) -> Path:
    """Export the self-check of a website in which hard text stands already."""
    with open_workspace(workspace_folder) as workspace, workspace.begin() as work:
        sample(workspace, work)
        work.commit()
    assert ran(workspace_folder, "assess", "start", "1", "--cycle", "2026").exit_code == 0
    hard = ("answer", "1", FIRE, "y", "--note", "=1+1 0012\n第二行 <b>&")
    assert ran(workspace_folder, "assess", *hard).exit_code == 0
    path = tmp_path / "form.xlsx"
    made = ran(workspace_folder, "assess", "export", "1", "--to", str(path), "--for", "林一帆")
    assert made.exit_code == 0, made.output
    return path


def taken(folder: Path, *files: Path) -> dict[str, Any]:
    result = ran(folder, "--json", "assess", "import", *map(str, files))
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.output)
    return document


def test_nothing_is_lost_when_an_office_program_saves_the_form_in_between(
    form: Path, workspace_folder: Path, tmp_path: Path
) -> None:
    opened = saved_by_office(form, tmp_path)
    assert taken(workspace_folder, opened)["counts"]["answers"] == 0

    page = openpyxl.load_workbook(opened)["安全物理环境"]
    row, keys = rows_of(page)[PLACE], keys_of(page)
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[2].hidden
    assert page.protection.sheet
    assert page.cell(row, keys["value"]).protection.locked is False
    assert page.cell(row, 6).protection.locked is not False
    assert page.cell(row, keys["note"]).number_format == "@"
    listed = [one.sqref for one in page.data_validations.dataValidation if one.type == "list"]
    assert any(page.cell(row, keys["value"]).coordinate in one for one in listed)
    assert page.conditional_formatting
    assert openpyxl.load_workbook(opened)["_lists"].sheet_state != "visible"

    filled = fill(
        opened,
        tmp_path / "filled.xlsx",
        {
            PLACE: {"value": "部分符合", "note": "0012"},
            DOOR: {"value": "不适用", "reason": "托管在政务云，机房 3 间"},
        },
    )
    done = taken(workspace_folder, saved_by_office(filled, tmp_path))
    changes = {
        one["item"]: {cell["field"]: cell["after"] for cell in one["changes"]}
        for one in done["answers"]
    }
    assert changes == {
        PLACE: {"value": "partially_compliant", "note": "0012"},
        DOOR: {"value": "not_applicable", "reason": "托管在政务云，机房 3 间"},
    }
    assert {one["by"] for one in done["answers"]} == {"林一帆"}


def test_an_office_program_counts_what_is_done(form: Path, tmp_path: Path) -> None:
    filled = fill(form, tmp_path / "filled.xlsx", {PLACE: {"value": "符合"}})
    book = openpyxl.load_workbook(saved_by_office(filled, tmp_path), data_only=True)
    said = [str(cell.value) for cell in book["安全物理环境"][1] if cell.value]
    assert f"已填 2 / {len(rows_of(book['安全物理环境']))}" in said
    cover = book.worksheets[0]
    totals = [[cell.value for cell in row] for row in cover.iter_rows(min_col=3, max_col=5)]
    assert next(one for one in totals if one[0] == "合计")[1] == 2
