"""Kits that cannot be taken over: said with sheet and cell, nothing of that file is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.cli.filled_forms import keys_of, rows_of
from tests.cli.filled_kits import (
    CHECK,
    COUNTY,
    OTHER,
    SCHOOL,
    Filled,
    Say,
    county,
    document,
    fill_kit,
    kits_of,
    unit_in,
)

FIRST, ROLES = f"{CHECK}/responsibility/first-responsible", f"{CHECK}/responsibility/four-roles"
SITE, CHECKS, PERSONS = "系统和网站", "自查", "人员"
Spoil = Callable[[Any], None]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Give `secops` in the workspace of a county of two schools."""
    return county(tmp_path)


@pytest.fixture
def kits(say: Say, tmp_path: Path) -> dict[str, Path]:
    """Make the kits of both schools."""
    return kits_of(say, tmp_path / "kits")


WRONG: dict[str, tuple[Filled, tuple[str, ...]]] = {
    "no choice of the list": (
        Filled(entries={FIRST: {"value": "也许"}}),
        ("自查!", "是, 否, 不适用"),
    ),
    "no number": (Filled(entries={ROLES: {"n": "很多", "of": 4}}), ("自查!", "整数")),
    "a part larger than the whole": (
        Filled(entries={ROLES: {"n": 5, "of": 4}}),
        ("自查!", "EDU-02"),
    ),
    "not applicable without a reason": (
        Filled(entries={FIRST: {"value": "不适用"}}),
        ("自查!", "理由"),
    ),
    "a formula": (Filled(entries={ROLES: {"n": "=1+1", "of": 4}}), ("自查!", "公式")),
    "a telephone number that is none": (
        Filled(added=[(PERSONS, {"name": "孙知秋", "contact.mobile": "打座机"})]),
        ("人员!G", "移动电话"),
    ),
    "a person of another unit who is not there": (
        Filled(
            added=[
                (
                    SITE,
                    {
                        "name": "一小网盘",
                        "kind": "网站",
                        "stage": "运行中",
                        "ownership.uses.unit": OTHER,
                        "ownership.uses.person": "钱望",
                    },
                )
            ]
        ),
        ("系统和网站!", "钱望舒"),
    ),
    "a unit that is not there": (
        Filled(
            added=[
                (
                    SITE,
                    {
                        "name": "一小网盘",
                        "kind": "网站",
                        "stage": "运行中",
                        "ownership.uses.unit": "示例县第一小",
                        "ownership.uses.person": "林一帆",
                    },
                )
            ]
        ),
        ("系统和网站!", SCHOOL),
    ),
    "a system without its kind": (
        Filled(added=[(SITE, {"name": "一小网盘", "stage": "运行中"})]),
        ("系统和网站!", "系统类别"),
    ),
    "a state-secret system": (
        Filled(added=[(SITE, {"name": "涉密文件系统", "kind": "信息系统", "stage": "运行中"})]),
        ("系统和网站!", "涉密"),
    ),
    "one new system in two rows": (
        Filled(
            added=[
                (SITE, {"name": "一小网盘", "kind": "网站", "stage": "运行中"}),
                (SITE, {"name": "一小网盘", "kind": "平台", "stage": "运行中"}),
            ]
        ),
        ("系统和网站!", "同一个"),
    ),
    "nobody who filled it in": (
        Filled(entries={FIRST: {"value": "是"}}, by=""),
        ("填写说明!C", "填写人"),
    ),
    "a department without a person": (
        Filled(entries={"post deputy_in_charge": {"department": "教务处"}}),
        ("岗位!", "姓名"),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_cell_is_named_and_nothing_of_the_file_is_taken(
    say: Say, kits: dict[str, Path], tmp_path: Path, case: str
) -> None:
    filled, said = WRONG[case]
    more = {**filled.entries, f"{CHECK}/responsibility/budget": {"value": "是"}}
    wrong = Filled(entries=more, added=filled.added, by=filled.by)
    copy = fill_kit(kits[SCHOOL], tmp_path / "a.xlsx", wrong)
    before = say("audit", "verify").output
    result = say("--json", "kit", "merge", str(copy))
    line = unit_in(document(result, ends=3))
    assert line["state"] == "refused"
    for part in ("a.xlsx", *said):
        assert any(part in sentence for sentence in line["refused"]), line["refused"]
    assert say("audit", "verify").output == before


def _merge_rows(book: Any) -> None:  # noqa: ANN401  # openpyxl's workbook
    column = get_column_letter(keys_of(book[CHECKS])["value"])
    book[CHECKS].merge_cells(f"{column}5:{column}6")


def _drop_sheet(book: Any) -> None:  # noqa: ANN401  # as above
    del book[PERSONS]


def _drop_id(book: Any) -> None:  # noqa: ANN401  # as above
    page = book[CHECKS]
    row = rows_of(page)[FIRST]
    page.cell(row, 1).value = None
    page.cell(row, keys_of(page)["value"]).value = "是"


def _age_row(book: Any) -> None:  # noqa: ANN401  # as above
    page = book[CHECKS]
    page.cell(rows_of(page)[FIRST], 2).value = "7"


def _drop_column(book: Any) -> None:  # noqa: ANN401  # as above
    page = book[CHECKS]
    page.delete_cols(keys_of(page)["note"])


SPOILT: dict[str, tuple[Spoil, str]] = {
    "merged cells": (_merge_rows, "自查!"),
    "a sheet that is gone": (_drop_sheet, PERSONS),
    "a hidden id that is gone": (_drop_id, "自查!"),
    "a row of another export": (_age_row, "自查!"),
    "a column that is gone": (_drop_column, "说明"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_workbook_that_was_taken_apart_is_refused_whole(
    say: Say, kits: dict[str, Path], tmp_path: Path, case: str
) -> None:
    spoil, said = SPOILT[case]
    copy = fill_kit(
        kits[SCHOOL],
        tmp_path / "a.xlsx",
        Filled(entries={f"{CHECK}/responsibility/budget": {"value": "是"}}),
    )
    book = openpyxl.load_workbook(copy)
    spoil(book)
    book.save(copy)
    found = document(say("--json", "kit", "merge", str(copy)), ends=3)
    (refused,) = found["files_refused"]
    assert any(said in sentence for sentence in refused["said"]), refused["said"]


def test_renamed_sheets_are_known_again(say: Say, kits: dict[str, Path], tmp_path: Path) -> None:
    copy = fill_kit(kits[SCHOOL], tmp_path / "a.xlsx", Filled(entries={FIRST: {"value": "是"}}))
    book = openpyxl.load_workbook(copy)
    book[CHECKS].title = "我的自查"
    book.save(copy)
    assert unit_in(document(say("--json", "kit", "merge", str(copy))))["answered"] == 1


def test_a_kit_of_another_workspace_is_refused(
    say: Say, kits: dict[str, Path], tmp_path: Path
) -> None:
    del say
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    result = county(elsewhere)("--json", "kit", "merge", str(kits[SCHOOL]))
    (refused,) = document(result, ends=3)["files_refused"]
    assert refused["code"] == "form.unknown"


def test_a_kit_of_another_unit_is_refused_where_one_is_named(
    say: Say, kits: dict[str, Path]
) -> None:
    words = ("--json", "kit", "merge", *map(str, kits.values()), "--unit", SCHOOL)
    found = document(say(*words), ends=4)
    (refused,) = found["files_refused"]
    assert (Path(refused["file"]), refused["code"]) == (kits[OTHER], "kit.other-unit")
    assert unit_in(found)["state"] == "unchanged"


def test_a_sheet_of_answers_is_no_kit(say: Say, tmp_path: Path) -> None:
    words = (f"unit:{SCHOOL}", "--checklist", CHECK)
    form = tmp_path / "form.xlsx"
    assert say("assess", "start", *words).exit_code == 0
    assert say("assess", "export", *words, "--to", str(form)).exit_code == 0
    found = document(say("--json", "kit", "merge", str(form)), ends=3)
    assert found["files_refused"][0]["code"] == "kit.other-purpose"


def test_a_kit_is_no_sheet_of_answers(say: Say, kits: dict[str, Path]) -> None:
    result = say("assess", "import", str(kits[SCHOOL]))
    assert (result.exit_code, "kit merge" in result.output) == (3, True)


def test_an_empty_folder_and_a_unit_in_another_round_are_said(say: Say, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert say("kit", "merge", str(empty)).exit_code == 2
    assert (
        say("assess", "start", f"unit:{SCHOOL}", "--checklist", CHECK, "--cycle", "2025").exit_code
        == 0
    )
    options = ("--checklist", CHECK, "--cycle", "2026", "--to", str(tmp_path / "kits"))
    made = document(say("--json", "kit", "make", "--below", COUNTY, *options), ends=4)
    assert [one["unit"]["name"] for one in made["left"]] == [SCHOOL]
    assert [one["unit"]["name"] for one in made["kits"]] == [OTHER]


def test_a_copy_that_is_there_twice_says_nothing_twice(
    say: Say, kits: dict[str, Path], tmp_path: Path
) -> None:
    copy = fill_kit(kits[SCHOOL], tmp_path / "a.xlsx", Filled(entries={FIRST: {"value": "是"}}))
    shutil.copy(copy, tmp_path / "b.xlsx")
    found = document(say("--json", "kit", "merge", str(copy), str(tmp_path / "b.xlsx")))
    assert (unit_in(found)["state"], unit_in(found)["answered"]) == ("taken", 1)
