"""`secops sync` as people type it: gates from the first plan to going live."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.wiring.today import SHANGHAI
from tests.schemas import fits_its_schema

Say = Callable[..., Result]
UNIT, OFFICER, LEADER = "青竹市数据局", "林一帆", "周明远"
SYSTEM = "招生系统"
TODAY = datetime.now(UTC).astimezone(SHANGHAI).date()
END = (TODAY + timedelta(days=30)).isoformat()
WAIVER = ("--reason", "编制未批", "--measure", "由信息中心代审", "--until", END)


@pytest.fixture
def say(workspace_folder: Path) -> Say:
    """Give `secops` in a workspace with a planned system without grades, and a leader."""

    def say(*arguments: str) -> Result:
        return CliRunner().invoke(secops, ["-C", str(workspace_folder), *arguments])

    def made(*arguments: str) -> None:
        result = say(*arguments)
        assert result.exit_code == 0, result.output

    made("system", "add", "--name", SYSTEM, "--unit", UNIT, "--kind", "website",
         "--stage", "planning")  # fmt: skip
    made("person", "add", "--name", LEADER, "--unit", UNIT)
    made("appointment", "add", "--unit", UNIT, "--person", LEADER,
         "--post", "deputy_in_charge", "--since", "2020-01-01")  # fmt: skip
    return say


def _gate(say: Say, *more: str, stage: str = "planning", code: int = 0) -> dict[str, Any]:
    result = say("--json", "sync", stage, SYSTEM, *more)
    assert result.exit_code == code, result.output
    fits_its_schema(result.stdout)
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def _items(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in document["items"]}


def _refused(say: Say, *arguments: str) -> str:
    result = say("sync", *arguments)
    assert result.exit_code == 2, result.output
    assert not result.stdout
    return result.stderr


def _all_done(say: Say) -> None:
    codes = [one for one in _items(_gate(say, "--level", "2")) if one != "TS-07"]
    done = [word for one in codes for word in ("--done", one)]
    _gate(say, "--level", "2", *done, "--note", "见立项卷宗")


def test_a_gate_asks_by_the_level_and_says_where_the_level_comes_from(say: Say) -> None:
    stated = _gate(say, "--level", "1")
    assert (stated["level"], stated["level_from"], stated["state"]) == (1, "stated", "not_begun")
    assert list(_items(stated)) == ["TS-01", "TS-03", "TS-04"]
    assert say("system", "edit", SYSTEM, "--s", "2", "--a", "3").exit_code == 0
    preliminary = _gate(say, stage="design")
    assert (preliminary["level"], preliminary["level_from"]) == (3, "preliminary")
    assert say("system", "edit", SYSTEM, "--set", "grading.graded_on=2026-01-05").exit_code == 0
    assert _gate(say, stage="design")["level_from"] == "graded"
    refused = _refused(say, "design", SYSTEM, "--level", "2")
    assert "--level" in refused


def test_it_says_what_it_rests_on_and_whom_the_law_binds(say: Say) -> None:
    shown = say("sync", "planning", SYSTEM, "--level", "2").stdout
    assert "第35条（原第33条）的三同步面向关键信息基础设施" in shown
    assert "湘教发〔2017〕9号" in shown
    assert "可信度" in shown


def test_the_critical_operator_is_asked_for_step_one_of_the_law(say: Say) -> None:
    assert "TS-06" not in _items(_gate(say, "--level", "2"))
    edited = say("unit", "edit", UNIT, "--set", "standing.cii_operator=yes")
    assert edited.exit_code == 0, edited.output
    assert "TS-06" in _items(_gate(say, "--level", "2"))


def test_what_is_done_names_person_and_evidence(say: Say, tmp_path: Path) -> None:
    paper = tmp_path / "立项申请表.txt"
    paper.write_text("样例", "utf-8")
    document = _gate(say, "--level", "2", "--done", "TS-01", "--evidence", str(paper))
    item = _items(document)["TS-01"]
    assert (item["state"], len(item["evidence"])) == ("done", 1)
    assert item["answered_by"]
    assert "立项申请表.txt" in say("evidence", "list").stdout


def test_silence_is_never_compliance(say: Say) -> None:
    assert "TS-01" in _refused(say, "planning", SYSTEM, "--level", "2", "--done", "TS-01")
    assert _gate(say, "--level", "2")["state"] == "not_begun"


def test_nothing_is_kept_of_several_items_when_one_is_wrong(say: Say) -> None:
    both = ("--done", "TS-01", "--done", "TS-99", "--note", "有")
    assert "TS-99" in _refused(say, "planning", SYSTEM, "--level", "2", *both)
    assert _gate(say, "--level", "2")["state"] == "not_begun"


def test_an_item_of_a_higher_level_is_not_asked(say: Say) -> None:
    said = _refused(say, "design", SYSTEM, "--level", "2", "--done", "TS-15", "--note", "有")
    assert "TS-15" in said
    assert "S2A2" in said


def test_a_shut_gate_names_what_is_missing_and_begins_nothing(say: Say) -> None:
    refused = _gate(say, "--level", "2", "--pass", code=1)
    assert refused["refused"]
    assert refused["counts"]["open_mandatory"] == 6
    assert _gate(say, "--level", "2")["state"] == "not_begun"
    assert "TS-07" in say("sync", "planning", SYSTEM, "--level", "2", "--pass").stderr


def test_a_gate_passes_whole_and_is_never_edited_then(say: Say) -> None:
    _all_done(say)
    _gate(say, "--done", "TS-07", "--note", "网信办意见在卷")
    passed = _gate(say, "--pass")
    assert (passed["state"], passed["revision"]) == ("passed", 1)
    for act in (
        ("--done", "TS-01", "--note", "再说一次"),
        ("--not-done", "TS-01", "--note", "其实没有"),
        ("--not-applicable", "TS-01", "--reason", "不需要"),
        ("--waive", "TS-01", "--leader", LEADER, *WAIVER),
        ("--pass",),
    ):
        assert "--reopen" in _refused(say, "planning", SYSTEM, *act)
    again = _gate(say, "--reopen")
    assert (again["state"], again["revision"]) == ("open", 2)
    assert again["counts"]["done"] == 6
    back = _gate(say, "--not-done", "TS-01", "--note", "材料是别的系统的")
    assert _items(back)["TS-01"]["state"] == "open"
    assert _gate(say, "--pass", code=1)["refused"]


def test_a_reopened_gate_asks_by_the_grades_of_the_day(say: Say) -> None:
    _gate(say, "--level", "1", "--done", "TS-01", "--note", "有")
    assert "--reopen" in _refused(
        say, "planning", SYSTEM, "--level", "2", "--done", "TS-03", "--note", "有"
    )
    assert say("system", "edit", SYSTEM, "--s", "2", "--a", "2").exit_code == 0
    shown = _gate(say)
    assert (shown["level"], shown["level_today"]) == (1, 2)
    anew = _gate(say, "--reopen")
    assert (anew["level"], anew["counts"]["asked"], anew["counts"]["done"]) == (2, 6, 1)
    _refused(say, "planning", SYSTEM, "--reopen")


def test_a_waiver_lets_it_pass_apart_and_ends_by_itself(say: Say) -> None:
    _all_done(say)
    waived = _gate(say, "--waive", "TS-07", "--leader", LEADER, *WAIVER)
    assert _items(waived)["TS-07"]["waiver"]["post"] == "deputy_in_charge"
    assert _gate(say, "--pass")["state"] == "passed_with_waiver"
    line = next(x for x in say("sync", "planning", SYSTEM).stdout.splitlines() if "TS-07" in x)
    assert all(word in line for word in (LEADER, "编制未批", "由信息中心代审", END))
    status = json.loads(say("--json", "sync").stdout)
    share = status["shares"][0]
    assert (share["due"], share["passed"], share["passed_with_waiver"]) == (1, 0, 1)
    after = (date.fromisoformat(END) + timedelta(days=1)).isoformat()
    states = [_gate(say, "--as-of", day)["state"] for day in (END, after)]
    assert states == ["passed_with_waiver", "reopened"]
    later = json.loads(say("--json", "sync", "--as-of", after).stdout)["shares"][0]
    assert (later["passed_with_waiver"], later["reopened"]) == (0, 1)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--leader": OFFICER}, LEADER),
        ({"--leader": "无此人"}, "无此人"),
        ({"--until": TODAY.isoformat()}, "sync.waiver.days"),
        ({"--until": (TODAY + timedelta(days=181)).isoformat()}, "180"),
        ({"--until": None}, "--until"),
        ({"--reason": " "}, "--reason"),
        ({"--measure": None}, "--measure"),
        ({"--waive": "TS-15"}, "TS-15"),
    ],
)
def test_a_waiver_that_lacks_something_is_refused(
    say: Say, changed: dict[str, str | None], said: str
) -> None:
    pairs = dict(zip(WAIVER[::2], WAIVER[1::2], strict=True))
    typed = {"--waive": "TS-07", "--leader": LEADER, **pairs, **changed}
    words = [word for name, value in typed.items() if value for word in (name, value)]
    assert said in _refused(say, "planning", SYSTEM, "--level", "2", *words)
    assert _gate(say, "--level", "2")["state"] == "not_begun"


def test_a_leader_who_left_the_post_waives_nothing_more(say: Say) -> None:
    ended = say("appointment", "retire", "1", "--on", (TODAY - timedelta(days=1)).isoformat())
    assert ended.exit_code == 0, ended.output
    waive = ("--waive", "TS-07", "--leader", LEADER, *WAIVER)
    assert LEADER in _refused(say, "planning", SYSTEM, "--level", "2", *waive)


def test_only_what_stops_the_gate_can_be_waived(say: Say) -> None:
    _all_done(say)
    waive = ("--leader", LEADER, *WAIVER)
    assert "已有" in _refused(say, "planning", SYSTEM, "--waive", "TS-01", *waive)
    assert "可选" in _refused(
        say, "development", SYSTEM, "--level", "2", "--waive", "TS-32", *waive
    )


def test_how_long_a_waiver_may_last_is_a_setting(say: Say) -> None:
    assert say("regulation", "set", "sync.waiver.days", "29").exit_code == 0
    waive = ("--waive", "TS-07", "--leader", LEADER, *WAIVER)
    assert "29" in _refused(say, "planning", SYSTEM, "--level", "2", *waive)
    assert say("regulation", "set", "sync.waiver.days", "30").exit_code == 0
    _gate(say, "--level", "2", *waive)


def test_a_dry_run_shows_the_gate_and_writes_nothing(say: Say) -> None:
    shown = _gate(say, "--level", "2", "--done", "TS-01", "--note", "有", "--dry-run")
    assert _items(shown)["TS-01"]["state"] == "done"
    assert _gate(say, "--level", "2")["state"] == "not_begun"


def test_a_later_gate_needs_no_earlier_one_but_says_so(say: Say) -> None:
    later = _gate(say, "--level", "2", "--done", "TS-12", "--note", "有", stage="design")
    assert later["earlier_not_passed"] == [
        {"stage": "planning", "state": "not_begun"},
        {"stage": "grading", "state": "not_begun"},
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("planing", SYSTEM), "planning"),
        (("planning", SYSTEM), "--level"),
        (("planning", "无此系统", "--level", "2"), "无此系统"),
        (("planning",), "阶段"),
        (("--pass",), "阶段"),
        (("planning", SYSTEM, "--done", "TS-01", "--pass"), "--pass"),
        (("planning", SYSTEM, "--done", "TS-01", "--until", END), "--until"),
        (("planning", SYSTEM, "--note", "有"), "--note"),
        (("planning", SYSTEM, "--not-applicable", "TS-01", "--level", "2"), "不适用"),
        (("planning", SYSTEM, "--not-done", "TS-01", "--level", "2"), "--note"),
        (("planning", SYSTEM, "--reopen", "--level", "2"), "规划立项"),
        (("development", SYSTEM, "--level", "1", "--pass"), "开发"),
    ],
)
def test_wrong_use_is_said_and_writes_nothing(
    say: Say, arguments: tuple[str, ...], said: str
) -> None:
    assert said in _refused(say, *arguments)
    status = json.loads(say("--json", "sync").stdout)
    assert {one["state"] for one in status["systems"][0]["gates"]} == {"not_begun"}


def test_the_status_counts_new_systems_for_which_a_gate_is_due(say: Say) -> None:
    for name, stage, since in (
        ("在建系统", "building", None),
        ("今年启用", "running", TODAY.replace(day=1, month=1).isoformat()),
        ("旧系统", "running", "2020-09-01"),
    ):
        more = ("--set", f"business.in_use_since={since}") if since else ()
        made = say(
            "system", "add", "--name", name, "--unit", UNIT, "--kind", "website", "--stage", stage,
            *more,
        )  # fmt: skip
        assert made.exit_code == 0, made.output
    result = say("--json", "sync")
    fits_its_schema(result.stdout)
    document = json.loads(result.stdout)
    assert document["new_systems"] == 3
    assert [one["due"] for one in document["shares"]] == [3, 2, 2, 2, 2, 1, 1, 1, 0, 0]
    assert "旧系统" in say("sync").stdout


def test_a_day_before_hides_what_was_recorded_since(say: Say) -> None:
    _gate(say, "--level", "2", "--done", "TS-01", "--note", "有")
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    assert _gate(say, "--level", "2", "--as-of", yesterday)["state"] == "not_begun"
    status = json.loads(say("--json", "sync", "--as-of", yesterday).stdout)
    assert status["systems"] == []


def test_gates_leave_the_self_check_alone(say: Say) -> None:
    assert say("system", "edit", SYSTEM, "--s", "2", "--a", "2").exit_code == 0
    assert say("assess", "start", SYSTEM).exit_code == 0
    before = json.loads(say("--json", "score", SYSTEM).stdout)
    _gate(say, "--done", "TS-01", "--note", "有")
    _gate(say, "--not-done", "TS-03", "--note", "还没有登记")
    assert json.loads(say("--json", "score", SYSTEM).stdout) == before
    assert json.loads(say("--json", "finding", "list").stdout)["findings"] == []


def test_the_history_tells_of_waivers(say: Say) -> None:
    _gate(say, "--level", "2", "--waive", "TS-07", "--leader", LEADER, *WAIVER)
    assert "豁免了一项" in say("audit", "list").stdout
    assert say("audit", "verify").exit_code == 0


def test_nobody_and_nothing_are_refused(say: Say, workspace_folder: Path) -> None:
    at = ("planning", SYSTEM, "--level", "2", "--done", "TS-01")
    assert "没有这样的" in _refused(say, *at, "--evidence", "没有这样的文件.pdf")
    assert "甲乙丙" in _refused(say, *at, "--note", "有", "--by", "甲乙丙")
    settings = workspace_folder / "secops.toml"
    kept = settings.read_text("utf-8")
    nobody = "".join(x for x in kept.splitlines(keepends=True) if not x.startswith("person"))
    assert nobody != kept
    settings.write_text(nobody, "utf-8")
    assert "--by" in _refused(say, *at, "--note", "有")
    assert "--by" in _refused(say, "planning", SYSTEM, "--level", "2", "--pass")
    named = _gate(say, "--level", "2", "--done", "TS-01", "--note", "有", "--by", OFFICER)
    assert _items(named)["TS-01"]["state"] == "done"


def test_the_gates_are_no_self_check_as_a_whole(say: Say) -> None:
    assert say("system", "edit", SYSTEM, "--s", "2", "--a", "2").exit_code == 0
    result = say("assess", "start", SYSTEM, "--checklist", "three-synchronies")
    assert result.exit_code == 2
    assert "secops sync" in result.stderr


def test_the_status_of_one_unit_leaves_others_out(say: Say) -> None:
    assert say("unit", "add", "--name", "别的单位").exit_code == 0
    mine, other = (
        json.loads(say("--json", "sync", "--unit", name).stdout) for name in (UNIT, "别的单位")
    )
    assert (mine["new_systems"], other["new_systems"]) == (1, 0)


def _printed(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_sheet_is_printed_listed_and_printed_again(say: Say, tmp_path: Path) -> None:
    _all_done(say)
    _gate(say, "--waive", "TS-07", "--leader", LEADER, *WAIVER)
    _gate(say, "--pass")
    report = ("report", "gate", "--system", SYSTEM, "--stage", "规划立项", "--format", "html")
    first = say(*report, "-o", str(tmp_path / "first"))
    assert first.exit_code == 0, first.output
    ((name, page),) = _printed(tmp_path / "first").items()
    assert "规划立项" in name
    for word in ("豁免过关", LEADER, "编制未批", "由信息中心代审"):
        assert word in page.decode()
    assert "三同步检查单" in say("report", "--list").stdout
    assert say("report", "--of", "1", "-o", str(tmp_path / "again")).exit_code == 0
    assert [*_printed(tmp_path / "again").values()] == [page]


def test_the_sheets_of_two_stages_do_not_replace_each_other(say: Say, tmp_path: Path) -> None:
    assert say("system", "edit", SYSTEM, "--s", "2", "--a", "2").exit_code == 0
    for stage in ("planning", "design"):
        printed = say(
            "report", "gate", "--system", SYSTEM, "--stage", stage, "--format", "html",
            "-o", str(tmp_path / "out"),
        )  # fmt: skip
        assert printed.exit_code == 0, printed.output
    assert len(_printed(tmp_path / "out")) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("gate", "--system", SYSTEM),
        ("gate", "--unit", UNIT, "--stage", "planning"),
        ("gate", "--system", SYSTEM, "--stage", "planing"),
        ("gate", "--system", SYSTEM, "--stage", "planning"),  # no level, and nobody has begun
        ("rectification", "--system", SYSTEM, "--stage", "planning"),
    ],
)
def test_a_sheet_needs_a_system_and_a_stage(say: Say, arguments: tuple[str, ...]) -> None:
    result = say("report", *arguments)
    assert result.exit_code == 2, result.output
    assert not result.stdout
