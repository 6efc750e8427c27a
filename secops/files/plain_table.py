"""A table of text as a file that people open in Excel or WPS: .xlsx or .csv by its name."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Final

import xlsxwriter

from secops.guards.plain_text import plain

FORMATS: Final = (".xlsx", ".csv")
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
_WIDEST: Final = 60
_BLANK: Final = 2


def table_bytes(suffix: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Give the file's bytes; a text never becomes a formula."""
    return _csv(heads, rows) if suffix == ".csv" else _xlsx(heads, rows)


def _csv(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    stream = StringIO()
    writer = csv.writer(stream)
    for row in (heads, *rows):
        writer.writerow([f"'{one}" if one.startswith(_RISKY) else one for one in row])
    return stream.getvalue().encode("utf-8-sig")


def _xlsx(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet()
    head = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "valign": "vcenter"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    for column, title in enumerate(heads):
        texts = [title, *(row[column] for row in rows)]
        longest = max(len(line) for text in texts for line in text.split("\n"))
        page.set_column(column, column, min(_WIDEST, 2 * longest + _BLANK))
        page.write_string(0, column, title, head)
    for at, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            if text.isascii() and text.isdigit():  # to be added up and sorted
                page.write_number(at, column, int(text), cell)
            else:
                page.write_string(at, column, plain(text), cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    book.close()
    return stream.getvalue()
