"""Fills in a form as a person does in Excel: by what stands in the first column that is shown.

Lines: `填写人 | 名字`, `条款 | 列的标题 | 值`, and for every row that still waits, on one sheet or
on all, `空行 工作表 | 列的标题 | 值`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import openpyxl

BY, OPEN = "填写人", "空行"
_MARK: Final = "secops-form/"
_KEYS, _HEAD, _FIRST, _ASKED, _SHOWN = 2, 3, 4, 3, 4


def fill(source: Path, copy: Path, lines: str) -> None:
    """Save a filled-in copy; raises LookupError for a row or column that is not there."""
    book = openpyxl.load_workbook(source)
    cover, *sheets = [one for one in book.worksheets if str(one["A1"].value).startswith(_MARK)]
    for line in filter(None, lines.splitlines()):
        row, title, *value = (part.strip() for part in line.split("|"))
        if row == BY:
            at = next(cell.row for cell in cover["A"] if cell.value == "by")
            cover.cell(at, 3).value = title
            continue
        row, _, name = row.partition(" ")
        pages = [page for page in sheets if name in ("", page.title)]
        met = [cell for page in pages for cell in _cells(page, row, title)]
        if not met:
            raise LookupError(line)
        for cell in met:
            cell.value = value[0]
    book.save(copy)


def _cells(page: Any, row: str, title: str) -> Iterator[Any]:  # noqa: ANN401  # openpyxl's sheet
    heads = {page.cell(_HEAD, one).value: one for one in range(1, page.max_column + 1)}
    if title not in heads or not page.cell(_KEYS, heads[title]).value:
        return
    for at in range(_FIRST, page.max_row + 1):
        cell = page.cell(at, heads[title])
        waits = page.cell(at, _ASKED).value == 1 and not cell.value and not cell.protection.locked
        first = str(page.cell(at, _SHOWN).value)
        if (row == OPEN and waits) or (first == row and page.cell(at, _ASKED).value == 1):
            yield cell
