"""What schools do with a kit: copies that are filled in with another program, rows added."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner, Result

from secops.cli.root import secops
from tests.cli.filled_forms import FIRST, ID, Entries, keys_of, rows_of
from tests.schemas import fits_its_schema

Say = Callable[..., Result]
CHECK = "education-selfcheck"
COUNTY = "示例县教育局"
SCHOOL, OTHER = "示例县第一小学", "示例县第二小学"
NAME, POST = 3, "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What somebody types into a copy."""

    entries: Entries = field(default_factory=dict)
    added: Sequence[tuple[str, Mapping[str, str]]] = ()  # title of a sheet, cells of a new row
    by: str = "林一帆"
    post: str = ""


def fill_kit(source: Path, copy: Path, filled: Filled) -> Path:
    """Save a copy with all that typed in."""
    book = openpyxl.load_workbook(source)
    said = {"by": filled.by, POST: filled.post}
    cover = book.worksheets[0]
    for row in range(1, 40):
        text = said.get(str(cover.cell(row, ID).value), "")
        if text:
            cover.cell(row, NAME).value = text
    left = set(filled.entries)
    for page in book.worksheets[1:]:
        rows, keys = rows_of(page), keys_of(page)
        for id_ in rows.keys() & filled.entries.keys():
            left.discard(id_)
            for key, value in filled.entries[id_].items():
                page.cell(rows[id_], keys[key]).value = value
    assert not left, left
    for title, cells in filled.added:
        _add(book[title], cells)
    book.save(copy)
    return copy


def _add(page: Any, cells: Mapping[str, str]) -> None:  # noqa: ANN401  # openpyxl's sheet
    keys = keys_of(page)
    free = (
        row
        for row in range(FIRST, page.max_row + 2)
        if not page.cell(row, ID).value
        and not any(page.cell(row, column).value for column in keys.values())
    )
    row = next(free)
    for key, text in cells.items():
        page.cell(row, keys[key]).value = text


def row_of(kit: Path, title: str, text: str) -> str:
    """Give the hidden id of the row of a sheet in which a text stands."""
    page = openpyxl.load_workbook(kit)[title]
    return next(
        id_ for id_, row in rows_of(page).items() if text in [cell.value for cell in page[row]]
    )


def say_in(folder: Path) -> Say:
    """Give `secops` in a workspace."""

    def say(*arguments: str) -> Result:
        return CliRunner().invoke(secops, ["-C", str(folder), *arguments])

    return say


def document(result: Result, *, ends: int = 0) -> dict[str, Any]:
    """Read one --json document, held against its schema."""
    assert result.exit_code == ends, result.output
    fits_its_schema(result.output)
    found: dict[str, Any] = json.loads(result.output)
    return found


def unit_in(found: Mapping[str, Any], name: str = SCHOOL) -> dict[str, Any]:
    """Give the line of one unit."""
    line: dict[str, Any] = next(one for one in found["units"] if one["unit"]["name"] == name)
    return line


def rows_by(say: Say, kind: str, name: str) -> dict[str, Any]:
    """Show one record by its name."""
    found: dict[str, Any] = json.loads(say("--json", *kind.split(), "show", name).output)
    return found


INVENTORY = f"""secops: inventory
version: 1
units:
  - {{name: {SCHOOL}, kind: legal, parents: {{administrative: {COUNTY}}}}}
  - {{name: {OTHER}, kind: legal, parents: {{administrative: {COUNTY}}}}}
persons:
  - {{name: 林一帆, unit: {SCHOOL}, title: 校长}}
  - {{name: 赵晴川, unit: {SCHOOL}, title: 信息教师}}
  - {{name: 钱望舒, unit: {OTHER}, title: 校长}}
appointments:
  - {{unit: {SCHOOL}, person: 林一帆, post: first_responsible}}
systems:
  - name: 一小网站
    kind: website
    stage: running
    ownership: {{operating_unit: {SCHOOL}}}
"""


def county(folder: Path) -> Say:
    """Make a workspace of a county with two schools, the first with a website."""
    where, file = folder / "county", folder / "county.yaml"
    say = say_in(where)
    made = ("init", str(where), "--unit", COUNTY, "--person", "尹青禾")
    assert CliRunner().invoke(secops, made).exit_code == 0
    file.write_text(INVENTORY, "utf-8")
    assert say("import", str(file)).exit_code == 0
    return say


def kits_of(say: Say, folder: Path, cycle: str = "2026") -> dict[str, Path]:
    """Make the kits of both schools, and give them by the name of the school."""
    options = ("--checklist", CHECK, "--cycle", cycle, "--due", "2026-12-20", "--to", str(folder))
    made = document(say("--json", "--as", "尹青禾", "kit", "make", "--below", COUNTY, *options))
    return {one["unit"]["name"]: Path(one["file"]) for one in made["kits"]}
