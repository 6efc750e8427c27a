"""High-risk cases from the first list to the frozen score, as a person types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.operations.judge_systems import judge_systems
from secops.wiring.opening import open_workspace
from secops.wiring.tables import load_tables
from tests.operations.graded import sample, see
from tests.schemas import fits_its_schema

Say = Callable[..., Result]
SEEN = {(6379, "redis.access"): "open"}
AFFIRMED = "相关性：公网可达；严重性：可取得管理权限；高发性：去年被爆破"


@pytest.fixture
def say(workspace_folder: Path) -> Say:
    """Give `secops` as 林一帆 in a workspace with one website of S3A3, scanned and started."""
    with open_workspace(workspace_folder) as workspace, workspace.begin() as work:
        one = sample(workspace, work)
        see(workspace, work, one, SEEN)
        judge_systems(work, workspace.acting, [one.system], load_tables())
        work.commit()

    def say(*arguments: str) -> Result:
        return CliRunner().invoke(secops, ["-C", str(workspace_folder), *arguments])

    assert say("assess", "start", "1", "--cycle", "2026").exit_code == 0
    return say


def _done(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def _hazards(say: Say, *options: str) -> dict[str, Any]:
    text = _done(say("--json", "assess", "hazards", "1", *options))
    fits_its_schema(text)
    read: dict[str, Any] = json.loads(text)
    return read


def _of(document: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in document["cases"] if one["code"] == code)
    return found


def test_a_hazard_is_found_mended_and_still_counted(say: Say) -> None:
    """The story: proposed, judged, affirmed, frozen, mended in a new revision, scored."""
    before = _hazards(say)
    assert before["counts"] == {
        "cases": 40,
        "present": 0,
        "downgraded": 0,
        "open": 46,
        "hazards": 0,
        "hazards_mended": 0,
    }
    assert _of(before, "HR25-6.4.1.1")["proposal"] == "to_be_judged"  # the scan saw an open cache
    assert _of(before, "A-18")["state"] == "not_triggered"
    listed = _done(say("assess", "hazards", "1")).splitlines()
    assert listed[1].split("\t")[:3] == ["HR25-6.4.1.1", "未判定", "建议先判定"]

    _done(say("assess", "answer", "1", "HR25-6.4.1.1", "存在", "--note", "缓存免口令"))
    assert _of(_hazards(say), "A-18")["proposal"] == "to_be_judged"
    _done(say("assess", "answer", "1", "A-18", "present", "--note", AFFIRMED))
    _done(say("assess", "freeze", "1"))
    frozen = _done(say("score", "1"))
    assert "整改前重大风险隐患：1 项，其中已整改 0 项" in frozen

    _done(say("assess", "revise", "1"))
    _done(say("assess", "answer", "1", "HR25-6.4.1.1", "absent", "--note", "已设口令，复扫通过"))
    after = _hazards(say)
    assert (after["counts"]["hazards"], after["counts"]["hazards_mended"]) == (1, 1)
    assert _of(after, "A-18")["was_present"]
    said = _done(say("score", "1", "--explain"))
    assert "整改前重大风险隐患：1 项，其中已整改 1 项" in said
    assert "A-18\t已整改" in said
    document = _done(say("--json", "score", "1", "--explain"))
    fits_its_schema(document)
    assert json.loads(document)["hazards"]["hazards_mended"] == 1


def test_all_judged_and_none_found_the_best_conclusion_is_open(say: Say, tmp_path: Path) -> None:
    asked = json.loads(_done(say("--json", "assess", "status", "1")))["systems"][0]["items"]
    lines = [f'  - {{item: "{one["clause"]}", verdict: compliant}}' for one in asked]
    file = tmp_path / "answers.yaml"
    file.write_text("secops: answers\nversion: 1\nanswers:\n" + "\n".join(lines), "utf-8")
    _done(say("assess", "import", "1", str(file)))
    assert json.loads(_done(say("--json", "score", "1")))["conclusion"] == "basically_compliant"
    recorded = _hazards(say, "--absent-where-compliant")["recorded"]
    assert len(recorded) == 39  # all but the one that the scan speaks for
    assert "HR25-6.4.1.1" not in recorded
    for code in ("HR25-6.4.1.1", *(f"A-{n}" for n in range(27, 33))):
        _done(say("assess", "answer", "1", code, "absent"))
    scored = json.loads(_done(say("--json", "score", "1")))
    assert scored["hazards"]["open"] == 0
    assert scored["hazards_judged"]
    assert scored["conclusion"] == "compliant"


def test_in_bulk_only_compliant_answers_of_people_count_and_a_dry_run_records_none(
    say: Say,
) -> None:
    assert _hazards(say, "--absent-where-compliant")["recorded"] == []
    _done(say("assess", "answer", "1", "8.1.1.2", "compliant"))
    _done(say("assess", "answer", "1", "8.1.1.5.a", "partially_compliant"))
    dry = _hazards(say, "--absent-where-compliant", "--dry-run")
    assert dry["recorded"] == ["HR25-6.1.1.1"]
    assert _of(_hazards(say), "HR25-6.1.1.1")["state"] == "open"
    assert _hazards(say, "--absent-where-compliant")["recorded"] == ["HR25-6.1.1.1"]
    case = _of(_hazards(say), "HR25-6.1.1.1")
    assert case["state"] == "absent"
    assert case["answer"]["answered_by"]
    assert _of(_hazards(say), "HR25-6.1.2.1")["proposal"] == "to_be_judged"
    assert _hazards(say, "--absent-where-compliant")["recorded"] == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("HR25-6.2.1.1", "downgraded", "--note", "有备机"), "不可降低风险"),
        (("HR25-6.1.1.1", "downgraded"), "须写明补偿措施"),
        (("HR25-6.4.3.2", "downgraded", "--note", "只能本地访问"), "只有一部分可以降低风险"),
        (("A-18", "present", "--note", AFFIRMED), "请先判定 HR25-6.4.1.1"),
        (("A-28", "present", "--note", "相关性：公网可达"), "严重性, 高发性"),
        (("HR25-6.1.3.1", "not_applicable"), "必须说明理由"),
        (("HR25-6.4.1.1", "compliant"), "存在, 降低风险, 不存在"),
        (("HR25-7.1.1.1", "present"), "HR25-7.1.1.1"),
        (("8.1.4.1.a", "present"), "present"),
    ],
)
def test_what_the_guide_does_not_allow_is_refused_and_nothing_recorded(
    say: Say, typed: tuple[str, ...], code: str
) -> None:
    result = say("assess", "answer", "1", *typed)
    assert result.exit_code == 2
    assert code in result.output
    assert not [one for one in _hazards(say)["cases"] if one["answer"]]


def test_a_present_case_is_a_finding_of_high_risk_and_raises_that_of_its_item(say: Say) -> None:
    _done(say("assess", "answer", "1", "HR25-6.10.1.1", "present", "--note", "没有预案"))
    _done(say("assess", "answer", "1", "8.1.10.13.b", "non_compliant", "--note", "缺恢复流程"))
    _done(say("assess", "answer", "1", "8.1.10.13.c", "non_compliant", "--note", "没有演练"))
    _done(say("assess", "answer", "1", "HR25-6.1.2.1", "downgraded", "--note", "机房有专人值守"))
    lines = [one.split("\t") for one in _done(say("finding", "list")).splitlines()]
    risks = {one[4]: one[1] for one in lines}
    assert risks["没有预案"] == risks["缺恢复流程"] == "高"
    assert risks["没有演练"] == "中"
    condition = _of(_hazards(say), "HR25-6.1.2.1")["condition"]
    assert risks[condition] == "中"


def test_a_case_lowered_at_first_and_present_later_is_a_new_finding(say: Say) -> None:
    _done(say("assess", "answer", "1", "HR25-6.1.2.1", "downgraded", "--note", "有专人值守"))
    _done(say("assess", "answer", "1", "HR25-6.1.2.1", "present", "--note", "值守已撤"))
    lines = [one.split("\t") for one in _done(say("finding", "list")).splitlines()]
    assert {one[4]: one[1] for one in lines}["值守已撤"] == "高"
