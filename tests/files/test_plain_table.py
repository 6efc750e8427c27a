"""Tables of text as files: what is typed stays text, in .xlsx and in .csv."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl

from secops.files.plain_table import table_bytes

HEADS = ["编号", "单位"]
ROWS = [["12", "示例县第一小学"], ["3", '=HYPERLINK("x")'], ["", "甲\n乙"]]


def test_a_workbook_holds_numbers_as_numbers_and_no_formula() -> None:
    page = openpyxl.load_workbook(BytesIO(table_bytes(".xlsx", HEADS, ROWS))).active
    assert page is not None
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert cells == [HEADS, [12, ROWS[0][1]], [3, ROWS[1][1]], ["", "甲\n乙"]]
    assert page["B3"].data_type == "s"


def test_a_csv_file_opens_in_excel_and_holds_no_formula() -> None:
    content = table_bytes(".csv", HEADS, ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert lines == [HEADS, ROWS[0], ["3", '\'=HYPERLINK("x")'], ROWS[2]]
