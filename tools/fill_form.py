"""Fills in a form as a person does in Excel: by what stands in the first column that is shown.

Lines: `填写人 | 名字`, `条款 | 列的标题 | 值`, for every row that still waits, on one sheet or
on all, `空行 工作表 | 列的标题 | 值`, for a new row `新增 工作表 | 列的标题=值 | …`. A name such
as `工作表!条款` is the one that stands behind it there. Of a folder every form is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import openpyxl

BY, OPEN, NEW = "填写人", "空行", "新增"
_MARK: Final = "secops-form/"
_KEYS, _HEAD, _FIRST, _ASKED, _SHOWN = 2, 3, 4, 3, 4


def fill(source: Path, copy: Path, lines: str) -> None:
    """Save a filled-in copy; raises LookupError for a row or column that is not there."""
    if source.is_dir():
        copy.mkdir(exist_ok=True)
        for one in sorted(source.glob("*.xlsx")):
            fill(one, copy / one.name, lines)
        return
    book = openpyxl.load_workbook(source)
    cover, *sheets = [one for one in book.worksheets if str(one["A1"].value).startswith(_MARK)]
    for line in filter(None, lines.splitlines()):
        row, title, *more = (part.strip() for part in line.split("|"))
        row, _, name = row.partition(" ")
        pages = [page for page in sheets if name in ("", page.title)]
        if row == BY:
            at = next(cell.row for cell in cover["A"] if cell.value == "by")
            cover.cell(at, 3).value = _name(sheets, title)
        elif row == NEW:
            _add(pages[0], dict(part.split("=", 1) for part in (title, *more)))
        else:
            met = [cell for page in pages for cell in _cells(page, row, title)]
            if not met:
                raise LookupError(line)
            for cell in met:
                cell.value = more[0]
    book.save(copy)


def _name(sheets: list[Any], text: str) -> str:
    """Give the name itself, or the one that stands behind a row of a sheet."""
    sheet, _, first = text.partition("!")
    if not first:
        return text
    page = next(one for one in sheets if one.title == sheet)
    rows = range(_FIRST, page.max_row + 1)
    at = next(one for one in rows if page.cell(one, _SHOWN).value == first)
    return str(page.cell(at, _SHOWN + 1).value)


def _add(page: Any, cells: dict[str, str]) -> None:  # noqa: ANN401  # openpyxl's sheet
    """Write into the first row that is empty."""
    heads = {page.cell(_HEAD, one).value: one for one in range(1, page.max_column + 1)}
    rows = range(_FIRST, page.max_row + 2)
    at = next(
        one for one in rows if not page.cell(one, 1).value and not page.cell(one, _SHOWN).value
    )
    for title, value in cells.items():
        page.cell(at, heads[title]).value = value


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
