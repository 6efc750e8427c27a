"""Workbooks in: looked at by the guards first, then read by calamine, sheet by sheet."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from secops.errors import InFile, InSheet, Place, msgid
from secops.errors.files import TooLargeError, UnfitFileError
from secops.files.table import Table, cell_name
from secops.guards.xlsx_bounds import SheetGlance, glance
from secops.guards.xlsx_grid import TALLEST
from secops.guards.zip_bounds import UnsafeZipError

_MOST_CELLS: Final = 25_000_000  # of all sheets; one alone may be as tall and wide as is read
_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def looks_like_xlsx(content: bytes) -> bool:
    """Whether the bytes are a zip file or an older Excel's."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE2))


def read_tables(content: bytes, path: Path, *, hidden: bool = False) -> Iterator[Table]:
    """Give every sheet that is shown, or every one; raises UnfitFileError for what is not read."""
    if content.startswith(_OLE2):
        problem = msgid("it is an encrypted workbook or an old .xls")
        raise UnfitFileError(where=InFile(path), problem=problem)
    try:
        glances = glance(content)
    except UnsafeZipError as error:
        raise UnfitFileError(where=InFile(path), problem=error.problem) from error
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        cells = 0
        for seen in glances:
            if hidden or (seen.visible and not seen.name.startswith("_")):
                table = _table(book, seen, path)
                cells += len(table.rows) * max(map(len, table.rows[:1]), default=0)
                if cells > _MOST_CELLS:
                    problem = msgid("it unpacks to far more than it holds")
                    raise UnfitFileError(where=table.whole, problem=problem)
                yield table
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
        problem = msgid("it is cut short or damaged")
        raise UnfitFileError(where=InFile(path), problem=problem) from error


def _table(book: CalamineWorkbook, seen: SheetGlance, path: Path) -> Table:
    sheet = book.get_sheet_by_name(seen.name)
    if sheet.total_height > TALLEST:
        raise TooLargeError(where=InSheet(path, seen.name), most="100,000")

    def place(row: int, column: int) -> Place:
        return InSheet(path, seen.name, cell_name(row, column))

    return Table(
        path=path,
        sheet=seen.name,
        rows=sheet.to_python(skip_empty_area=False),
        place=place,
        merged=tuple(sheet.merged_cell_ranges or ()),
        formulas=seen.formulas,
    )
