"""Import of 50,000 answers from filled-in forms: at most 3 times bare reader and inserts.

Ours is `secops assess import FILE…` whole: every form checked against what went out, every cell
merged, every answer recorded with its history. The bare side reads the same workbooks by calamine
and inserts the same rows and history rows in batches.

Run: `python -m benchmarks.merge_forms [--systems N] [--pairs N] [--tiny]`.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.pairs import Bound, Side, arguments, bare, compare, digest, quietly, secops
from secops.files.form_xlsx_out import write_form
from secops.model.common import SecurityLevel
from secops.model.form import Form, FormRow, FormSheet
from secops.model.ids import SystemId
from secops.model.system import Grading, LifecycleStage, Ownership, System, SystemKind
from secops.operations.assessments import Series
from secops.operations.export_form import Asking, form_of
from secops.operations.forms import keep_form
from secops.operations.start_assessment import Beginning, start_assessment
from secops.settings.catalogue import words_for
from secops.wiring.assess import Assessing, assessing, today_of
from secops.wiring.opening import open_workspace
from secops.wiring.today import SHANGHAI
from secops.wiring.workspace import Workspace

UNIT: Final = "云川市教育局"
PERSON: Final = "林一帆"
ASKED: Final = 211  # of a system of S3A3 without extensions
VERDICTS: Final = ("compliant",)
ANSWERS: Final = "SELECT item, value FROM answer ORDER BY system, item"


def systems(workspace: Workspace, number: int) -> list[System]:
    """Put graded systems."""
    with workspace.begin() as work:
        unit = next(iter(work.units.all()))
        three = SecurityLevel.THREE
        made = [
            System(
                id=SystemId(workspace.new_id()),
                no=no,
                name=f"教务管理系统{no:04}",
                kind=SystemKind.INFORMATION_SYSTEM,
                stage=LifecycleStage.RUNNING,
                ownership=Ownership(operating_unit=unit.id),
                grading=Grading(business_information=three, system_service=three),
            )
            for no in range(1, number + 1)
        ]
        work.systems.put_many(workspace.actor, made)
        work.commit()
    return made


def filled(form: Form) -> Form:
    """Answer every item, as a person would type it."""
    numbers = count()

    def row(one: FormRow) -> FormRow:
        number = next(numbers)
        said = {"value": VERDICTS[number % len(VERDICTS)], "note": f"第{number}项现场查看"}
        return replace(one, cells={**one.cells, **said})

    def sheet(one: FormSheet) -> FormSheet:
        return one if one.key == "cases" else replace(one, rows=tuple(map(row, one.rows)))

    return replace(form, sheets=tuple(map(sheet, form.sheets)))


def send_out(one: Assessing, system: System, path: Path) -> None:
    """Start an assessment, make its form, and write a copy that is filled in."""
    checklist = one.tables.checklist
    beginning = Beginning(about=system, checklist=checklist, cycle="2026", guide=one.tables.guide)
    start_assessment(one.work, one.blobs, one.acting, beginning)
    asking = Asking(series=Series(system), day=today_of(one), zone=SHANGHAI, by=PERSON)
    form = form_of(one.work, one.blobs, one.acting, asking, (one.tables, words_for("zh")))
    keep_form(one.work, one.blobs, one.acting, form)
    path.write_bytes(write_form(filled(form), words_for("zh")))


def prepared(folder: Path, number: int) -> list[Path]:
    """Make the workspace and its filled-in copies, once."""
    quietly(secops("init", folder / "w", "--unit", UNIT, "--person", PERSON))
    copies: list[Path] = []
    with open_workspace(folder / "w") as workspace:
        made = systems(workspace, number)
        with assessing(workspace) as one:
            for system in made:
                copies.append(folder / f"{system.no:04}.xlsx")
                send_out(one, system, copies[-1])
    return copies


def imported(database: Path) -> str:
    """Say what stands in a database: answers in order, and whether each has its history row."""
    with sqlite3.connect(database) as base:
        answers = base.execute(ANSWERS).fetchall()
        table = "chain" if "chain" in _tables(base) else "history"
        query = f"SELECT count(DISTINCT object) FROM {table} WHERE object LIKE 'answer %'"  # noqa: S608  # one of two names
        (entries,) = base.execute(query).fetchone()
    return f"{len(answers)} answers, {entries} history rows, answers {digest(str(answers))}"


def _tables(base: sqlite3.Connection) -> list[str]:
    return [name for (name,) in base.execute("SELECT name FROM sqlite_master")]


def main() -> int:
    """Measure and say the figure."""
    asked = arguments(__doc__ or "", systems=237)
    number = 2 if asked.tiny else asked.systems
    with tempfile.TemporaryDirectory() as name:
        copies = prepared(Path(name), number)
        size = sum(one.stat().st_size for one in copies)
        print(f"{len(copies)} forms of {ASKED} answers, {size} bytes")

        def ready(folder: Path) -> None:
            shutil.copytree(Path(name) / "w", folder / "w")

        ours = Side(
            name="secops assess import",
            command=lambda folder: secops("-C", folder / "w", "assess", "import", *copies),
            prepare=ready,
            result=lambda folder, _: imported(folder / "w" / "secops.db"),
        )
        other = Side(
            name="bare reader and inserts",
            command=lambda folder: bare("merge_forms.py", folder / "bare.db", *copies),
            result=lambda folder, _: imported(folder / "bare.db"),
        )
        bound = Bound(title="import of filled-in forms", most=3, pairs=asked.pairs or 5)
        return compare(ours, other, bound, tiny=asked.tiny)


if __name__ == "__main__":
    raise SystemExit(main())
