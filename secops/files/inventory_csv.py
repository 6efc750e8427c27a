"""CSV in: UTF-8 first, then GB18030 strictly; which one was taken is said."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from secops.contracts.inventory_files import Notice
from secops.errors import InFile, InputError, Place, Where, msgid
from secops.errors.files import TooLargeError, UnfitFileError
from secops.files.table import Table
from secops.guards.xlsx_grid import MOST_COLUMNS, TALLEST

_ENCODINGS: Final = (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"))
_DELIMITERS: Final = ",;\t"


def read_csv(content: bytes, path: Path) -> tuple[Table, Notice]:
    """Give the table and the encoding that was taken."""
    text, encoding = _decoded(content, path)
    rows, lines = _rows(text, path)

    def place(row: int, column: int) -> Place:
        return Where(path, lines[row], column + 1)

    notice = Notice(
        where=InFile(path), said=msgid("read as {encoding}"), details={"encoding": encoding}
    )
    return Table(path=path, sheet="", rows=rows, place=place), notice


def _decoded(content: bytes, path: Path) -> tuple[str, str]:
    for codec, name in _ENCODINGS:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, name
    raise UnfitFileError(where=InFile(path), problem=msgid("it is neither UTF-8 nor GB18030 text"))


def _rows(text: str, path: Path) -> tuple[list[list[str]], list[int]]:
    head = text[: text.find("\n") if "\n" in text else len(text)]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 1
    try:
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
            _bounded(rows, path, lines[-1])
    except csv.Error as error:
        problem = msgid("its quotes or line ends are broken")
        raise UnfitFileError(where=Where(path, line, 1), problem=problem) from error
    return rows, lines


def _bounded(rows: list[list[str]], path: Path, line: int) -> None:
    error: InputError | None = None
    if len(rows) > TALLEST:
        error = TooLargeError(where=InFile(path), most="100,000")
    elif len(rows[-1]) > MOST_COLUMNS:
        error = TooLargeError(where=Where(path, line, MOST_COLUMNS + 1), most="200")
    if error:
        raise error
