"""A unit's own spreadsheet: other titles, other order, any usual spelling, every mistake named."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from secops.contracts.inventory_files import InventoryFile
from secops.errors import InputError
from secops.files.inventory_files import read_inventory
from secops.files.inventory_map import SheetMap, load_map
from secops.files.recognition import load_recognition
from secops.settings.data import data_folder

WORDS = load_recognition(data_folder("checklists") / "recognition" / "inventory.yaml")
HEAD = ("序号", "网站名称", "责任单位", "等级", "上线时间", "颜色", "系统类型")
ROW = (1.0, "门户网站", "云川市第三中学", "S2A3G3", "二〇二一年九月一日", "蓝", "门户")
Cells = Sequence[Sequence[object]]


def workbook(path: Path, rows: Cells, *, merge: str = "", formula: str = "") -> Path:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    page = book.add_worksheet("系统台账")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(at, column, cell)
    if merge:
        page.merge_range(merge, "合并")
    if formula:
        page.write_formula(formula, "=1+1", None, 2)
    book.close()
    path.write_bytes(stream.getvalue())
    return path


def read(path: Path, mapping: str = "") -> InventoryFile:
    maps: tuple[SheetMap, ...] = ()
    if mapping:
        file = path.parent / "map.yaml"
        file.write_text(mapping, "utf-8")
        maps = load_map(file, WORDS)
    return read_inventory(path, WORDS, maps)


def test_titles_of_any_order_below_a_title_line_are_recognised(tmp_path: Path) -> None:
    rows = [("云川市第三中学信息系统台账",), ("填表日期：2026年",), HEAD, ROW, (None,) * 7]
    found = read(workbook(tmp_path / "t.xlsx", rows))
    assert not found.problems
    (row,) = found.rows
    assert row.cells == {
        "name": "门户网站",
        "ownership.operating_unit": "云川市第三中学",
        "grading.business_information": 2,
        "grading.system_service": 3,
        "business.in_use_since": date(2021, 9, 1),
        "kind": "website",
    }
    assert [one.details for one in found.notices] == [{"columns": "颜色"}]


@pytest.mark.parametrize(
    ("codec", "taken"), [("utf-8-sig", "UTF-8"), ("utf-8", "UTF-8"), ("gbk", "GB18030")]
)
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_csv_says_which_encoding_was_taken(
    tmp_path: Path, codec: str, taken: str, comma: str
) -> None:
    path = tmp_path / "t.csv"
    text = "\r\n".join(comma.join(str(cell) for cell in row) for row in (HEAD, ROW))
    path.write_bytes(text.encode(codec))
    found = read(path)
    assert found.notices[0].details == {"encoding": taken}
    assert found.rows[0].cells["kind"] == "website"


def test_one_level_for_both_is_taken_and_said(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "t.xlsx", [HEAD, (*ROW[:3], "三级", *ROW[4:])]))
    assert found.rows[0].cells["grading.system_service"] == 3
    assert found.notices[-1].details == {"count": "1"}


def test_a_head_of_two_merged_rows_is_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    page = book.add_worksheet("系统台账")
    page.merge_range("A1:A2", "系统名称")
    page.merge_range("B1:B2", "运营单位")
    page.merge_range("C1:D1", "运维")
    page.write_row("C2", ["责任人", "岗位"])
    page.write_row("A3", ["门户网站", "三中", "秦穗", "网管"])
    book.close()
    (tmp_path / "t.xlsx").write_bytes(stream.getvalue())
    found = read(tmp_path / "t.xlsx")
    assert found.rows[0].cells == {
        "name": "门户网站",
        "ownership.operating_unit": "三中",
        "ownership.maintains.person": "秦穗",
        "ownership.maintains.post": "网管",
    }


MAP = """
sheets:
- sheet: 系统台账
  kind: system
  head: 1
  columns: {全称: name, 归口: ownership.operating_unit, 密级: grading.level, 颜色: ignore}
  values: {kind: {一网通: platform}}
  constants: {stage: 运行中}
"""


def test_a_mapping_file_says_what_columns_and_values_mean(tmp_path: Path) -> None:
    rows = [("全称", "归口", "密级", "颜色", "类别"), ("大厅", "三中", "二级", "红", "一网通")]
    found = read(workbook(tmp_path / "t.xlsx", rows), MAP)
    assert not found.problems
    assert found.rows[0].cells == {
        "stage": "running",
        "name": "大厅",
        "ownership.operating_unit": "三中",
        "kind": "platform",
        "grading.business_information": 2,
        "grading.system_service": 2,
    }
    assert "columns" not in {key for one in found.notices for key in one.details}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("kind: sistem", "map.yaml:2:9: 'kind' must be one of unit"),
        ("kind: system\n  columns: {全称: nmae}", "map.yaml:3:17: 'nmae' is no field of system"),
        ("kind: system\n  constants: {stage: 未知}", "map.yaml:3:22: 'stage' must be one of"),
        ("kind: system\n  colums: {}", "map.yaml:3:3: key 'colums' is not known here"),
    ],
)
def test_a_wrong_mapping_file_is_refused_at_its_line(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(workbook(tmp_path / "t.xlsx", [HEAD, ROW]), f"sheets:\n- {line}\n")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (3, "二极", "系统台账!D2: '等级' cannot be '二极'"),
        (4, "2026年13月1日", "系统台账!E2: '上线时间' must be a date"),
        (6, "网沾", "系统台账!G2: '系统类型' cannot be '网沾'"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, column: int, value: str, said: str) -> None:
    row = [*ROW[:column], value, *ROW[column + 1 :]]
    (problem,) = read(workbook(tmp_path / "t.xlsx", [HEAD, row])).problems
    assert said in str(problem)


def test_all_wrong_cells_are_named_at_once(tmp_path: Path) -> None:
    rows = [HEAD, [*ROW[:3], "二极", "昨天", "", "网沾"], [*ROW[:3], "九级", *ROW[4:]]]
    assert len(read(workbook(tmp_path / "t.xlsx", rows)).problems) == 4


def test_a_formula_in_a_column_that_is_read_is_refused(tmp_path: Path) -> None:
    (problem,) = read(workbook(tmp_path / "t.xlsx", [HEAD, ROW], formula="C2")).problems
    assert "系统台账!C2: '责任单位' holds a formula" in str(problem)


def test_a_formula_elsewhere_does_not_matter(tmp_path: Path) -> None:
    assert not read(workbook(tmp_path / "t.xlsx", [HEAD, ROW], formula="A2")).problems


def test_merged_data_cells_are_refused(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "t.xlsx", [HEAD, ROW, ROW], merge="B2:B3"))
    assert "系统台账!B2: data cells are merged" in str(found.problems[0])


def test_a_sheet_without_a_head_is_refused(tmp_path: Path) -> None:
    (problem,) = read(workbook(tmp_path / "t.xlsx", [("甲", "乙"), (1, 2)])).problems
    assert "no row of this sheet looks like a table head" in str(problem)


def test_broken_quotes_in_csv_name_their_line(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('系统名称,运营单位\n"甲,乙\n', "utf-8")
    with pytest.raises(InputError, match=r"t.csv:2:1"):
        read(path)


def test_a_csv_file_is_named_once(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("甲,乙\n1,2\n", encoding="utf-8")
    (problem,) = read(file).problems
    assert str(problem).count("list.csv") == 1


def test_cells_merged_over_several_rows_count_for_each(tmp_path: Path) -> None:
    rows = [HEAD, ROW, (2.0, "教务系统", None, *ROW[3:]), (3.0, "图书系统", None, *ROW[3:])]
    found = read(workbook(tmp_path / "t.xlsx", rows, merge="C2:C3"))
    assert [one.cells.get("ownership.operating_unit") for one in found.rows] == [
        "合并",
        "合并",
        None,
    ]
    assert {"cells": "C2"} in [one.details for one in found.notices]
    assert not found.problems


def test_a_cell_merged_over_columns_stays_a_mistake(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "t.xlsx", [HEAD, ROW, ROW], merge="C2:D2"))
    assert "系统台账!C2: data cells are merged" in str(found.problems[0])


def test_rows_below_the_last_record_are_said_and_not_read(tmp_path: Path) -> None:
    below = [("小计", "2 个"), (None,), ("填表人：甲   审核人：乙",), ("备注", "略")]
    found = read(workbook(tmp_path / "t.xlsx", [HEAD, ROW, *below], merge="B5:G5"))
    assert len(found.rows) == 1
    assert not found.problems
    assert {"rows": "3 小计, 5 填表人, 6 备注"} in [one.details for one in found.notices]


def test_a_row_that_only_looks_like_a_footer_is_read(tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "t.xlsx", [HEAD[1:], ("备注管理系统", *ROW[2:])]))
    assert [one.cells["name"] for one in found.rows] == ["备注管理系统"]


@pytest.mark.parametrize(
    ("seen", "day"),
    [
        ("2024年9月", date(2024, 9, 1)),
        ("2019.9", date(2019, 9, 1)),
        ("2024-09", date(2024, 9, 1)),
        ("2022年", date(2022, 1, 1)),
        ("二〇二二年十月", date(2022, 10, 1)),
        (2022, date(2022, 1, 1)),
        (2019.9, date(2019, 9, 1)),
    ],
)
def test_a_month_or_a_year_is_its_first_day_and_said(
    tmp_path: Path, seen: object, day: date
) -> None:
    found = read(workbook(tmp_path / "t.xlsx", [HEAD, (*ROW[:4], seen, *ROW[5:])]))
    assert found.rows[0].cells["business.in_use_since"] == day
    notice = found.notices[-1]
    assert str(notice.where).endswith("系统台账!E2")
    assert notice.details == {"column": "上线时间", "count": "1", "example": str(seen)}


@pytest.mark.parametrize("seen", [2024.1, "2024-13", "2024年0月"])
def test_a_month_that_is_none_or_may_be_two_is_refused(tmp_path: Path, seen: object) -> None:
    found = read(workbook(tmp_path / "t.xlsx", [HEAD, (*ROW[:4], seen, *ROW[5:])]))
    assert [one.code for one in found.problems] == ["value.wrong"]


@pytest.mark.parametrize("mapping", ["", 'values: {grading.level: {另议: ""}}'])
@pytest.mark.parametrize("seen", ["未定级", "待定", "另议"])
def test_not_graded_yet_is_no_grade(tmp_path: Path, mapping: str, seen: str) -> None:
    path = workbook(tmp_path / "t.xlsx", [HEAD, (*ROW[:3], seen, *ROW[4:])])
    sheet = f"# map\nsheets:\n- kind: system\n  {mapping}\n" if mapping else ""
    found = read(path, sheet)
    known = bool(mapping) or seen != "另议"
    assert bool(found.problems) is not known
    assert "grading.system_service" not in found.rows[0].cells


def test_one_sheet_may_state_two_kinds(tmp_path: Path) -> None:
    mapping = """
sheets:
- sheet: 系统台账
  kind: component
  columns: {服务器: name, 地址: ignore, 部门: unit}
  constants: {kind: host}
- sheet: 系统台账
  kind: endpoint
  columns: {服务器: ignore, 地址: value, 部门: ignore}
"""
    found = read(
        workbook(tmp_path / "t.xlsx", [("服务器", "地址", "部门"), ("甲", "192.0.2.1", "乙")]),
        mapping,
    )
    assert [one.cells for one in found.rows] == [
        {"name": "甲", "unit": "乙", "kind": "host"},
        {"value": "192.0.2.1"},
    ]
    assert not found.problems
