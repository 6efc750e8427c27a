"""Workbooks out: one sheet per kind, every cell text, choices as drop-down lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from secops.contracts.inventory_files import Sheet
from secops.errors import msgid
from secops.errors.files import ExportTooLargeError
from secops.files.cell_text import CellWriter
from secops.files.recognition import KindWords, Recognition
from secops.files.table_head import ID, REVISION
from secops.guards.xlsx_grid import MOST_ROWS
from secops.model.record import CellKind

_LISTS: Final = "_choices"
_PASSIVE: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
}
_ALLOWED: Final = {
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
_MOST_IN_CELL: Final = 32_767
_EXTRA_ROWS: Final = 1_000
_LAST_ROW: Final = 1_048_575


class XlsxWriter:
    """Writes an export as a workbook that people fill in and send back."""

    def __init__(self, words: Recognition) -> None:
        self._words = words
        self._cells = CellWriter(words)

    def __call__(self, sheets: Iterable[Sheet], revision: str) -> bytes:
        """Give the workbook's bytes; raises ExportTooLargeError where Excel's bounds are passed."""
        stream = BytesIO()
        book = xlsxwriter.Workbook(stream, dict(_PASSIVE))
        book.set_properties({"comments": f"secops inventory {revision}"})
        formats = {
            "text": book.add_format({"num_format": "@", "locked": False, "valign": "top"}),
            "fixed": book.add_format({"num_format": "@", "valign": "top", "font_color": "#808080"}),
            "head": book.add_format(
                {"num_format": "@", "bold": True, "bottom": 1, "bg_color": "#DDE6F0"}
            ),
        }
        lists = self._lists()
        for sheet in sheets:
            self._sheet(book, sheet, revision, formats, lists)
        self._write_lists(book, lists)
        book.close()
        return stream.getvalue()

    def _lists(self) -> dict[str, tuple[str, ...]]:
        yes_no = tuple(self._cells.write_boolean(value) for value in (True, False))
        levels = tuple(str(level) for level in range(1, 6))
        lists = {CellKind.BOOLEAN.value: yes_no, CellKind.LEVEL.value: levels}
        return lists | {
            name: tuple(one.titles.values()) for name, one in self._words.choices.items()
        }

    def _write_lists(self, book: Any, lists: Mapping[str, tuple[str, ...]]) -> None:  # noqa: ANN401  # XlsxWriter has no types
        page = book.add_worksheet(_LISTS)
        for row in range(max(len(one) for one in lists.values())):
            for column, words in enumerate(lists.values()):
                if row < len(words):
                    page.write_string(row, column, words[row])
        page.very_hidden()

    def _sheet(  # what XlsxWriter needs at each sheet
        self,
        book: Any,  # noqa: ANN401  # XlsxWriter has no types
        sheet: Sheet,
        revision: str,
        formats: Mapping[str, object],
        lists: Mapping[str, tuple[str, ...]],
    ) -> None:
        words = self._words.kinds[sheet.kind]
        page = book.add_worksheet(words.title)
        paths = list(words.titles)
        page.set_column(0, 1, 4, formats["fixed"], {"hidden": True})
        for column, path in enumerate(paths, 2):
            fixed = path == "no" or (sheet.kind == "contact" and path == "id")
            width = max(10, min(30, 2 * len(words.titles[path]) + 2))
            page.set_column(column, column, width, formats["fixed" if fixed else "text"])
        page.set_column(len(paths) + 2, len(paths) + 2, 8, formats["text"])
        titles = [ID, REVISION, *words.titles.values(), self._words.mark_title]
        for column, title in enumerate(titles):
            page.write_string(0, column, title, formats["head"])
        last = self._rows(page, sheet, revision, words, formats)
        page.freeze_panes(1, 3 + (sheet.kind != "contact"))
        page.autofilter(0, 0, max(last, 1), len(titles) - 1)
        _validate(page, words, paths, last, lists)
        page.protect("", dict(_ALLOWED))

    def _rows(
        self,
        page: Any,  # noqa: ANN401  # XlsxWriter has no types
        sheet: Sheet,
        revision: str,
        words: KindWords,
        formats: Mapping[str, object],
    ) -> int:
        fields = [words.fields[path] for path in words.titles]
        row = 0
        for id_, cells in sheet.rows:
            row += 1
            if row > MOST_ROWS:
                raise ExportTooLargeError(most=msgid("at most 100,000 rows a sheet"))
            page.write_string(row, 0, id_, formats["fixed"])
            page.write_string(row, 1, revision, formats["fixed"])
            for column, field in enumerate(fields, 2):
                text = self._cells.write(field, cells.get(field.path))
                if len(text) > _MOST_IN_CELL:
                    raise ExportTooLargeError(most=msgid("at most 32,767 signs a cell"))
                fixed = column == 2 and (field.path in ("no", "id"))  # noqa: PLR2004  # the first shown
                if text:
                    page.write_string(row, column, text, formats["fixed" if fixed else "text"])
        return row


def _validate(
    page: Any,  # noqa: ANN401  # XlsxWriter has no types
    words: KindWords,
    paths: list[str],
    last: int,
    lists: Mapping[str, tuple[str, ...]],
) -> None:
    columns = {name: number for number, name in enumerate(lists)}
    for column, path in enumerate(paths, 2):
        field = words.fields[path]
        name = (
            field.enum.__name__
            if field.kind is CellKind.CHOICE and field.enum
            else field.kind.value
        )
        if name not in columns or field.many:
            continue
        letter = xlsxwriter.utility.xl_col_to_name(columns[name], col_abs=True)
        source = f"='{_LISTS}'!{letter}$1:{letter}${len(lists[name])}"
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        page.data_validation(1, column, min(last + _EXTRA_ROWS, _LAST_ROW), column, rule)
