"""Answers go out as a workbook, are filled in by several people, and come back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.operations.judge_systems import judge_systems
from secops.wiring.opening import open_workspace
from secops.wiring.tables import load_tables
from tests.cli.filled_forms import Entries, fill, keys_of, rows_of
from tests.operations.graded import sample, see
from tests.schemas import fits_its_schema

Say = Callable[..., Result]
PLACE, DOOR, LOGIN = "gb22239/pe/location-2", "gb22239/pe/access-1", "gb22239/ce/identity-1"
ROLE, SHEET = "room_administrator", "检查项"
GOOD, BAD = {"value": "符合"}, {"value": "不符合"}


@pytest.fixture
def say(workspace_folder: Path) -> Say:
    """Give `secops` in a workspace with one website that is assessed, number 1."""
    with open_workspace(workspace_folder) as workspace, workspace.begin() as work:
        one = sample(workspace, work)
        see(workspace, work, one, {(6379, "redis.access"): "open"})
        judge_systems(work, workspace.acting, [one.system], load_tables())
        work.commit()

    def say(*arguments: str) -> Result:
        return CliRunner().invoke(secops, ["-C", str(workspace_folder), *arguments])

    for name in ("赵晴川", "钱望舒"):
        assert say("person", "add", "--set", f"name={name}", "--set", "unit=1").exit_code == 0
    assert say("assess", "start", "1", "--cycle", "2026").exit_code == 0
    return say


@pytest.fixture
def form(say: Say, tmp_path: Path) -> Path:
    """Export a small form: what one role answers."""
    return _exported(say, tmp_path / "form.xlsx", "--for", "赵晴川", "--role", ROLE)


@pytest.fixture
def whole(say: Say, tmp_path: Path) -> Path:
    """Export all that is asked."""
    return _exported(say, tmp_path / "form.xlsx", "--for", "赵晴川", "--due", "2026-12-10")


def _exported(say: Say, path: Path, *options: str) -> Path:
    made = say("assess", "export", "1", "--to", str(path), *options)
    assert made.exit_code == 0, made.output
    return path


def _value(say: Say, item: str) -> dict[str, Any]:
    status = json.loads(say("--json", "assess", "status", "1").output)
    found: dict[str, Any] = next(
        one for one in status["systems"][0]["items"] if one["item"] == item
    )
    return found


def _taken(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    fits_its_schema(result.output)
    document: dict[str, Any] = json.loads(result.output)
    return document


def test_a_form_asks_every_item_with_guidance_and_what_was_seen(whole: Path) -> None:
    book = openpyxl.load_workbook(whole)
    assert [one.title for one in book.worksheets[:3]] == [
        "填写说明",
        "安全物理环境",
        "安全通信网络",
    ]
    ids = {id_ for page in book.worksheets[1:-1] for id_ in rows_of(page) if " " not in id_}
    assert len({one for one in ids if one.startswith("gb22239/")}) == 211
    assert len(rows_of(book["高风险判例和隐患"])) == len(ids) - 211 > 60
    page = book["安全计算环境"]
    row = rows_of(page)[LOGIN]
    said = " ".join(str(cell.value or "") for cell in page[row])
    assert "核查、测试：操作系统" in said
    assert "建议：不符合" in said
    assert "sha256:" in said


def test_an_item_about_several_components_has_a_row_for_each(whole: Path) -> None:
    page = openpyxl.load_workbook(whole)["安全计算环境"]
    rows = [id_ for id_ in rows_of(page) if id_.startswith(LOGIN)]
    assert len(rows) == 3
    asked = {id_: page.cell(rows_of(page)[id_], 3).value for id_ in rows}
    assert sorted(map(str, asked.values())) == ["0", "0", "1"]


def test_what_two_people_fill_in_is_one_set_of_answers(
    say: Say, form: Path, tmp_path: Path
) -> None:
    first = fill(form, tmp_path / "a.xlsx", {PLACE: GOOD})
    second = fill(
        form,
        tmp_path / "b.xlsx",
        {DOOR: {"value": "不适用", "reason": "托管在政务云"}, PLACE: {"note": "见验收单"}},
        by="钱望舒",
    )
    seen = _taken(say("--json", "assess", "import", str(first), str(second), "--dry-run"))
    assert (seen["counts"]["answers"], seen["written"]) == (2, False)
    assert _value(say, PLACE)["value"] == "unanswered"
    done = _taken(say("--json", "assess", "import", str(first), str(second)))
    assert {one["item"]: one["by"] for one in done["answers"]} == {
        PLACE: "赵晴川",
        DOOR: "钱望舒",
    }
    (answer,) = _value(say, PLACE)["answers"]
    assert (answer["value"], answer["note"], answer["means"]) == (
        "compliant",
        "见验收单",
        "spreadsheet",
    )
    assert _value(say, DOOR)["answers"][0]["reason"] == "托管在政务云"
    again = _taken(say("--json", "assess", "import", str(second), str(first)))
    assert again["counts"] == {"files": 2, "answers": 0, "conflicts": 0, "refused": 0}


def test_a_conflict_is_shown_with_all_values_and_decided_by_whoever_imports(
    say: Say, form: Path, tmp_path: Path
) -> None:
    first = fill(form, tmp_path / "a.xlsx", {PLACE: GOOD, DOOR: GOOD})
    second = fill(form, tmp_path / "b.xlsx", {PLACE: BAD}, by="钱望舒")
    both = (str(first), str(second))
    refused = say("assess", "import", *both)
    assert refused.exit_code == 3
    for part in ("a.xlsx 检查项!", "赵晴川: 符合", "b.xlsx", "钱望舒: 不符合"):
        assert part in refused.output
    assert _value(say, DOOR)["value"] == "unanswered"
    some = say("--json", "assess", "import", *both, "--take", "unconflicted")
    assert some.exit_code == 4
    assert [one["item"] for one in json.loads(some.output)["answers"]] == [DOOR]
    decided = _taken(say("--json", "assess", "import", *both, "--prefer", str(second)))
    assert [one["by"] for one in decided["answers"]] == ["钱望舒"]
    assert _value(say, PLACE)["value"] == "non_compliant"


def test_who_answered_meanwhile_is_not_overwritten_unasked(
    say: Say, form: Path, tmp_path: Path
) -> None:
    copy = fill(form, tmp_path / "a.xlsx", {PLACE: GOOD})
    assert say("assess", "answer", "1", PLACE, "n").exit_code == 0
    assert say("assess", "import", str(copy)).exit_code == 3
    kept = _taken(say("--json", "assess", "import", str(copy), "--prefer", "store"))
    assert kept["counts"]["answers"] == 0
    assert _value(say, PLACE)["value"] == "non_compliant"
    taken = _taken(say("--json", "assess", "import", str(copy), "--prefer", "file"))
    assert taken["counts"]["answers"] == 1
    assert _value(say, PLACE)["value"] == "compliant"


def test_only_what_is_chosen_is_taken(say: Say, form: Path, tmp_path: Path) -> None:
    copy = fill(form, tmp_path / "a.xlsx", {PLACE: GOOD, DOOR: GOOD})
    done = _taken(say("--json", "assess", "import", str(copy), "--only", "pe/access-1"))
    assert [one["item"] for one in done["answers"]] == [DOOR]
    assert say("assess", "import", str(copy), "--only", "pe/no-such").exit_code == 2


@pytest.mark.slow
def test_twenty_copies_of_twenty_people_are_one_command(
    say: Say, whole: Path, tmp_path: Path
) -> None:
    items = [
        id_
        for page in openpyxl.load_workbook(whole).worksheets[1:-1]
        for id_ in rows_of(page)
        if " " not in id_ and id_.startswith("gb22239/")
    ]
    copies = [
        fill(whole, tmp_path / f"{n}.xlsx", dict.fromkeys(items[n::20], GOOD)) for n in range(20)
    ]
    done = _taken(say("--json", "assess", "import", *map(str, copies)))
    assert done["counts"]["answers"] == 211
    counts = json.loads(say("--json", "score", "1").output)["counts"]
    assert counts["compliant"] == 211


REFUSED: dict[str, tuple[Entries, str]] = {
    "a near verdict": ({PLACE: {"value": "部份符合"}}, "是否为“部分符合”"),
    "no verdict": ({PLACE: {"value": "阿斯顿"}}, "符合, 部分符合, 不符合, 不适用"),
    "a formula": ({PLACE: {"value": '=IF(1,"符合","")'}}, "公式"),
    "no reason": ({PLACE: {"value": "不适用"}}, "理由"),
    "a reason for nothing": ({PLACE: {**GOOD, "reason": "没有"}}, "不需要填“不适用理由”"),
    "a note alone": ({PLACE: {"note": "待定"}}, "没有可以记录的判定"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_cell_that_cannot_be_taken_is_named_and_nothing_is_written(
    say: Say, form: Path, tmp_path: Path, case: str
) -> None:
    entries, said = REFUSED[case]
    copy = fill(form, tmp_path / "a.xlsx", {**entries, DOOR: GOOD})
    result = say("assess", "import", str(copy))
    assert result.exit_code == 3
    assert "a.xlsx 检查项!" in result.output
    assert said in result.output
    assert _value(say, DOOR)["value"] == "unanswered"


def test_an_answer_is_replaced_and_never_taken_back(say: Say, tmp_path: Path) -> None:
    assert say("assess", "answer", "1", PLACE, "y", "--note", "见验收单").exit_code == 0
    form = _exported(say, tmp_path / "form.xlsx", "--role", ROLE)
    emptied = fill(form, tmp_path / "a.xlsx", {PLACE: {"value": None}}, by="赵晴川")
    assert say("assess", "import", str(emptied)).exit_code == 3
    changed = fill(form, tmp_path / "b.xlsx", {PLACE: {"note": "见新验收单"}}, by="赵晴川")
    assert _taken(say("--json", "assess", "import", str(changed)))["counts"]["answers"] == 1
    (answer,) = _value(say, PLACE)["answers"]
    assert (answer["value"], answer["note"], answer["revision"]) == ("compliant", "见新验收单", 2)


@pytest.mark.parametrize(
    ("by", "said"), [("", "没有写明填写人"), ("赵晴", "赵晴川"), ("无名氏", "无名氏")]
)
def test_who_fills_in_a_form_is_a_person_of_the_inventory(
    say: Say, tmp_path: Path, by: str, said: str
) -> None:
    form = _exported(say, tmp_path / "form.xlsx", "--role", ROLE)
    copy = fill(form, tmp_path / "a.xlsx", {PLACE: GOOD}, by=by)
    result = say("assess", "import", str(copy))
    assert result.exit_code == 3
    assert said in result.output
    assert "填写说明!" in result.output
    assert say("assess", "import", str(copy), "--by", "钱望舒").exit_code == 0


def test_a_frozen_assessment_takes_no_form_and_a_new_revision_no_old_one(
    say: Say, form: Path, tmp_path: Path
) -> None:
    copy = fill(form, tmp_path / "a.xlsx", {PLACE: GOOD})
    assert say("assess", "freeze", "1").exit_code == 0
    frozen = say("assess", "import", str(copy))
    assert (frozen.exit_code, "已定稿" in frozen.output) == (3, True)
    assert say("assess", "export", "1", "--to", str(tmp_path / "b.xlsx")).exit_code == 2
    assert say("assess", "revise", "1").exit_code == 0
    stale = say("assess", "import", str(copy))
    assert (stale.exit_code, "现在已是第 2 版" in stale.output) == (3, True)


def test_a_form_of_another_workspace_is_refused(say: Say, form: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    made = CliRunner().invoke(secops, ["init", str(other), "--unit", "别处", "--person", "某人"])
    assert made.exit_code == 0
    result = CliRunner().invoke(secops, ["-C", str(other), "assess", "import", str(form)])
    assert (result.exit_code, "不是本工作区生成的" in result.output) == (3, True)
    assert say("assess", "import", str(tmp_path / "no-such.xlsx")).exit_code == 3


def test_a_workbook_for_each_role_asks_every_item_once(say: Say, tmp_path: Path) -> None:
    folder = tmp_path / "roles"
    made = _taken(say("--json", "assess", "export", "1", "--per-role", "--to", str(folder)))
    files = [Path(one["file"]) for one in made["files"]]
    assert all(one.is_file() for one in files)
    asked = [
        id_
        for one in files
        for page in openpyxl.load_workbook(one).worksheets[1:-1]
        for id_ in rows_of(page)
        if id_.startswith("gb22239/") and " " not in id_
    ]
    assert (len(asked), len(set(asked))) == (211, 211)
    assert any("系统管理员" in one.name for one in files)
    one = tmp_path / "one.xlsx"
    assert say("assess", "export", "1", "--role", "personnel", "--to", str(one)).exit_code == 0
    ids = [id_ for page in openpyxl.load_workbook(one).worksheets[1:-1] for id_ in rows_of(page)]
    assert 0 < len(ids) < 211


def test_a_file_that_is_there_is_not_overwritten_and_a_dry_run_writes_none(
    say: Say, form: Path, tmp_path: Path
) -> None:
    assert say("assess", "export", "1", "--to", str(form)).exit_code == 2
    there = tmp_path / "new.xlsx"
    seen = _taken(say("--json", "assess", "export", "1", "--to", str(there), "--dry-run"))
    assert (seen["written"], there.exists()) == (False, False)


def test_last_time_is_shown_beside_the_question(say: Say, tmp_path: Path) -> None:
    assert say("assess", "answer", "1", PLACE, "p", "--note", "地下室").exit_code == 0
    assert say("assess", "freeze", "1").exit_code == 0
    assert say("assess", "carry", "1", "--cycle", "2027").exit_code == 0
    form = _exported(say, tmp_path / "form.xlsx", "--role", ROLE)
    page = openpyxl.load_workbook(form)[SHEET]
    said = " ".join(str(cell.value or "") for cell in page[rows_of(page)[PLACE]])
    assert "部分符合 (20" in said
    assert "地下室" in said
    assert page.cell(rows_of(page)[PLACE], keys_of(page)["value"]).value is None


def test_a_high_risk_case_is_judged_like_an_item_by_the_rules_of_the_guide(
    say: Say, tmp_path: Path
) -> None:
    form = _exported(say, tmp_path / "form.xlsx", "--role", "security_administrator")
    case, other = "high-risk/case/6-1-1-1", "high-risk/case/6-1-2-1"
    bare = fill(form, tmp_path / "a.xlsx", {case: {"value": "降低风险"}}, by="赵晴川")
    refused = say("assess", "import", str(bare))
    assert (refused.exit_code, "高风险判例和隐患!" in refused.output) == (3, True)
    noted = {case: {"value": "降低风险", "note": "楼宇受控，门口视频有专人值守"}}
    copy = fill(form, tmp_path / "b.xlsx", {**noted, other: {"value": "不存在"}}, by="赵晴川")
    done = _taken(say("--json", "assess", "import", str(copy)))
    assert [one["item"] for one in done["answers"]] == [case, other]
    assert done["answers"][1]["changes"][0]["after"] == "absent"


def test_a_unit_answers_ratios_choices_and_yes_or_no(say: Say, tmp_path: Path) -> None:
    check = ("unit:1", "--checklist", "education-selfcheck")
    assert say("assess", "start", *check, "--cycle", "2026").exit_code == 0
    form = tmp_path / "unit.xlsx"
    assert say("assess", "export", *check, "--to", str(form), "--for", "赵晴川").exit_code == 0
    group = "education-selfcheck/technical"
    entries: Entries = {
        f"{group}/egress-control": {"value": "√"},
        f"{group}/regular-scanning": {"value": "三个月以内"},
        f"{group}/high-risk-fixed": {"n": 7, "of": 9},
        f"{group}/https": {"value": "不适用", "reason": "没有网站"},
    }
    copy = fill(form, tmp_path / "a.xlsx", entries)
    done = _taken(say("--json", "assess", "import", str(copy)))
    assert done["counts"]["answers"] == 4
    status = json.loads(say("--json", "assess", "status", *check).output)
    found = {one["item"]: one["value"] for one in status["systems"][0]["items"]}
    assert [found[one] for one in entries] == [
        "choice:yes",
        "choice:quarterly",
        "7/9",
        "not_applicable",
    ]
    too_many = fill(form, tmp_path / "b.xlsx", {f"{group}/high-risk-fixed": {"n": 10, "of": 9}})
    assert say("assess", "import", str(too_many), "--prefer", "file").exit_code == 3


def test_a_component_is_answered_apart_until_it_is_no_longer_asked(
    say: Say, tmp_path: Path
) -> None:
    form = _exported(
        say, tmp_path / "form.xlsx", "--for", "赵晴川", "--role", "system_administrator"
    )
    pages = openpyxl.load_workbook(form).worksheets[1:-1]
    row = next(id_ for page in pages for id_ in rows_of(page) if " " in id_)
    copy = fill(form, tmp_path / "a.xlsx", {row: BAD})
    (answer,) = _taken(say("--json", "assess", "import", str(copy)))["answers"]
    assert f"{answer['item']} " in row
    assert answer["component"] in ("招生前台", "会话缓存")
    number = {"招生前台": "1", "会话缓存": "2"}[answer["component"]]
    assert say("endpoint", "edit", "1", "--set", "components=").exit_code == 0
    assert say("component", "retire", number).exit_code == 0
    later = fill(form, tmp_path / "b.xlsx", {row: GOOD})
    refused = say("assess", "import", str(later))
    assert (refused.exit_code, "已不在检查范围内" in refused.output) == (3, True)
