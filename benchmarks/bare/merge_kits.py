"""Bare: calamine reads every sheet of every workbook; nothing is compared, nothing is kept."""

from __future__ import annotations

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

files, sheets, filled = 0, 0, 0
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    book = CalamineWorkbook.from_path(path)
    files += 1
    for name in book.sheet_names:
        sheets += 1
        for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False):
            filled += sum(cell != "" for cell in row)
print(f"{files} files, {sheets} sheets, {filled} filled cells")
