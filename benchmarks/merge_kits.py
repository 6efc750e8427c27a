"""Merge of 300 kits of schools: at most 3 times reading the same workbooks bare.

Ours is `secops kit merge FOLDER` whole: every kit checked against what went out, every cell merged,
every answer, person and system recorded with its history, each unit in a transaction of its own.
Two bare sides: `read` only reads every sheet of the files by calamine; `work` also inserts the same
answers, posts and history rows by sqlite3, all in one transaction.

Run: `python -m benchmarks.merge_kits [read|work] [--schools N] [--pairs N] [--tiny]`.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.pairs import Bound, Side, arguments, bare, compare, quietly, secops
from secops.files.form_xlsx_out import write_form
from secops.model.asking import AsksRatio
from secops.model.form import Form, FormRow, FormSheet
from secops.model.ids import PersonId, SystemId, UnitId
from secops.model.system import LifecycleStage, Ownership, System, SystemKind
from secops.model.unit import Parents, Person, Unit
from secops.operations.make_kit import KitMaking
from secops.settings.catalogue import words_for
from secops.wiring.assess import Assessing, assessing, today_of
from secops.wiring.kits import kept_kit, telling
from secops.wiring.opening import open_workspace
from secops.wiring.today import SHANGHAI
from secops.wiring.workspace import Workspace

COUNTY: Final = "示例县教育局"
PACK: Final = "education-selfcheck"


def schools(workspace: Workspace, number: int) -> list[Unit]:
    """Put schools of two persons, every third with a website."""
    with workspace.begin() as work:
        county = next(iter(work.units.all()))
        made, people, sites = list[Unit](), list[Person](), list[System]()
        for at in range(1, number + 1):
            unit = UnitId(workspace.new_id())
            parents = Parents(administrative=county.id)
            made.append(Unit(id=unit, no=at + 1, name=f"示例县第{at:03}学校", parents=parents))
            for name in ("校长", "信息教师"):
                id_, no = PersonId(workspace.new_id()), len(people) + 2
                people.append(Person(id=id_, no=no, name=f"{name}{at:03}", unit=unit, title=name))
            if at % 3 == 0:
                site = System(
                    id=SystemId(workspace.new_id()),
                    no=len(sites) + 1,
                    name=f"第{at:03}学校网站",
                    kind=SystemKind.WEBSITE,
                    stage=LifecycleStage.RUNNING,
                    ownership=Ownership(operating_unit=unit),
                )
                sites.append(site)
        work.units.put_many(workspace.actor, made)
        work.persons.put_many(workspace.actor, people)
        work.systems.put_many(workspace.actor, sites)
        work.commit()
    return made


def filled(form: Form, one: Assessing, number: int) -> Form:
    """Fill it in as a school does: every item, one post, a note at the website."""
    items = one.tables.library.items()
    asks = {str(id_): item.asks for id_, item in items.items()}

    def row(it: FormRow) -> FormRow:
        if it.id in asks:
            ratio = isinstance(asks[it.id], AsksRatio)
            code = it.choices["value"][number % 2][0] if not ratio else ""
            said = {"n": "1", "of": "2"} if ratio else {"value": code}
        elif it.id == "post security_department":
            said = {"person": f"信息教师{number:03}", "department": "教务处"}
        elif it.id.startswith("system "):
            said = {"note": "由县里统一建站"}
        else:
            return it
        return replace(it, cells={**it.cells, **said})

    def sheet(it: FormSheet) -> FormSheet:
        return replace(it, rows=tuple(map(row, it.rows)))

    return replace(form, by=f"信息教师{number:03}", sheets=tuple(map(sheet, form.sheets)))


def prepared(folder: Path, number: int) -> Path:
    """Make the workspace and a folder of kits that came back, once."""
    quietly(secops("init", folder / "w", "--unit", COUNTY, "--person", "县管理员"))
    back, words = folder / "back", words_for("zh")
    back.mkdir()
    with open_workspace(folder / "w") as workspace:
        made = schools(workspace, number)
        with assessing(workspace) as one:
            day = today_of(one)
            checklist = one.tables.library.named(PACK, day)
            making = KitMaking(checklist=checklist, cycle="2026", day=day, zone=SHANGHAI)
            for unit in made:
                path = back / f"{unit.no}.xlsx"
                kit = kept_kit(one, making, (unit, path), telling(words))
                path.write_bytes(write_form(filled(kit.form, one, unit.no - 1), words))
    return back


def merged(database: Path) -> str:
    """Say what stands in a database; `answer` of the bare side names units by their number."""
    with sqlite3.connect(database) as base:
        (answers,) = base.execute("SELECT count(*) FROM answer").fetchone()
        (held,) = base.execute("SELECT count(*) FROM appointment").fetchone()
    return f"{answers} answers, {held} posts held"


def main() -> int:
    """Measure and say the figures."""
    asked = arguments(__doc__ or "", ("read", "work"), schools=300)
    number = 3 if asked.tiny else asked.schools
    with tempfile.TemporaryDirectory() as name:
        back = prepared(Path(name), number)
        size = sum(one.stat().st_size for one in back.iterdir())
        print(f"{number} kits, {size} bytes")

        def ready(folder: Path) -> None:
            shutil.copytree(Path(name) / "w", folder / "w")

        ours = Side(
            name="secops kit merge",
            command=lambda folder: secops("-C", folder / "w", "kit", "merge", back),
            prepare=ready,
            result=lambda folder, _: merged(folder / "w" / "secops.db"),
        )
        sides = {
            "read": Side(name="bare reader", command=lambda _: bare("read_kits.py", back)),
            "work": Side(
                name="bare reader and inserts",
                command=lambda folder: bare("merge_kits.py", back, folder / "bare.db"),
                result=lambda folder, _: merged(folder / "bare.db"),
            ),
        }
        pairs, ends = asked.pairs or 5, []
        for part in asked.parts or sides:
            same = part == "work"
            bound = Bound(title=f"merge of kits, {part}", most=3, pairs=pairs, same_result=same)
            ends.append(compare(ours, sides[part], bound, tiny=asked.tiny))
        return max(ends)


if __name__ == "__main__":
    raise SystemExit(main())
