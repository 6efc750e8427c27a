"""A county sends workbooks to its schools, and merges what comes back into one table."""

from __future__ import annotations

import csv
import json
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
    row_of,
    unit_in,
)

FIRST, ROLES = f"{CHECK}/responsibility/first-responsible", f"{CHECK}/responsibility/four-roles"
TERMINALS = f"{CHECK}/applications/learning-terminals"
SITE, CHECKS, PERSONS, POSTS = "系统和网站", "自查", "人员", "岗位"


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Give `secops` in the workspace of a county of two schools."""
    return county(tmp_path)


@pytest.fixture
def kit(say: Say, tmp_path: Path) -> Path:
    """Make the kits, and give that of the first school."""
    return kits_of(say, tmp_path / "kits")[SCHOOL]


def _merged(say: Say, *words: str, ends: int = 0) -> dict[str, Any]:
    return document(say("--json", "kit", "merge", *words), ends=ends)


def _system(say: Say, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(say("--json", "system", "show", name).output)["record"]
    return found


def _person(say: Say, name: str) -> dict[str, Any]:
    shown = say("--json", "person", "show", name, "--show-contacts").output
    found: dict[str, Any] = json.loads(shown)["record"]
    return found


def test_a_kit_holds_what_the_county_knows_and_at_most_sixty_questions(kit: Path) -> None:
    assert kit.name == f"2-{SCHOOL}.xlsx"
    book = openpyxl.load_workbook(kit)
    assert [one.title for one in book.worksheets] == [
        "填写说明",
        "单位",
        PERSONS,
        POSTS,
        SITE,
        CHECKS,
        "设备和终端",
        "供应商",
        "数据",
        "_lists",
    ]
    assert len(rows_of(book[CHECKS])) == 60
    cover = " ".join(str(cell.value or "") for row in book["填写说明"] for cell in row)
    for part in (SCHOOL, "2026-12-20", "尹青禾", "先在上面写明填报人"):
        assert part in cover
    said = " ".join(str(cell.value or "") for row in book[CHECKS] for cell in row)
    for part in ("可作证明", "的台账", "不适用的常见理由"):
        assert part in said


def test_names_and_usual_reasons_are_offered_and_others_may_be_typed(kit: Path) -> None:
    book = openpyxl.load_workbook(kit)
    page = book[CHECKS]
    column = get_column_letter(keys_of(page)["reason"])
    rules = [one for one in page.data_validations.dataValidation if f"{column}" in str(one.sqref)]
    assert rules
    assert not any(one.showErrorMessage for one in rules)
    lists = {str(cell.value) for row in book["_lists"] for cell in row if cell.value}
    assert {"林一帆", "赵晴川", "本单位没有进校园的学习终端"} <= lists


def test_what_a_school_fills_in_is_recorded_as_stated_by_whoever_filled_it_in(
    say: Say, kit: Path, tmp_path: Path
) -> None:
    site, person = row_of(kit, SITE, "一小网站"), row_of(kit, PERSONS, "赵晴川")
    copy = fill_kit(
        kit,
        tmp_path / "a.xlsx",
        Filled(
            entries={
                FIRST: {"value": "是"},
                ROLES: {"n": 3, "of": 4},
                TERMINALS: {"value": "不适用", "reason": "本单位没有进校园的学习终端"},
                site: {"ownership.maintains.person": "孙知秋", "ownership.maintains.post": "教师"},
                person: {"contact.mobile": "010-12345678", "title": "信息中心主任"},
                "post deputy_in_charge": {"person": "孙知秋"},
            },
            added=[
                (SITE, {"name": "一小公众号", "kind": "公众号", "stage": "运行中"}),
                ("供应商", {"system": "一小网站", "supplier": "示例网络公司", "service": "维护"}),
                ("设备和终端", {"name": "办公电脑", "kind": "终端", "product": "台式机45台"}),
            ],
            by="周行舟",
            post="副校长",
        ),
    )
    seen = unit_in(_merged(say, str(copy), "--dry-run"))
    assert (seen["state"], seen["answered"], seen["asked"]) == ("taken", 3, 60)
    assert {one["name"] for one in seen["changes"] if one["new"]} >= {"周行舟", "孙知秋"}
    assert "010-12345678" not in json.dumps(seen)
    assert say("system", "show", "一小公众号").exit_code == 2
    done = unit_in(_merged(say, str(copy)))
    assert (done["systems_added"], done["systems_changed"]) == (1, 1)
    assert done["files"][0]["by"] == "周行舟"
    site_now = _system(say, "一小网站")
    assert site_now["ownership.maintains.person"] == _person(say, "孙知秋")["id"]
    assert site_now["ownership.maintains.unit"] == site_now["ownership.operating_unit"]
    assert _person(say, "赵晴川")["mobile"] == "010-12345678"
    assert _person(say, "周行舟")["title"] == "副校长"
    status = say("--json", "assess", "status", f"unit:{SCHOOL}", "--checklist", CHECK).output
    (answer,) = next(
        one for one in json.loads(status)["systems"][0]["items"] if one["item"] == FIRST
    )["answers"]
    filler = ("spreadsheet", _person(say, "周行舟")["id"])
    assert (answer["means"], answer["answered_by"]) == filler
    told = json.loads(say("--json", "audit", "list", "--object", "system 1").output)
    assert [(one["means"], one["person"]) for one in told["entries"]][-1] == filler


def test_the_same_files_again_change_nothing(say: Say, kit: Path, tmp_path: Path) -> None:
    copy = fill_kit(
        kit,
        tmp_path / "a.xlsx",
        Filled(
            entries={
                FIRST: {"value": "是"},
                "post contact_person": {"person": "赵晴川"},
                row_of(kit, PERSONS, "林一帆"): {"left_on": "2026年11月1日"},
            },
            added=[
                (SITE, {"name": "一小公众号", "kind": "公众号", "stage": "运行中"}),
                (
                    "供应商",
                    {
                        "system": "一小公众号",
                        "supplier": "示例网络公司",
                        "service": "维护",
                        "until": "2099-12-31",
                    },
                ),
                ("数据", {"system": "一小网站", "name": "学生信息", "person": "赵晴川"}),
            ],
            by="赵晴川",
        ),
    )
    assert unit_in(_merged(say, str(copy)))["state"] == "taken"
    before = say("audit", "verify").output
    again = unit_in(_merged(say, str(copy)))
    assert (again["state"], again["changes"], again["answers"]) == ("unchanged", [], [])
    assert say("audit", "verify").output == before


def test_two_people_of_one_school_are_merged_and_a_conflict_has_all_values(
    say: Say, kit: Path, tmp_path: Path
) -> None:
    site = row_of(kit, SITE, "一小网站")
    first = fill_kit(
        kit,
        tmp_path / "a.xlsx",
        Filled(entries={FIRST: {"value": "是"}, site: {"note": "县里统一建站"}}),
    )
    second = fill_kit(
        kit,
        tmp_path / "b.xlsx",
        Filled(
            entries={FIRST: {"value": "否"}, ROLES: {"n": 2, "of": 4}, site: {"note": "自建"}},
            by="赵晴川",
        ),
    )
    both = (str(first), str(second))
    refused = unit_in(_merged(say, *both, ends=3))
    assert (refused["state"], refused["answered"]) == ("undecided", 0)
    notes = next(one for one in refused["conflicts"] if one["field"] == "note")
    assert (notes["exported"], notes["now"]) == ("-", "-")
    assert {(one["by"], one["value"]) for one in notes["claims"]} == {
        ("林一帆", "县里统一建站"),
        ("赵晴川", "自建"),
    }
    assert "系统和网站!" in notes["claims"][0]["where"]
    some = unit_in(_merged(say, *both, "--take", "unconflicted", ends=4))
    assert (some["answered"], len(some["conflicts"])) == (1, 2)
    decided = unit_in(_merged(say, *both, "--prefer", str(second)))
    assert (decided["state"], decided["answered"]) == ("taken", 2)
    assert _system(say, "一小网站")["note"] == "自建"


def test_two_people_who_add_the_same_system_add_it_once(
    say: Say, kit: Path, tmp_path: Path
) -> None:
    same = {"name": "一小公众号", "kind": "公众号", "stage": "运行中"}
    copies = [
        fill_kit(kit, tmp_path / "a.xlsx", Filled(added=[(SITE, {**same, "note": "教务处管"})])),
        fill_kit(kit, tmp_path / "b.xlsx", Filled(added=[(SITE, same)], by="赵晴川")),
    ]
    done = unit_in(_merged(say, *map(str, copies)))
    assert (done["systems_added"], done["state"]) == (1, "taken")
    assert _system(say, "一小公众号")["note"] == "教务处管"


def test_who_held_a_post_before_is_kept_with_the_day_it_ended(
    say: Say, kit: Path, tmp_path: Path
) -> None:
    held = row_of(kit, POSTS, "林一帆")
    copy = fill_kit(kit, tmp_path / "a.xlsx", Filled(entries={held: {"person": "赵晴川"}}))
    assert unit_in(_merged(say, str(copy)))["state"] == "taken"
    listed = json.loads(say("--json", "appointment", "list", "--retired").output)["records"]
    first = [one for one in listed if one["post"] == "first_responsible"]
    assert [one["until"] is None for one in first] == [False, True]
    assert unit_in(_merged(say, str(copy)))["state"] == "unchanged"


def test_what_changed_here_meanwhile_is_not_overwritten_unasked(
    say: Say, kit: Path, tmp_path: Path
) -> None:
    site = row_of(kit, SITE, "一小网站")
    copy = fill_kit(kit, tmp_path / "a.xlsx", Filled(entries={site: {"note": "自建"}}))
    assert say("system", "edit", "一小网站", "--set", "note=站群").exit_code == 0
    assert unit_in(_merged(say, str(copy), ends=3))["state"] == "undecided"
    assert unit_in(_merged(say, str(copy), "--prefer", "store"))["state"] == "unchanged"
    assert unit_in(_merged(say, str(copy), "--prefer", "file"))["state"] == "taken"
    assert _system(say, "一小网站")["note"] == "自建"


def test_one_table_says_who_answered_who_did_not_and_who_did_before(
    say: Say, kit: Path, tmp_path: Path
) -> None:
    copy = fill_kit(kit, tmp_path / "a.xlsx", Filled(entries={FIRST: {"value": "是"}}))
    table = tmp_path / "table.csv"
    found = _merged(say, str(copy), "--to", str(table))
    states = {one["unit"]["name"]: one["state"] for one in found["units"]}
    assert states == {SCHOOL: "taken", OTHER: "missing"}
    assert (found["counts"]["taken"], found["counts"]["missing"]) == (1, 1)
    lines = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    assert [line[1:4] for line in lines] == [
        ["单位", "状态", "已填"],
        [SCHOOL, "已采纳", "1"],
        [OTHER, "未交回", "0"],
    ]
    (other,) = kit.parent.glob(f"*{OTHER}.xlsx")
    later = _merged(say, str(other))
    states = {one["unit"]["name"]: one["state"] for one in later["units"]}
    assert states == {SCHOOL: "earlier", OTHER: "unchanged"}


def test_a_folder_is_merged_at_once_and_what_fails_holds_nobody_up(
    say: Say, kit: Path, tmp_path: Path
) -> None:
    back = tmp_path / "back"
    back.mkdir()
    fill_kit(kit, back / "a.xlsx", Filled(entries={FIRST: {"value": "是"}}))
    (other,) = kit.parent.glob(f"*{OTHER}.xlsx")
    fill_kit(other, back / "b.xlsx", Filled(entries={FIRST: {"value": "也许"}}, by="钱望舒"))
    (back / "c.xlsx").write_text("no workbook", "utf-8")
    found = _merged(say, str(back), ends=4)
    assert {one["unit"]["name"]: one["state"] for one in found["units"]} == {
        SCHOOL: "taken",
        OTHER: "refused",
    }
    assert "b.xlsx 自查!" in unit_in(found, OTHER)["refused"][0]
    assert [Path(one["file"]).name for one in found["files_refused"]] == ["c.xlsx"]


def test_next_year_asks_with_last_years_answer_beside(say: Say, kit: Path, tmp_path: Path) -> None:
    copy = fill_kit(kit, tmp_path / "a.xlsx", Filled(entries={FIRST: {"value": "是"}}))
    _merged(say, str(copy))
    assert say("assess", "freeze", f"unit:{SCHOOL}").exit_code == 0
    frozen = _merged(say, str(copy), ends=3)
    assert "已" in unit_in(frozen)["refused"][0]
    options = ("--checklist", CHECK, "--cycle", "2027", "--to", str(tmp_path / "2027"))
    made = document(say("--json", "kit", "make", SCHOOL, *options))
    page = openpyxl.load_workbook(made["kits"][0]["file"])[CHECKS]
    said = [str(cell.value or "") for cell in page[rows_of(page)[FIRST]]]
    assert any(text.startswith("是 (20") for text in said)
    stale = unit_in(_merged(say, str(copy), ends=3))
    assert "第 2 版" in stale["refused"][0]


def test_a_dry_run_of_making_writes_nothing_and_a_file_that_is_there_is_kept(
    say: Say, tmp_path: Path
) -> None:
    options = ("--all", "--checklist", CHECK, "--to", str(tmp_path / "kits"))
    seen = document(say("--json", "kit", "make", *options, "--dry-run"))
    names = {one["unit"]["name"] for one in seen["kits"]}
    assert (names, seen["written"]) == ({COUNTY, SCHOOL, OTHER}, False)
    planned = say("kit", "make", *options, "--dry-run").output
    assert "将生成 3 个单位的套件" in planned
    assert "已生成" not in planned
    assert not (tmp_path / "kits").exists()
    assert say("kit", "make", *options).exit_code == 0
    assert say("kit", "make", *options).exit_code == 2
    assert say("kit", "make", *options, "--force").exit_code == 0
    assert say("kit", "make", "--checklist", CHECK).exit_code == 2


def test_what_is_no_longer_in_use_is_not_made_anew(say: Say, kit: Path, tmp_path: Path) -> None:
    site = row_of(kit, SITE, "一小网站")
    copy = fill_kit(kit, tmp_path / "a.xlsx", Filled(entries={site: {"note": "自建"}}))
    assert say("system", "retire", "一小网站").exit_code == 0
    line = unit_in(_merged(say, str(copy), ends=3))
    assert (line["state"], line["changes"]) == ("refused", [])
    assert "系统和网站!" in line["refused"][0]


def test_persons_and_systems_of_departments_belong_to_the_kit_of_their_unit(
    say: Say, tmp_path: Path
) -> None:
    more = tmp_path / "more.yaml"
    more.write_text(
        "secops: inventory\nversion: 1\nunits:\n"
        f"  - {{name: 一小教务处, kind: department, parents: {{administrative: {SCHOOL}}}}}\n"
        "persons:\n  - {name: 孙知秋, unit: 一小教务处}\n"
        "systems:\n  - {name: 排课系统, kind: information_system, stage: running,"
        " ownership: {operating_unit: 一小教务处}}\n",
        "utf-8",
    )
    assert say("import", str(more)).exit_code == 0
    kit = kits_of(say, tmp_path / "kits")[SCHOOL]
    site = row_of(kit, SITE, "排课系统")
    copy = fill_kit(
        kit, tmp_path / "a.xlsx", Filled(entries={site: {"ownership.uses.person": "孙知秋"}})
    )
    line = unit_in(_merged(say, str(copy)))
    assert [one["name"] for one in line["changes"]] == ["排课系统"]
    assert _system(say, "排课系统")["ownership.uses.person"] == _person(say, "孙知秋")["id"]


def test_what_is_still_to_do_stands_in_the_kit_to_be_read(say: Say, tmp_path: Path) -> None:
    check = (f"unit:{SCHOOL}", "--checklist", CHECK)
    assert say("assess", "start", *check, "--cycle", "2026").exit_code == 0
    answered = ("assess", "answer", f"unit:{SCHOOL}", FIRST, "no", "--checklist", CHECK)
    assert say("--as", "林一帆", *answered).exit_code == 0
    kit = kits_of(say, tmp_path / "kits")[SCHOOL]
    page = openpyxl.load_workbook(kit)["待办（只供查看）"]
    (row,) = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    assert SCHOOL in row
    assert any("第一责任人" in str(text) for text in row)
    assert not keys_of(page)
    copy = fill_kit(kit, tmp_path / "a.xlsx", Filled(entries={FIRST: {"value": "是"}}))
    assert unit_in(_merged(say, str(copy)))["state"] == "taken"
    later = document(
        say("--json", "kit", "make", SCHOOL, "--checklist", CHECK, "--to", str(tmp_path / "b"))
    )
    assert "待办（只供查看）" not in openpyxl.load_workbook(later["kits"][0]["file"]).sheetnames


def test_contact_data_is_in_no_base_and_in_no_history(say: Say, tmp_path: Path) -> None:
    mobile = "010-12345678"
    assert say("person", "edit", "赵晴川", "--mobile", mobile).exit_code == 0
    kit = kits_of(say, tmp_path / "kits")[SCHOOL]
    page = openpyxl.load_workbook(kit)[PERSONS]
    row, column = rows_of(page)[row_of(kit, PERSONS, "赵晴川")], keys_of(page)["contact.mobile"]
    assert page.cell(row, column).value == mobile
    person = row_of(kit, PERSONS, "赵晴川")
    copy = fill_kit(
        kit, tmp_path / "a.xlsx", Filled(entries={person: {"contact.mobile": "010-87654321"}})
    )
    assert unit_in(_merged(say, str(copy)))["state"] == "taken"
    assert _person(say, "赵晴川")["mobile"] == "010-87654321"
    kept = [
        one.read_bytes() for one in (tmp_path / "county" / "evidence").rglob("*") if one.is_file()
    ]
    assert kept
    told = say("--json", "audit", "list", "--limit", "200").output.encode()
    assert not any(number in one for one in (*kept, told) for number in (b"12345678", b"87654321"))
