"""How forms look: calm colours, wrapped text, open cells white, closed ones grey."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from secops.model.form import EntryKind, FormColumn

_INK, _QUIET, _LINE = "#1F2A37", "#6B7280", "#CBD5E1"
_HEAD, _ASKED, _CLOSED, _BLANK = "#DDE6F0", "#C8DCC9", "#F1F3F5", "#FFF6DA"
_CELL: Final = {
    "num_format": "@",
    "text_wrap": True,
    "valign": "top",
    "border": 1,
    "border_color": _LINE,
    "font_color": _INK,
    "font_size": 10,
}
_LEAST, _MOST, _LINE_HEIGHT, _QUIET_HEIGHT, _ROOM = 20.0, 400.0, 14.0, 12.5, 5.0


def height(texts: Iterable[tuple[str, int, bool]]) -> float:
    """Give the height of a row: office programs fit none to wrapped text when they open a file.

    Of each cell: its text, the width of its column, and whether it is set small.
    """
    wanted = _LEAST
    for text, width, quiet in texts:
        room = width * (1.2 if quiet else 1.1)
        lines = sum(max(1, -(-_cells(line) // room)) for line in text.split("\n"))
        wanted = max(wanted, lines * (_QUIET_HEIGHT if quiet else _LINE_HEIGHT) + _ROOM)
    return min(wanted, _MOST)


def _cells(line: str) -> int:
    """Count a Chinese sign as two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)


class Looks:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401  # XlsxWriter has no types
        def cell(**more: object) -> Any:  # noqa: ANN401  # as above
            return book.add_format({**_CELL, **more})

        def plainly(**more: object) -> Any:  # noqa: ANN401  # as above
            return book.add_format({"font_color": _INK, "valign": "vcenter", **more})

        self.hidden = book.add_format({"num_format": "@", "font_color": "#A0A0A0"})
        self.title = plainly(bold=True, font_size=16)
        self.label = plainly(font_color=_QUIET)
        self.progress = plainly(bold=True, font_color="#2F6B4F")
        self.number = plainly(font_color=_QUIET, align="right", valign="top", indent=1)
        self.step = plainly(text_wrap=True, valign="top")
        self.link = cell(font_color="#1D4E89", underline=1)
        self.figure = cell(num_format="0", align="right")
        self.total = cell(num_format="0", bold=True, bg_color=_HEAD)
        self.head = cell(bold=True, bg_color=_HEAD, valign="vcenter")
        self.asked = cell(bold=True, bg_color=_ASKED, valign="vcenter")
        self.fixed = cell()
        self.quiet = cell(font_size=9, font_color=_QUIET)
        self.entry = cell(locked=False)
        self.whole = cell(locked=False, num_format="0")
        self.closed = cell(bg_color=_CLOSED)
        self.blank = book.add_format({"bg_color": _BLANK})

    def of(self, column: FormColumn, *, closed: bool) -> Any:  # noqa: ANN401  # as above
        """Give the format of a cell."""
        if column.entry is EntryKind.FIXED:
            return self.quiet if column.quiet else self.fixed
        if closed:
            return self.closed
        return self.whole if column.entry is EntryKind.WHOLE else self.entry
