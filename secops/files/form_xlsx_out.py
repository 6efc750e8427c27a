"""Forms out: a first sheet that says how, then sheets whose entry cells are the only open ones.

Every sheet carries the form's id and its own key in a hidden cell, every entry column its key in
a hidden row, every row its id: so a copy is read whatever office program saved it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_rowcol_to_cell

from secops.contracts.words import Words
from secops.errors import msgid
from secops.errors.files import ExportTooLargeError
from secops.files import form_marks as marks
from secops.files.form_looks import Looks, height
from secops.guards.plain_text import plain
from secops.guards.xlsx_grid import MOST_ROWS
from secops.model.form import Choices, EntryKind, Form, FormColumn, FormRow, FormSheet

_PASSIVE: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ALLOWED: Final = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
_MOST_IN_CELL: Final = 32_767
_A4: Final = 9
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31


def write_form(form: Form, words: Words) -> bytes:
    """Give the workbook's bytes; raises ExportTooLargeError where Excel's bounds are passed."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, dict(_PASSIVE))
    book.set_properties({"title": form.title})
    book.set_custom_property(marks.PROPERTY, f"{form.id} 1")
    _Writer(book=book, words=words, looks=Looks(book), form=form).write()
    book.close()
    return stream.getvalue()


@dataclass(slots=True, kw_only=True)
class _Writer:
    """One workbook being written."""

    book: Any  # XlsxWriter has no types
    words: Words
    looks: Looks
    form: Form
    lists: dict[Choices, str] = field(default_factory=dict)  # where the titles of each one stand

    def write(self) -> None:
        titles = [self.words.gettext(msgid("how to fill in")), *(s.title for s in self.form.sheets)]
        cover, *names = _names(titles)
        first = self.book.add_worksheet(cover)
        for sheet, name in zip(self.form.sheets, names, strict=True):
            self._sheet(sheet, self.book.add_worksheet(name))
        self._cover(first, names)
        self._write_lists()

    def _cover(self, page: Any, names: Sequence[str]) -> None:  # noqa: ANN401  # as above
        """Say what it is, by whom it is filled in, how far it has come, and how."""
        look = self.looks
        page.set_column(0, 0, 4, None, {"hidden": True})
        page.set_column(1, 1, 18)
        page.set_column(2, 2, 46)
        page.set_column(3, 4, 12)
        page.write_string(0, 0, marks.mark(self.form.id, marks.COVER), look.hidden)
        page.write_string(0, 1, self.form.title, look.title)
        page.set_row(0, 34)
        row = 2
        for title, value in self.form.facts:
            page.write_string(row, 1, title, look.label)
            page.write_string(row, 2, value, look.fixed)
            row += 1
        asked = [(marks.BY, msgid("filled in by"), self.form.by)]
        if self.form.asks_post:
            asked.append((marks.POST, msgid("their post"), ""))
        for mark, title, value in asked:
            page.write_string(row, 0, mark, look.hidden)
            page.write_string(row, 1, self.words.gettext(title), look.label)
            page.write_string(row, 2, plain(value), look.entry)
            page.conditional_format(row, 2, row, 2, {"type": "blanks", "format": look.blank})
            row += 1
        row = self._progress(page, row + 1, names)
        for number, step in enumerate(self.form.guide, 1):
            page.write_string(row, 1, str(number), look.number)
            page.merge_range(row, 2, row, 4, step, look.step)
            page.set_row(row, height([(step, 70, False)]))
            row += 1
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)

    def _progress(self, page: Any, row: int, names: Sequence[str]) -> int:  # noqa: ANN401  # as above
        """Count what is done, sheet by sheet and in all; office programs keep it up to date."""
        look, first = self.looks, row + 1
        heads = (msgid("sheet"), msgid("rows filled in"), msgid("rows in all"))
        for column, head in zip((2, 3, 4), heads, strict=True):
            page.write_string(row, column, self.words.gettext(head), look.head)
        page.write_string(row, 1, self.words.gettext(msgid("progress")), look.label)
        for sheet, name in zip(self.form.sheets, names, strict=True):
            if sheet.counted and sheet.rows:
                row += 1
                page.write_url(row, 2, f"internal:{quote_sheetname(name)}!A1", look.link, name)
                formula = f"={_count(sheet, f'{quote_sheetname(name)}!')}"
                page.write_formula(row, 3, formula, look.figure, sheet.done)
                page.write_number(row, 4, len(sheet.asked), look.figure)
        if row < first:
            return row + 1
        row += 1
        counted = [one for one in self.form.sheets if one.counted]
        totals = (sum(one.done for one in counted), sum(len(one.asked) for one in counted))
        page.write_string(row, 2, self.words.gettext(msgid("in all")), look.total)
        for column, total in zip((3, 4), totals, strict=True):
            letter = xl_col_to_name(column)
            formula = f"=SUM({letter}{first + 1}:{letter}{row})"
            page.write_formula(row, column, formula, look.total, total)
        return row + 2

    def _sheet(self, sheet: FormSheet, page: Any) -> None:  # noqa: ANN401  # as above
        look = self.looks
        if len(sheet.rows) + sheet.spare > MOST_ROWS:
            raise ExportTooLargeError(most=msgid("at most 100,000 rows a sheet"))
        page.set_column(0, marks.ASKED_COLUMN, 4, look.hidden, {"hidden": True})
        page.write_string(0, 0, marks.mark(self.form.id, sheet.key), look.hidden)
        page.write_string(0, marks.FIRST_COLUMN, sheet.title, look.title)
        page.set_row(0, 30)
        page.set_row(marks.KEY_ROW, None, None, {"hidden": True})
        for at, title in enumerate((marks.ID, marks.REVISION, marks.ASKED)):
            page.write_string(marks.HEAD_ROW, at, title, look.hidden)
        for at, column in enumerate(sheet.columns, marks.FIRST_COLUMN):
            page.set_column(at, at, column.width)
            open_ = column.entry is not EntryKind.FIXED
            page.write_string(marks.HEAD_ROW, at, column.title, look.asked if open_ else look.head)
            if open_:
                page.write_string(marks.KEY_ROW, at, column.key, look.hidden)
        page.set_row(marks.HEAD_ROW, 30)
        self._title_progress(sheet, page)
        for at, row in enumerate(sheet.rows, marks.FIRST_ROW):
            self._row(sheet, page, at, row)
        self._spare(sheet, page)
        for at, column in enumerate(sheet.columns, marks.FIRST_COLUMN):
            self._rules(sheet, page, at, column)
        self._set_up(sheet, page)

    def _title_progress(self, sheet: FormSheet, page: Any) -> None:  # noqa: ANN401  # as above
        if not (sheet.counted and sheet.rows):
            return
        columns = enumerate(sheet.columns, marks.FIRST_COLUMN)
        at = next(at for at, one in columns if one.entry is not EntryKind.FIXED)
        said = self.words.gettext(msgid("filled in: {done} of {count}"))
        count = len(sheet.asked)
        shown = said.format(done=sheet.done, count=count)
        formula = said.replace('"', "").format(done=f'"&{_count(sheet)}&"', count=count)
        page.write_formula(0, at, f'="{formula}"', self.looks.progress, shown)

    def _row(self, sheet: FormSheet, page: Any, at: int, row: FormRow) -> None:  # noqa: ANN401  # as above
        look = self.looks
        page.write_string(at, marks.ID_COLUMN, row.id, look.hidden)
        page.write_string(at, marks.REVISION_COLUMN, row.revision, look.hidden)
        page.write_number(at, marks.ASKED_COLUMN, int(not row.optional), look.hidden)
        texts: list[tuple[str, int, bool]] = []
        for where, column in enumerate(sheet.columns, marks.FIRST_COLUMN):
            text = plain(row.cells.get(column.key, ""))
            if column.entry is EntryKind.CHOICE:
                text = dict(row.choices.get(column.key, column.choices)).get(text, text)
            if len(text) > _MOST_IN_CELL:
                raise ExportTooLargeError(most=msgid("at most 32,767 signs a cell"))
            form = look.of(column, closed=column.key in row.closed)
            texts.append((text, column.width, column.quiet))
            if text and column.entry is EntryKind.WHOLE:
                page.write_number(at, where, int(text), form)
            elif text:
                page.write_string(at, where, text, form)
            else:
                page.write_blank(at, where, None, form)
        page.set_row(at, height(texts))

    def _spare(self, sheet: FormSheet, page: Any) -> None:  # noqa: ANN401  # as above
        first = marks.FIRST_ROW + len(sheet.rows)
        for at in range(first, first + sheet.spare):
            for where, column in enumerate(sheet.columns, marks.FIRST_COLUMN):
                page.write_blank(at, where, None, self.looks.of(column, closed=False))

    def _rules(self, sheet: FormSheet, page: Any, at: int, column: FormColumn) -> None:  # noqa: ANN401  # as above
        """Offer lists, ask for whole numbers, mark what is still empty."""
        if column.entry in (EntryKind.CHOICE, EntryKind.TEXT):
            closed = column.entry is EntryKind.CHOICE  # of text the list is only an offer
            for choices, runs in _runs_by_choices(sheet, column).items():
                rule = {"validate": "list", "source": f"={self._list(choices)}"}
                self._validate(page, at, runs, {**rule, "show_error": closed})
        runs = _open_runs(sheet, column)
        if column.entry is EntryKind.WHOLE and runs:
            whole = {"validate": "integer", "criteria": ">=", "value": 0}
            self._validate(page, at, runs, whole)
        if column.needed:
            for first, last in _open_runs(sheet, column, needed=True):
                marked = {"type": "blanks", "format": self.looks.blank}
                page.conditional_format(first, at, last, at, marked)

    def _validate(
        self,
        page: Any,  # noqa: ANN401  # as above
        at: int,
        runs: Sequence[tuple[int, int]],
        rule: Mapping[str, object],
    ) -> None:
        title = self.words.gettext(msgid("this cannot stand here"))
        said = (
            msgid("choose from the list")
            if rule["validate"] == "list"
            else msgid("only a whole number can stand here")
        )
        (first, last), *others = runs
        page.data_validation(
            first,
            at,
            last,
            at,
            {
                **rule,
                "error_title": title,
                "error_message": self.words.gettext(said),
                "other_cells": [[a, at, b, at] for a, b in others],
            },
        )

    def _list(self, choices: Choices) -> str:
        """Give the cells where a list will stand."""
        if choices not in self.lists:
            letter = xl_col_to_name(len(self.lists), col_abs=True)
            self.lists[choices] = f"{marks.LISTS}!{letter}$1:{letter}${max(len(choices), 1)}"
        return self.lists[choices]

    def _write_lists(self) -> None:
        page = self.book.add_worksheet(marks.LISTS)
        for column, choices in enumerate(self.lists):
            for row, (_, title) in enumerate(choices):
                page.write_string(row, column, title)
        page.very_hidden()

    def _set_up(self, sheet: FormSheet, page: Any) -> None:  # noqa: ANN401  # as above
        columns = len(sheet.columns)
        last = marks.FIRST_ROW + max(len(sheet.rows) + sheet.spare, 1) - 1
        page.freeze_panes(marks.FIRST_ROW, marks.FIRST_COLUMN + 1)
        page.autofilter(marks.HEAD_ROW, 0, last, marks.FIRST_COLUMN + columns - 1)
        end = xl_rowcol_to_cell(last, marks.FIRST_COLUMN + columns - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:{end}"})  # it is text on purpose
        page.protect("", dict(_ALLOWED))
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(marks.HEAD_ROW)
        page.set_footer("&L&A&R&P / &N")
        page.hide_gridlines(2)


def _names(titles: Sequence[str]) -> list[str]:
    """Make titles fit for sheets: no forbidden sign, not too long, each only once."""
    names: list[str] = []
    for title in titles:
        name = _NO_NAME.sub("-", title).strip("' ")[:_LONGEST_NAME] or "-"
        number = 2
        while name.casefold() in {one.casefold() for one in names}:
            name = f"{name[: _LONGEST_NAME - 4]} ({number})"
            number += 1
        names.append(name)
    return names


def _count(sheet: FormSheet, place: str = "") -> str:
    """Count the rows of which at least one counted cell is filled."""
    last = marks.FIRST_ROW + len(sheet.rows)
    filled = [
        f'({place}{letter}{marks.FIRST_ROW + 1}:{letter}{last}<>"")'
        for at, column in enumerate(sheet.columns, marks.FIRST_COLUMN)
        if column.key in sheet.counted
        for letter in [xl_col_to_name(at, col_abs=True)]
    ]
    letter = xl_col_to_name(marks.ASKED_COLUMN, col_abs=True)
    asked = f"({place}{letter}{marks.FIRST_ROW + 1}:{letter}{last}=1)"
    return f"SUMPRODUCT({asked}*(({'+'.join(filled)})>0))"


def _runs(marked: Sequence[object]) -> Iterator[tuple[object, int, int]]:
    """Give each run of equal marks with its first and last row."""
    at = marks.FIRST_ROW
    for found, group in groupby(marked):
        length = len(list(group))
        yield found, at, at + length - 1
        at += length


def _open_runs(
    sheet: FormSheet, column: FormColumn, *, needed: bool = False
) -> list[tuple[int, int]]:
    """Give the runs of rows that can be filled in, or only those that must be."""
    marked = [column.key not in row.closed and not (needed and row.optional) for row in sheet.rows]
    marked += [not needed] * sheet.spare
    return [(first, last) for found, first, last in _runs(marked) if found]


def _runs_by_choices(sheet: FormSheet, column: FormColumn) -> dict[Choices, list[tuple[int, int]]]:
    lists: list[Choices] = [
        () if column.key in row.closed else row.choices.get(column.key, column.choices)
        for row in sheet.rows
    ]
    lists += [column.choices] * sheet.spare
    found: dict[Choices, list[tuple[int, int]]] = {}
    for choices, first, last in _runs(lists):
        if choices and isinstance(choices, tuple):
            found.setdefault(choices, []).append((first, last))
    return found
