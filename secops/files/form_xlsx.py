"""Forms in: a copy that came back, read by its marks; the guards look at it first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secops.errors import InFile, InputError, InSheet, Place
from secops.errors.files import FormulaError, MergedCellsError
from secops.errors.forms import MixedFormError, NoFormError, RepeatedColumnError, RepeatedSheetError
from secops.files import form_marks as marks
from secops.files.cell_text import written
from secops.files.inventory_xlsx import read_tables
from secops.files.table import Table, cell_name
from secops.guards.plain_text import plain
from secops.model.filled_form import FilledForm, FilledRow, FilledSheet
from secops.model.form import FormId

_ROW: Final = re.compile("[A-Z]+")
_HIDDEN: Final = (marks.ID_COLUMN, marks.REVISION_COLUMN)


def read_form(content: bytes, path: Path) -> FilledForm:
    """Read a copy; raises NoFormError, and UnfitFileError for what must not be read.

    Mistakes within it are listed: they are said together with those that the form's base shows.
    """
    marked = [
        (found, table)
        for table in read_tables(content, path, hidden=True)
        if (found := marks.read_mark(_text(table, 0, 0)))
    ]
    if not marked:
        raise NoFormError(where=InFile(path))
    covers = [(form, table) for (form, key), table in marked if key == marks.COVER]
    form, cover = covers[0] if covers else (marked[0][0][0], None)
    problems: list[InputError] = []
    sheets: dict[str, FilledSheet] = {}
    for (of, key), table in marked:
        if of != form:
            problems.append(MixedFormError(where=table.whole))
        elif key in sheets:
            first = sheets[key].place
            name = first.sheet if isinstance(first, InSheet) else ""
            problems.append(RepeatedSheetError(where=table.whole, first=name))
        elif key != marks.COVER:
            sheets[key] = _sheet(table, key, problems)
    by, place = _on_cover(cover, marks.BY) if cover else ("", InFile(path))
    return FilledForm(
        path=path,
        form=FormId(form),
        by=by,
        by_place=place,
        post=_on_cover(cover, marks.POST)[0] if cover else "",
        sheets=tuple(sheets.values()),
        problems=tuple(problems),
    )


def _text(table: Table, row: int, column: int) -> str:
    if row >= len(table.rows) or column >= len(table.rows[row]):
        return ""
    return plain(written(table.rows[row][column])).strip()


def _on_cover(cover: Table, key: str) -> tuple[str, Place]:
    """Find what the first sheet says of who filled it in."""
    for row in range(len(cover.rows)):
        if _text(cover, row, 0) == key:
            column = marks.COVER_VALUE_COLUMN
            return _text(cover, row, column), cover.place(row, column)
    return "", cover.whole


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Where the entries of a sheet stand."""

    table: Table
    titles: Mapping[str, str]
    by_key: Mapping[str, int]

    def placer(self, row: int) -> Callable[[str], Place]:
        """Give what names the cells of a row."""

        def place(key: str) -> Place:
            return self.table.place(row, self.by_key.get(key, marks.FIRST_COLUMN))

        return place


def _sheet(table: Table, key: str, problems: list[InputError]) -> FilledSheet:
    width = len(table.rows[0])
    by_key: dict[str, int] = {}
    for column in range(marks.FIRST_COLUMN, width):
        name = _text(table, marks.KEY_ROW, column)
        first = by_key.setdefault(name, column) if name else column
        if first != column:
            seen = cell_name(marks.HEAD_ROW, first)
            where = table.place(marks.HEAD_ROW, column)
            problems.append(RepeatedColumnError(where=where, first=seen))
    titles = {name: _text(table, marks.HEAD_ROW, column) for name, column in by_key.items()}
    columns = _Columns(table=table, titles=titles, by_key=by_key)
    problems += _merged(columns)
    return FilledSheet(
        key=key,
        columns=frozenset(by_key),
        rows=tuple(_rows(columns, problems)),
        place=table.whole,
    )


def _merged(columns: _Columns) -> Iterator[InputError]:
    read = {*_HIDDEN, *columns.by_key.values()}
    for (first_row, first), (last_row, last) in columns.table.merged:
        if last_row >= marks.FIRST_ROW and any(first <= one <= last for one in read):
            yield MergedCellsError(where=columns.table.place(first_row, first))


def _rows(columns: _Columns, problems: list[InputError]) -> Iterator[FilledRow]:
    table, entries = columns.table, list(columns.by_key.items())
    computed = {int(_ROW.sub("", cell)) - 1 for cell in table.formulas}
    if not entries:  # they are said to be missing; nothing can be told of the rows
        return
    for number in range(marks.FIRST_ROW, len(table.rows)):
        raws = table.rows[number]
        cells = {
            key: plain(raw if isinstance(raw, str) else written(raw)).strip()
            for key, column in entries
            if (raw := raws[column]) not in ("", None)
        }
        id_ = written(raws[marks.ID_COLUMN]).strip()
        wrong: tuple[InputError, ...] = ()
        if number in computed:
            wrong = tuple(_formulas(columns, number))
            if any(cell_name(number, at) in table.formulas for at in _HIDDEN):
                problems.append(FormulaError(where=table.place(number, 0), key=marks.ID))
        if id_ or wrong or any(cells.values()):
            yield FilledRow(
                id=id_,
                revision=written(raws[marks.REVISION_COLUMN]).strip(),
                cells=cells,
                place=columns.placer(number),
                problems=wrong,
            )


def _formulas(columns: _Columns, number: int) -> Iterator[InputError]:
    for key, column in columns.by_key.items():
        if cell_name(number, column) in columns.table.formulas:
            where = columns.table.place(number, column)
            yield FormulaError(where=where, key=columns.titles[key])
