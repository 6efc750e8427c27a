"""A table as a reader gives it, before anybody knows what its columns mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from secops.errors import InFile, InSheet, Place
from secops.files.cell_text import Raw

Rows = Sequence[Sequence[Raw]]
Merged = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell, each row and column from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet or one CSV file; row 0 is the first row of the sheet."""

    path: Path
    sheet: str  # empty: a CSV file
    rows: Rows
    place: Callable[[int, int], Place]
    merged: tuple[Merged, ...] = ()
    formulas: frozenset[str] = field(default=frozenset())

    @property
    def whole(self) -> Place:
        """The place of the sheet itself; of a CSV file, the file."""
        return InSheet(self.path, self.sheet) if self.sheet else InFile(self.path)


@cache
def letters(column: int) -> str:
    """Name a column as spreadsheets do: 0 is A, 26 is AA."""
    rest, last = divmod(column, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def cell_name(row: int, column: int) -> str:
    """Name a cell: row 6, column 2 is C7."""
    return f"{letters(column)}{row + 1}"
