"""Bare: calamine reads every sheet of the kits; nothing is compared, nothing is kept."""

from __future__ import annotations

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

kits, filled = sorted(Path(sys.argv[1]).glob("*.xlsx")), 0
for path in kits:
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        filled += sum(cell != "" for row in rows for cell in row)
print(f"{len(kits)} kits, {filled} filled cells")
