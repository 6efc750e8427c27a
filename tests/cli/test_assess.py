"""`secops assess`, `score` and `agency` as a person types them, in one workspace."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.judging.mending_days import deadlines_of
from secops.model.judgement import Risk
from secops.operations.judge_systems import judge_systems
from secops.wiring.opening import open_workspace
from secops.wiring.tables import load_tables
from tests.operations.graded import sample, see
from tests.schemas import fits_its_schema

Say = Callable[..., Result]
SEEN = {
    (6379, "redis.access"): "open",
    (443, "tls.versions"): "TLSv1.0,TLSv1.2",
    (443, "http.headers-missing"): "none",
}


@pytest.fixture
def say(workspace_folder: Path) -> Say:
    """Give `secops` in a workspace with one graded and scanned website, number 1."""
    with open_workspace(workspace_folder) as workspace, workspace.begin() as work:
        one = sample(workspace, work)
        see(workspace, work, one, SEEN)
        judge_systems(work, workspace.acting, [one.system], load_tables())
        work.commit()

    def say(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(secops, ["-C", str(workspace_folder), *arguments], input=typed)

    return say


def _document(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.output
    read: dict[str, object] = json.loads(result.output)
    return read


def test_start_explains_its_choice(say: Say) -> None:
    result = say("assess", "start", "1", "--explain", "--cycle", "2026")
    assert result.exit_code == 0, result.output
    assert "共 211 项" in result.output
    assert "业务信息安全类" in result.output


def test_a_dry_run_starts_nothing(say: Say) -> None:
    assert say("assess", "start", "1", "--dry-run").exit_code == 0
    assert say("score", "1").exit_code == 2


def test_status_names_what_was_never_begun_and_fits_its_schema(say: Say) -> None:
    before = say("--json", "assess", "status")
    say("assess", "start", "1")
    for result in (
        before,
        say("--json", "assess", "status"),
        say("--json", "assess", "status", "1"),
    ):
        assert result.exit_code == 0, result.output
        fits_its_schema(result.output)
    assert _document(before)["systems"] == []
    assert [one["name"] for one in _document(before)["not_assessed"]] == ["招生网站"]  # type: ignore[attr-defined]  # a list


def test_status_shows_suggestions_apart_from_answers(say: Say) -> None:
    say("assess", "start", "1")
    result = say("assess", "status", "1", "--items")
    line = next(one for one in result.output.splitlines() if "8.1.4.1.a 身份鉴别" in one)
    assert line.split("\t")[1:3] == ["未填", "建议：不符合"]
    assert "gb22239/" not in result.output


def test_next_prints_the_failing_item_first_with_its_evidence(say: Say) -> None:
    say("assess", "start", "1")
    result = say("assess", "next", "1")
    assert result.exit_code == 0, result.output
    assert "建议：" in result.output
    assert "sha256:" in result.output
    assert "待填 211 项" in result.output
    assert _document(say("--json", "assess", "next", "1"))["open"] == 211


@pytest.mark.parametrize("verdict", ["符合", "compliant", "y"])
def test_a_verdict_is_typed_in_words_or_by_its_key(say: Say, verdict: str) -> None:
    say("assess", "start", "1")
    result = say("assess", "answer", "1", "8.1.1.2", verdict)
    assert result.exit_code == 0, result.output
    counts = _document(say("--json", "score", "1"))["counts"]
    assert isinstance(counts, dict)
    assert counts["compliant"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("8.1.1.2", "或许"), "不是判定结果"),
        (("8.1.1.2", "不适用"), "必须说明理由"),
        (("7.1.1.2", "符合"), "的自查不含"),
        (("8.1.1.2", "符合", "--evidence", "no-such-file"), "既不是文件"),
        (("8.1.1.2", "符合", "--by", "查无此人"), "查无此人"),
        (("8.1.1.2", "符合", "--component", "招生前台"), "不针对组件"),
        (("8.1.1.2", "符合", "--expect", "3"), "8.1.1.2"),
    ],
)
def test_a_wrong_answer_is_refused_with_a_reason_and_nothing_is_kept(
    say: Say, arguments: tuple[str, ...], said: str
) -> None:
    say("assess", "start", "1")
    result = say("assess", "answer", "1", *arguments)
    assert result.exit_code == 2, result.output
    assert said in result.output
    counts = _document(say("--json", "score", "1"))["counts"]
    assert isinstance(counts, dict)
    assert counts["unanswered"] == 211


def test_nobody_answers_nothing(say: Say, workspace_folder: Path) -> None:
    say("assess", "start", "1")
    settings = workspace_folder / "secops.toml"
    kept = [line for line in settings.read_text("utf-8").splitlines() if "person" not in line]
    settings.write_text("\n".join(kept), "utf-8")
    result = say("assess", "answer", "1", "8.1.1.2", "符合")
    assert result.exit_code == 2
    assert "未指明是谁" in result.output
    assert say("assess", "answer", "1", "8.1.1.2", "符合", "--by", "林一帆").exit_code == 0


def test_evidence_is_kept_and_named(say: Say, tmp_path: Path) -> None:
    say("assess", "start", "1")
    paper = tmp_path / "门禁记录.txt"
    paper.write_text("2026-03-01 正常", "utf-8")
    assert say("assess", "answer", "1", "8.1.1.2", "符合", "--evidence", str(paper)).exit_code == 0
    result = say("--json", "score", "1", "--explain")
    fits_its_schema(result.output)
    items = _document(result)["items"]
    assert isinstance(items, list)
    (answered,) = [one for one in items if one["clause"] == "8.1.1.2"]
    (digest,) = answered["answers"][0]["evidence"]
    again = say("assess", "answer", "1", "8.1.1.3.a", "符合", "--evidence", digest)
    assert again.exit_code == 0, again.output


def test_accept_freeze_and_revise(say: Say) -> None:
    say("assess", "start", "1")
    assert say("assess", "accept", "1").exit_code == 2  # neither items nor --all
    planned = say("assess", "accept", "1", "--all", "--dry-run")
    assert planned.exit_code == 0
    accepted = say("assess", "accept", "1", "--all")
    assert accepted.output.splitlines()[:-1] == planned.output.splitlines()[:-1]
    planned = say("--json", "assess", "freeze", "1", "--dry-run")
    fits_its_schema(planned.output)
    said = _document(planned)
    left, cases = said["unanswered"], said["cases_open"]
    scored = json.loads(say("--json", "score", "1").stdout)["counts"]
    judged = json.loads(say("--json", "assess", "hazards", "1").stdout)["counts"]
    assert left == scored["unanswered"] > 0
    assert cases == judged["open"] > 0
    frozen = say("assess", "freeze", "1")
    assert "已定稿" in frozen.output
    assert f"未填 {left} 项，高风险判例和重大隐患未判定 {cases} 个" in frozen.output
    refused = say("assess", "answer", "1", "8.1.1.2", "符合")
    assert refused.exit_code == 2
    assert say("assess", "accept", "1", "--all").exit_code == 2
    revised = say("assess", "revise", "1")
    assert "第 2 版" in revised.output
    assert say("assess", "answer", "1", "8.1.1.2", "符合").exit_code == 0


def test_the_score_is_shown_with_its_source_and_never_as_official(say: Say) -> None:
    say("assess", "start", "1")
    result = say("score", "1", "--explain")
    assert "不是等级测评" in result.output
    assert "结论不会优于基本符合" in result.output
    assert "1846号" in result.output
    assert result.output.count("\t0\t1\n") == 211
    before = say("score", "1", "--as-of", "2020-01-01")
    assert before.exit_code == 2


def test_what_an_agency_printed_is_shown_as_it_was_entered(say: Say) -> None:
    entered = say(
        *("agency", "add", "1", "--agency", "某测评有限公司", "--number", "CP-2025-7"),
        *("--date", "2025-02-10", "--edition", "2021", "--conclusion", "中", "--score", "78.350"),
    )
    assert entered.exit_code == 0, entered.output
    listed = say("agency", "list")
    assert "78.350" in listed.output
    assert "招生网站" in listed.output
    assert _document(say("--json", "agency", "list", "1"))["reports"]


def test_a_setting_is_shown_as_practice_set_in_the_history_and_used(say: Say) -> None:
    say("assess", "start", "1")
    shown = _document(say("--json", "regulation", "show"))["settings"]
    assert isinstance(shown, list)
    assert {one["confidence"] for one in shown} == {"L", "M", "tool"}
    name = "conclusion.partial-weight"
    planned = say("regulation", "set", name, "1/2", "--dry-run")
    assert "将由 0 改为 1/2" in planned.output
    assert "权重 0" in say("score", "1").output
    assert say("regulation", "set", name, "1/2").exit_code == 0
    assert "权重 1/2" in say("score", "1").output
    assert say("regulation", "set", name).exit_code == 0
    assert "权重 0" in say("score", "1").output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("conclusion.partial-wait", "1"),
        ("conclusion.partial-weight", "2"),
        ("conclusion.at-lower-border", "compliant"),
        ("threshold.tls.days-left", "thirty"),
        ("threshold.ports.high-risk", "tcp/21,,tcp/23"),
    ],
)
def test_a_setting_that_nothing_can_read_is_refused(say: Say, name: str, value: str) -> None:
    result = say("regulation", "set", name, value)
    assert result.exit_code == 2
    assert say("--json", "regulation", "show").exit_code == 0


def test_days_to_mend_are_settings_too(say: Say) -> None:
    name = "rectify.days.high"

    def shown() -> dict[str, str]:
        settings = _document(say("--json", "regulation", "show"))["settings"]
        assert isinstance(settings, list)
        (found,) = (one for one in settings if one["name"] == name)
        return dict(found)

    assert (shown()["value"], shown()["confidence"]) == ("15", "tool")
    assert "工具默认" in say("regulation", "show").output
    assert say("regulation", "set", name, "7").exit_code == 0
    assert (shown()["value"], shown()["default"]) == ("7", "15")
    for wrong in ("0", "soon", "99999", "¹"):
        refused = say("regulation", "set", name, wrong)
        assert refused.exit_code == 2
        assert name in refused.stderr
    assert shown()["value"] == "7"
    assert say("regulation", "set", name).exit_code == 0
    assert shown()["value"] == "15"


def test_days_that_were_set_back_are_the_tools_own() -> None:
    names = {f"rectify.days.{risk.value}": risk for risk in Risk}
    high, medium, low = names
    said = deadlines_of({high: "7", medium: "", "other": "x"})
    assert said.days[names[high]] == 7
    assert said.by_default == {names[medium], names[low]}


def _file(tmp_path: Path, *verdicts: str) -> str:
    items = ("8.1.1.2", "8.1.1.3.a", "8.1.1.3.b", "8.1.1.7.a")
    lines = [f"- {{item: {x}, verdict: {y}}}" for x, y in zip(items, verdicts, strict=False)]
    path = tmp_path / "answers.yaml"
    path.write_text("\n".join(["secops: answers", "version: 1", "answers:", *lines]), "utf-8")
    return str(path)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_of_answers_speaks_chinese_or_our_keys(
    say: Say, tmp_path: Path, language: str
) -> None:
    say("assess", "start", "1")
    file = _file(tmp_path, "符合", "部分符合", "non_compliant", "不适用, reason: 没有机房")
    done = say("--lang", language, "--json", "assess", "import", "1", file)
    assert done.exit_code == 0, done.output
    values = [json.dumps(one["value"]) for one in json.loads(done.output)["answers"]]
    for value, key in zip(
        values,
        ("compliant", "partially_compliant", "non_compliant", "not_applicable"),
        strict=True,
    ):
        assert f'"{key}"' in value


def test_every_wrong_answer_of_a_file_is_said(say: Say, tmp_path: Path) -> None:
    say("assess", "start", "1")
    done = say("assess", "import", "1", _file(tmp_path, "很好", "符合", "不适用", "不错"))
    assert done.exit_code == 3
    assert [f"answers.yaml:{line}:" in done.stderr for line in (4, 5, 6, 7)] == [
        True,
        False,
        True,
        True,
    ]
    path = tmp_path / "answers.yaml"
    twice = "".join(f"- {{item: 8.1.1.2, verdict: {x}}}\n" for x in ("符合", "不符合"))
    path.write_text(f"secops: answers\nversion: 1\nanswers:\n{twice}", "utf-8")
    two = say("assess", "import", "1", str(path))
    assert (two.exit_code, "answers.yaml:5:3 8.1.1.2 填了两次，首次在第 4 行" in two.stderr) == (
        3,
        True,
    )
    lines = "".join(f"- {{item: 9.9.9.{x}, verdict: 符合}}\n" for x in (1, 2))
    path.write_text(f"secops: answers\nversion: 1\nanswers:\n{lines}", "utf-8")
    unknown = say("assess", "import", "1", str(path))
    assert unknown.exit_code == 3
    assert all(f"answers.yaml:{line}:" in unknown.stderr for line in (4, 5))
