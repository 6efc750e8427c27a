"""What people do with a form: copies that are filled in, row by row, with another program."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

ID, KEYS, FIRST = 1, 2, 4
Entries = Mapping[str, Mapping[str, str | int | None]]
"""Id of a row -> key of a column -> what somebody types."""


def rows_of(page: Any) -> dict[str, int]:  # noqa: ANN401  # openpyxl's sheet
    """Give the rows of a sheet by their hidden ids."""
    return {
        str(page.cell(row, ID).value): row
        for row in range(FIRST, page.max_row + 1)
        if page.cell(row, ID).value
    }


def keys_of(page: Any) -> dict[str, int]:  # noqa: ANN401  # as above
    """Give the entry columns of a sheet by their hidden keys."""
    columns = range(1, page.max_column + 1)
    return {str(page.cell(KEYS, one).value): one for one in columns if page.cell(KEYS, one).value}


def fill(source: Path, copy: Path, entries: Entries, *, by: str = "") -> Path:
    """Save a copy with these cells filled in; `by`: the name on the first sheet."""
    book = openpyxl.load_workbook(source)
    if by:
        cover = book.worksheets[0]
        row = next(one for one in range(1, 40) if cover.cell(one, ID).value == "by")
        cover.cell(row, 3).value = by
    left = set(entries)
    for page in book.worksheets[1:]:
        rows, keys = rows_of(page), keys_of(page)
        for id_ in rows.keys() & entries.keys():
            left.discard(id_)
            for key, value in entries[id_].items():
                page.cell(rows[id_], keys[key]).value = value
    assert not left, "no such rows"
    book.save(copy)
    return copy
