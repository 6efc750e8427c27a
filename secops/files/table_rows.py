"""From a table whose head is known to rows of cells; every mistake is noted at its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from secops.contracts.inventory_files import FileRow, Notice
from secops.errors import InputError, Place, WrongValueError, msgid
from secops.errors.files import FormulaError, WrongCellError
from secops.files.cell_text import CellReader, Raw, written
from secops.files.inventory_map import SheetMap, contact_field
from secops.files.recognition import LEVEL, MARK, Recognition, simplified
from secops.files.table import Table, cell_name
from secops.files.table_head import ID, REVISION, Head, find_head, notices_of
from secops.files.table_tidy import tidied
from secops.model.record import Cell, CellKind

_S: Final = "grading.business_information"
_A: Final = "grading.system_service"
_OWN: Final = frozenset({ID, REVISION, MARK, LEVEL})
Read = Callable[[Raw], Cell]


@dataclass(slots=True)
class RowsRead:
    """What one table gave."""

    rows: list[FileRow] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    problems: list[InputError] = field(default_factory=list)


@dataclass(slots=True)
class _Columns:
    """How to read each column of one table."""

    table: Table
    head: Head
    read: list[tuple[int, str, Read]]  # columns with a field of their own
    own: Mapping[str, int]  # `_id`, `_rev`, `mark`, `level` -> column
    by_path: Mapping[str, int]
    titles: Mapping[str, str]
    constants: Mapping[str, Cell]
    contacts: frozenset[str]  # paths of contacts of persons whom the row names
    adds: frozenset[str]
    levels: Mapping[str, str]  # this unit's spellings of a level column
    dates: frozenset[str]
    halves: int = 0  # rows that state one level for both
    coarse: dict[int, list[int]] = field(default_factory=dict)  # column -> rows without a day


def read_table(table: Table, words: Recognition, mapped: SheetMap | None) -> RowsRead:
    """Read a table; a head that nobody recognises is a mistake of the whole sheet."""
    result = RowsRead()
    try:
        head = find_head(table, words, mapped)
    except InputError as error:
        result.problems.append(error)
        return result
    result.notices += notices_of(head, table)
    tidy = tidied(table, head, words)
    table = tidy.table
    result.notices += tidy.notices
    result.problems += tidy.problems
    columns = _columns(table, head, words, mapped)
    reader = CellReader(words)
    retire = frozenset(simplified(one) for one in words.retire)
    for number in range(head.row + 1, len(table.rows)):
        row = _row(columns, number, reader, retire, result.problems)
        if row:
            result.rows.append(row)
    if columns.halves:
        said = msgid("{count} rows state one level only: it was taken for both S and A")
        details = {"count": str(columns.halves)}
        result.notices.append(Notice(where=table.whole, said=said, details=details))
    result.notices += _coarse_dates(columns)
    result.problems += _formulas(columns)
    return result


def _columns(table: Table, head: Head, words: Recognition, mapped: SheetMap | None) -> _Columns:
    fields, reader = words.kinds[head.kind].fields, CellReader(words)
    values = mapped.values if mapped else {}
    contacts = {
        path: one
        for path in head.paths.values()
        if path not in fields and (one := contact_field(path, head.kind, words))
    }

    def reading(path: str, title: str) -> Read:
        one = contacts.get(path) or fields[path]
        spelled, exact = values.get(path, {}), head.exported
        seen: dict[str, Cell] = {}

        def read(raw: Raw) -> Cell:
            if raw is None or raw == "":
                return None
            ours = spelled.get(simplified(written(raw)), raw) if spelled else raw
            return reader.read(one, title, ours, exact=exact)

        def remembered(raw: Raw) -> Cell:
            if not isinstance(raw, str):
                return read(raw)
            if raw not in seen:
                seen[raw] = read(raw)
            return seen[raw]

        return read if one.kind is CellKind.TEXT else remembered

    return _Columns(
        table=table,
        head=head,
        read=[
            (column, path, reading(path, head.titles[column]))
            for column, path in head.paths.items()
            if path not in _OWN
        ],
        own={path: column for column, path in head.paths.items() if path in _OWN},
        by_path={path: column for column, path in head.paths.items()},
        titles=dict(words.kinds[head.kind].titles)
        | {path: head.titles[column] for column, path in head.paths.items()},
        constants=mapped.constants if mapped else {},
        contacts=frozenset(contacts),
        adds=mapped.adds if mapped else frozenset(),
        levels=values.get(LEVEL, {}),
        dates=frozenset(path for path, one in fields.items() if one.kind is CellKind.DATE),
    )


def _row(
    columns: _Columns,
    number: int,
    reader: CellReader,
    retire: frozenset[str],
    problems: list[InputError],
) -> FileRow | None:
    raws = columns.table.rows[number]
    width = len(raws)
    cells: dict[str, Cell] = {}
    some = False
    before = len(problems)
    for column, path, read in columns.read:
        raw = raws[column] if column < width else None
        try:
            cells[path] = cell = read(raw)
        except InputError as error:
            problems.append(_at(error, columns.table.place(number, column)))
        else:
            some = some or cell is not None
            if path in columns.dates and not columns.head.exported and reader.first_day(raw):
                columns.coarse.setdefault(column, []).append(number)
    if not some and len(problems) == before:
        return None
    _level(columns, number, cells, reader, problems)
    own = {path: written(raws[at]).strip() for path, at in columns.own.items() if at < width}
    mark = simplified(own.get(MARK, ""))
    if mark and mark not in retire:
        place = columns.table.place(number, columns.own[MARK])
        title = columns.head.titles[columns.own[MARK]]
        wanted = msgid("empty, or a word that retires the record")
        wrong = WrongValueError(where=place, key=title, wanted=wanted, found=own[MARK])
        problems.append(wrong)
    contacts = {path: cells.pop(path) for path in columns.contacts if path in cells}
    return FileRow(
        kind=columns.head.kind,
        cells={**columns.constants, **_stated(columns, cells)},
        place=_placer(columns, number),
        id=own.get(ID, ""),
        revision=own.get(REVISION, ""),
        retire=bool(mark),
        titles=columns.titles,
        contacts=contacts,
        adds=columns.adds,
    )


def _stated(columns: _Columns, cells: dict[str, Cell]) -> dict[str, Cell]:
    """Let an empty cell empty the field in an export of ours; elsewhere it states nothing."""
    if columns.head.exported:
        return cells
    # A number in somebody's own list is theirs, not ours.
    return {path: cell for path, cell in cells.items() if cell is not None and path != "no"}


def _level(
    columns: _Columns,
    number: int,
    cells: dict[str, Cell],
    reader: CellReader,
    problems: list[InputError],
) -> None:
    column = columns.own.get(LEVEL)
    raws = columns.table.rows[number]
    if column is None or column >= len(raws):
        return
    try:
        said = written(raws[column])
        ours = columns.levels.get(simplified(said), said)
        found = reader.levels(columns.head.titles[column], ours)
    except InputError as error:
        problems.append(_at(error, columns.table.place(number, column)))
        return
    if found:
        s, a, both = found
        columns.halves += not both
        for path, level in ((_S, s), (_A, a)):
            if cells.get(path) is None:
                cells[path] = level


def _placer(columns: _Columns, number: int) -> Callable[[str], Place]:
    def place(path: str) -> Place:
        column = columns.by_path.get(path)
        if column is None and path in (_S, _A):
            column = columns.own.get(LEVEL)
        if column is not None:
            return columns.table.place(number, column)
        return columns.table.place(number, 0) if not path else columns.table.whole

    return place


def _at(error: InputError, place: Place) -> InputError:
    if type(error) is WrongValueError:  # a cell needs no quotes
        error = WrongCellError(where=None, **error.details)
    error.at(place)
    return error


def _coarse_dates(columns: _Columns) -> Iterator[Notice]:
    """Say of each column how many dates name no day, with the first of them."""
    said = msgid(
        "{column!r}: {count} dates name only a month or a year, such as {example!r};"
        " its first day was taken"
    )
    for column, rows in columns.coarse.items():
        example = written(columns.table.rows[rows[0]][column])
        title = columns.head.titles[column]
        details = {"column": title, "count": str(len(rows)), "example": example}
        place = columns.table.place(rows[0], column)
        yield Notice(where=place, said=said, details=details)


def _formulas(columns: _Columns) -> Iterator[InputError]:
    table, head = columns.table, columns.head
    for number in range(head.row + 1, len(table.rows)) if table.formulas else ():
        for column in head.paths:
            if cell_name(number, column) in table.formulas:
                title = head.titles[column]
                yield FormulaError(where=table.place(number, column), key=title)
