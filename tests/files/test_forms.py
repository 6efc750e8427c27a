"""Forms go out as workbooks and come back: what was typed, by its marks, or a clear mistake."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secops.errors import InputError
from secops.files.form_xlsx import read_form
from secops.files.form_xlsx_out import write_form
from secops.guards.plain_text import plain
from secops.judging.form_check import checked
from secops.model.form import EntryKind, FormColumn, FormRow, FormSheet
from secops.settings.catalogue import words_for
from tests.files.form_samples import (
    FORM,
    PATH,
    Spoil,
    checked_copy,
    copy_of,
    edited,
    workbook,
)

SHEET = "安全计算环境"
WORDS = words_for("zh")


def _cells(change: Spoil) -> dict[str, dict[str, str]]:
    found = checked_copy(change)
    assert not found.unfit
    assert not found.refused
    return {row.base.id: dict(row.cells) for row in found.rows if row.base}


def _nothing(book: Any) -> None:  # noqa: ANN401  # openpyxl's workbook
    del book


def _put(cell: str, value: object, sheet: str = SHEET) -> Spoil:
    def change(book: Any) -> None:  # noqa: ANN401  # as above
        book[sheet][cell] = value

    return change


def test_a_copy_that_nobody_touched_says_what_stood_there() -> None:
    cells = _cells(_nothing)
    assert cells["ce/item-2"] == {"value": "good", "n": "", "note": ""}
    assert {row["value"] for row in cells.values()} == {"", "good"}
    assert copy_of(_nothing).by == "林一帆"


@pytest.mark.parametrize("typed", ["不符合", " 不 符合", "不符合　", "bad"])
def test_a_choice_is_known_by_its_title_however_it_is_spaced(typed: str) -> None:
    if typed == "bad":
        assert checked_copy(_put("F4", typed)).refused
    else:
        assert _cells(_put("F4", typed))["ce/item-1"]["value"] == "bad"


def test_a_spelling_of_the_table_is_known_but_only_for_what_the_row_offers() -> None:
    assert _cells(_put("F4", "OK"))["ce/item-1"]["value"] == "good"
    (wrong,) = checked_copy(_put("F4", "超")).refused
    assert wrong.code == "value.wrong-choice"


@pytest.mark.parametrize(("typed", "read"), [(12, "12"), (12.0, "12"), ("０１２", "12")])
def test_a_number_has_no_point(typed: object, read: str) -> None:
    assert _cells(_put("G8", typed))["ce/item-5"]["n"] == read


def test_text_that_looks_like_something_else_stays_text() -> None:
    assert _cells(_put("H4", "0012"))["ce/item-1"]["note"] == "0012"
    assert _cells(_put("H4", "a\nb"))["ce/item-1"]["note"] == "a\nb"


def test_a_sheet_may_be_renamed_moved_and_hidden() -> None:
    def change(book: Any) -> None:  # noqa: ANN401  # as above
        book[SHEET].title = "我的表"
        book.move_sheet("我的表", 1)
        book["我的表"].sheet_state = "hidden"
        book["我的表"]["F4"] = "符合"

    assert _cells(change)["ce/item-1"]["value"] == "good"


def test_rows_may_be_sorted_and_missing_ones_say_nothing() -> None:
    def change(book: Any) -> None:  # noqa: ANN401  # as above
        page = book[SHEET]
        first = [page.cell(4, column).value for column in range(1, 9)]
        for column in range(1, 9):
            page.cell(4, column).value = page.cell(5, column).value
            page.cell(5, column).value = first[column - 1]
        page.delete_rows(8)

    found = checked_copy(change)
    assert [row.base.id for row in found.rows if row.base] == [
        "ce/item-2",
        "ce/item-1",
        "ce/item-3",
        "ce/item-4",
    ]
    assert found.missing == 1
    assert not found.unfit


def test_a_row_without_an_id_is_an_addition_where_rows_can_be_added() -> None:
    found = checked_copy(_put("D4", "新系统", "补充"))
    (added,) = [row for row in found.rows if row.base is None]
    assert added.cells == {"name": "新系统"}
    assert str(added.place("name")) == "form.xlsx 补充!D4"


def _formula(book: Any) -> None:  # noqa: ANN401  # as above
    book[SHEET]["F4"] = '=IF(1,"符合","")'


def _merge(book: Any) -> None:  # noqa: ANN401  # as above
    book[SHEET].merge_cells("F4:F5")


def _foreign_sheet(book: Any) -> None:  # noqa: ANN401  # as above
    book[SHEET]["A1"] = "secops-form/1 0190-0002 ce"


def _copied_sheet(book: Any) -> None:  # noqa: ANN401  # as above
    book.copy_worksheet(book[SHEET])


def _lost_sheet(book: Any) -> None:  # noqa: ANN401  # as above
    del book[SHEET]


def _lost_column(book: Any) -> None:  # noqa: ANN401  # as above
    book[SHEET].delete_cols(8)


def _copied_column(book: Any) -> None:  # noqa: ANN401  # as above
    for row in range(1, 6):
        book[SHEET].cell(row, 12).value = book[SHEET].cell(row, 6).value
    book[SHEET]["L4"] = "不符合"


def _narrow(book: Any) -> None:  # noqa: ANN401  # as above
    book[SHEET].delete_cols(2, 20)


def _short(book: Any) -> None:  # noqa: ANN401  # as above
    book[SHEET].delete_rows(2, 20)


def _lost_id(book: Any) -> None:  # noqa: ANN401  # as above
    book[SHEET]["A5"] = None


def _reused_id(book: Any) -> None:  # noqa: ANN401  # as above
    book[SHEET]["A5"] = "ce/item-1"
    book[SHEET]["B5"] = "1"


def _unknown_id(book: Any) -> None:  # noqa: ANN401  # as above
    book[SHEET]["A5"] = "ce/item-99"


def _stale(book: Any) -> None:  # noqa: ANN401  # as above
    book[SHEET]["B5"] = "7"


UNFIT = {
    "merged": (_merge, "table.merged", "F4"),
    "a sheet of another form": (_foreign_sheet, "form.mixed", ""),
    "a copied sheet": (_copied_sheet, "form.repeated-sheet", ""),
    "a lost sheet": (_lost_sheet, "form.missing-sheet", ""),
    "a lost column": (_lost_column, "form.missing-column", ""),
    "a copied column": (_copied_column, "form.repeated-column", "L3"),
    "nothing but its ids": (_narrow, "form.missing-column", ""),
    "nothing but its title": (_short, "form.missing-column", ""),
    "a lost id": (_lost_id, "form.lost-id", "D5"),
    "a reused id": (_reused_id, "form.repeated-row", "D5"),
    "an unknown id": (_unknown_id, "form.unknown-row", "D5"),
    "a stale revision": (_stale, "form.stale-row", "D5"),
}


@pytest.mark.parametrize("case", UNFIT)
def test_a_copy_that_lost_what_it_is_read_by_is_not_taken(case: str) -> None:
    change, code, cell = UNFIT[case]
    wrong = checked_copy(change).unfit[0]
    assert wrong.code == code
    assert getattr(wrong.where, "cell", "") == cell


REFUSED = {
    "formula": (_formula, "table.formula", "F4"),
    "a near verdict": (_put("F4", "部份符合"), "value.unrecognised", "F4"),
    "no verdict": (_put("F4", "123"), "value.wrong-choice", "F4"),
    "half a thing": (_put("G8", 2.5), "value.wrong", "G8"),
    "an answer to nothing": (_put("G4", 3), "form.closed-cell", "G4"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_cell_that_cannot_be_taken_is_named_and_its_row_left_out(case: str) -> None:
    change, code, cell = REFUSED[case]
    found = checked_copy(change)
    assert not found.unfit
    (wrong,) = found.refused
    assert wrong.code == code
    assert getattr(wrong.where, "cell", "") == cell
    assert len([row for row in found.rows if row.base]) == 4


def test_a_closed_cell_may_say_what_stood_in_it_and_nothing_else() -> None:
    sheet = FORM.sheets[0]
    row = replace(sheet.rows[0], closed=frozenset({"value", "note"}))
    row = replace(row, cells={"value": "good", "note": "由平台填报"})
    form = replace(FORM, sheets=(replace(sheet, rows=(row,)),))
    content = write_form(form, WORDS)
    same = checked(form, read_form(content, PATH), {})
    assert [dict(one.cells) for one in same.rows] == [
        {"value": "good", "n": "", "note": "由平台填报"}
    ]
    changed = edited(_put("F4", "不符合"), content)
    (wrong,) = checked(form, read_form(changed, PATH), {}).refused
    assert wrong.code == "form.closed-cell"


def test_a_workbook_without_marks_is_no_form() -> None:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    with pytest.raises(InputError) as caught:
        read_form(stream.getvalue(), PATH)
    assert caught.value.code == "form.none"


def test_only_entry_cells_are_open_and_what_is_read_by_is_hidden() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    page = book[SHEET]
    assert page.protection.sheet
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[2].hidden
    assert page["F4"].protection.locked is False
    assert page["G4"].protection.locked is not False
    assert page["E4"].protection.locked is not False
    assert page["H4"].number_format == "@"
    assert page.freeze_panes == "E4"
    assert book["_lists"].sheet_state == "veryHidden"
    said: Any = getattr(book, "custom_doc_props")  # noqa: B009  # the stubs do not know it
    assert said["secops-form"].value == "0190-0001 1"


def test_a_hostile_title_is_a_name_of_a_sheet_no_more() -> None:
    sheets = tuple(
        FormSheet(key=f"s{n}", title=title, columns=FORM.sheets[1].columns, rows=(), spare=1)
        for n, title in enumerate(["a/b:c?*[x]\\", "'q'", "长" * 40, "长" * 40, ""])
    )
    content = write_form(replace(FORM, title="=1+1", sheets=sheets), WORDS)
    assert [one.key for one in read_form(content, PATH).sheets] == ["s0", "s1", "s2", "s3", "s4"]


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=4))
def test_any_text_goes_out_and_comes_back(texts: list[str]) -> None:
    column = FormColumn(key="note", title="说明", entry=EntryKind.TEXT)
    rows = tuple(
        FormRow(id=f"r-{n}", revision="0", cells={"note": text}) for n, text in enumerate(texts)
    )
    sheet = FormSheet(key="s", title="表", columns=(column,), rows=rows)
    form = replace(FORM, sheets=(sheet,))
    (found,) = read_form(write_form(form, WORDS), PATH).sheets
    assert [row.cells.get("note", "") for row in found.rows] == [
        plain(text).strip() for text in texts
    ]


def test_a_copy_saved_by_another_program_is_the_same() -> None:
    assert _cells(_nothing) == _cells(lambda book: book.move_sheet(SHEET, -1))
    assert read_form(edited(_nothing), PATH).form == FORM.id
