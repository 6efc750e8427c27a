"""The workbook of an export goes through a real office program and comes back as it was."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.utils import get_column_letter

from secops.cli.root import secops
from secops.settings.data import data_folder

pytestmark = pytest.mark.slow


def ran(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(secops, ["-C", str(folder), *arguments], catch_exceptions=False)


def saved_by_office(book: Path, folder: Path) -> Path:
    """Open and save a workbook in LibreOffice, with a profile of its own."""
    office = shutil.which("soffice")
    assert office, "install libreoffice-calc: the tests need an office program"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    saved = folder / "saved"
    subprocess.run(  # noqa: S603  # the office program, on a file of ours
        [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(saved), str(book)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return saved / book.name


def column_of(page: Any, title: str) -> int:  # noqa: ANN401  # openpyxl has no types
    return next(int(cell.column) for cell in page[1] if cell.value == title)


@pytest.fixture
def exported(workspace_folder: Path, tmp_path: Path) -> Path:
    """Export the sample inventory and let the office program save it."""
    sample = data_folder("inventory") / "sample.yaml"
    assert ran(workspace_folder, "import", str(sample)).exit_code == 0
    hard = ["--set", "note==1+1", "--set", "business.description=0012"]
    assert ran(workspace_folder, "system", "edit", "1", *hard).exit_code == 0
    book = tmp_path / "inventory.xlsx"
    made = ran(workspace_folder, "export", "inventory", "--to", "xlsx", "-o", str(book))
    assert made.exit_code == 0, made.output
    return saved_by_office(book, tmp_path)


def test_a_workbook_saved_by_an_office_program_is_still_the_export(
    exported: Path, workspace_folder: Path
) -> None:
    same = json.loads(ran(workspace_folder, "--json", "import", str(exported)).stdout)
    changes = ("added", "changed", "retired", "conflicts")
    assert [same["counts"][one] for one in changes] == [0, 0, 0, 0]
    assert same["counts"]["unchanged"] > 100

    book = openpyxl.load_workbook(exported)
    page = book["系统"]
    assert page.column_dimensions["A"].hidden
    assert page["A1"].value == "_id"
    assert page["B1"].value == "_rev"
    assert page.protection.sheet
    kind = column_of(page, "系统类别")
    letter = get_column_letter(kind)
    listed = [one for one in page.data_validations.dataValidation if f"{letter}2" in one.sqref]
    assert [one.type for one in listed] == ["list"]
    assert page.cell(2, kind).protection.locked is False
    assert page["C2"].protection.locked is not False
    assert book["_choices"].sheet_state != "visible"

    note = column_of(page, "备注")
    page.cell(2, note).value = "改过的备注"
    page.cell(3, kind).value = "信息系统"
    book["人员"].cell(2, column_of(book["人员"], "职务/职称")).value = "书记"
    posts = book["任职"]
    posts.cell(2, column_of(posts, "标记")).value = "退出"
    book.save(exported)
    done = json.loads(ran(workspace_folder, "--json", "import", str(exported)).stdout)
    assert [(one["kind"], one["no"], one["changes"]) for one in done["changed"]] == [
        ("person", 1, {"title": [None, "书记"]}),
        ("system", 1, {"note": ["=1+1", "改过的备注"]}),
        ("system", 2, {"kind": ["platform", "information_system"]}),
    ]
    assert [(one["kind"], one["no"]) for one in done["retired"]] == [("appointment", 1)]
    assert done["added"] == []
