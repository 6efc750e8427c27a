"""`secops assess next` at a real terminal: one key an item, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from secops.cli.root import secops
from secops.judging.scoring import current
from secops.model.answer import Answer, Choice, Measure, OfComponent, Value, Verdict
from secops.model.common import NotApplicable
from secops.operations.assessments import opened
from secops.wiring.assess import looking
from secops.wiring.opening import open_workspace
from secops.wiring.workspace import Workspace
from tests.cli.terminal import Terminal
from tests.operations.graded import Sample, sample, see

pytestmark = pytest.mark.slow
PE = "gb22239/pe"


def _run(folder: Path, *arguments: str) -> str:
    done = CliRunner().invoke(secops, ["-C", str(folder), *arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def graded(workspace: Workspace, workspace_folder: Path) -> Sample:
    with workspace.begin() as work:
        one = sample(workspace, work)
        see(workspace, work, one, {(6379, "redis.access"): "open"})
        work.commit()
    _run(workspace_folder, "assess", "start", "1")
    return one


def _kept(folder: Path, one: Sample) -> tuple[Answer, ...]:
    with open_workspace(folder) as again, looking(again) as session:
        held = opened(session.work, session.blobs, one.series)
        return tuple(session.work.answers.of(held.assessment.id))


def _standing(folder: Path, one: Sample) -> dict[str, Value]:
    return {item.text: it.value for (item, _), it in current(_kept(folder, one)).items()}


def test_keys_answer_accept_skip_and_stop(workspace_folder: Path, graded: Sample) -> None:
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        terminal.type_all(["a", "y", "s", "x", "无机房\n", "p", "门锁坏了\n"])
        assert terminal.leave("q") == 0
        assert "a 采纳建议" in terminal.shown
        assert "安全计算环境 0/" in terminal.shown
    assert _standing(workspace_folder, graded) == {
        "gb22239/ce/identity-1": Verdict.NON_COMPLIANT,
        f"{PE}/location-1": Verdict.COMPLIANT,
        f"{PE}/access-1": NotApplicable("无机房"),
        f"{PE}/theft-1": Verdict.PARTIALLY_COMPLIANT,
    }
    kept = {answer.item.text: answer for answer in _kept(workspace_folder, graded)}
    assert kept["gb22239/ce/identity-1"].suggestion
    assert kept[f"{PE}/theft-1"].note == "门锁坏了"


def test_a_question_says_all_that_helps_to_answer_it(
    workspace_folder: Path, graded: Sample
) -> None:
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        shown = terminal.asked()
        assert terminal.leave("q") == 0
    for part in ("要点", "涉及组件", "核查、测试", "可作证明", "常见问题", "通常整改", "待确认"):
        assert part in shown
    assert "建议：不符合" in shown
    assert graded.cache.name in shown


def test_enter_after_a_key_answers_nothing_else(workspace_folder: Path, graded: Sample) -> None:
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        terminal.type_all(["s", "n\n", "没有验收文件\n", "\x1b[A\ny\n"])
        assert terminal.leave("q") == 0
    assert _standing(workspace_folder, graded) == {
        f"{PE}/location-1": Verdict.NON_COMPLIANT,
        f"{PE}/location-2": Verdict.COMPLIANT,
    }


def test_a_wrong_key_is_explained_and_answers_nothing(
    workspace_folder: Path, graded: Sample
) -> None:
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        assert "按键 z" in terminal.type("z")
        assert "g " in terminal.type("？")  # typed with a Chinese input method
        assert terminal.leave("q") == 0
    assert _kept(workspace_folder, graded) == ()


def test_undo_takes_the_last_answers_back_and_keeps_them_in_the_history(
    workspace_folder: Path, graded: Sample
) -> None:
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        terminal.type_all(["s", "y", "y"])
        assert "已撤回：8.1.1.1.b" in terminal.type("u")
        assert "已撤回：8.1.1.1.a" in terminal.type("u")
        assert "还没有填过" in terminal.type("u")
        terminal.type("n")
        terminal.type("老楼\n")
        assert terminal.leave("q") == 0
    assert _standing(workspace_folder, graded) == {f"{PE}/location-1": Verdict.NON_COMPLIANT}
    assert sum(answer.withdraws for answer in _kept(workspace_folder, graded)) == 2
    assert "撤回一项填报" in _run(workspace_folder, "audit", "list")


def test_back_and_go_find_answered_questions_and_note_and_evidence_stay(
    workspace_folder: Path, graded: Sample, tmp_path: Path
) -> None:
    proof = tmp_path / "验收.txt"
    proof.write_text("合格", encoding="utf-8")
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        terminal.type_all(["g", "8.1.1.1.a\n", "t", "看过文件\n", "e", f"{proof}\n"])
        terminal.type("y")
        assert "看过文件" in terminal.type("b")
        terminal.type("y")
        assert "9.9.9" in terminal.type_all(["g", "9.9.9\n"])
        assert terminal.leave("q") == 0
    first, second = _kept(workspace_folder, graded)
    assert (second.note, second.evidence) == ("看过文件", first.evidence)
    assert len(first.evidence) == 1


def test_one_component_is_answered_apart(workspace_folder: Path, graded: Sample) -> None:
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        assert "会话缓存" in terminal.type_all(["c", "会话缓存\n"])
        shown = terminal.type_all(["n", "空口令\n"])
        assert "招生前台" in shown  # it stays open until every component is answered
        assert terminal.leave("q") == 0
    (answer,) = _kept(workspace_folder, graded)
    assert answer.subject == OfComponent(graded.system.id, graded.cache.id)


def test_high_risk_cases_come_behind_the_items(workspace_folder: Path, graded: Sample) -> None:
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        shown = terminal.type_all(["g", "HR25-6.4.1.1\n"])
        assert "0 不存在" in shown
        terminal.type_all(["1", "空口令\n"])
        assert "存在" in terminal.type("b")
        terminal.type("0")
        assert terminal.leave("q") == 0
    values = [answer.value for answer in _kept(workspace_folder, graded)]
    assert values == [Choice("present"), Choice("absent")]


@pytest.mark.parametrize("columns", [60, 80])
def test_lines_fit_into_the_terminal_as_it_is_now(
    workspace_folder: Path, graded: Sample, columns: int
) -> None:
    del graded
    with Terminal(workspace_folder, "assess", "next", "1", columns=120) as terminal:
        terminal.asked()
        terminal.resize(columns)
        shown = terminal.type("s")
        assert terminal.leave("q") == 0
    lines = [line for line in shown.splitlines() if not line.endswith(": ")]
    assert max(map(cell_len, lines)) <= columns


def test_ctrl_c_in_a_note_is_no_answer_and_at_a_key_ends(
    workspace_folder: Path, graded: Sample
) -> None:
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        terminal.type_all(["s", "y", "n"])
        terminal.press_ctrl_c()
        assert "s 跳过" in terminal.asked()
        terminal.press_ctrl_c()
        assert terminal.leave("") == 130
    assert _standing(workspace_folder, graded) == {f"{PE}/location-1": Verdict.COMPLIANT}


def test_ctrl_d_ends_well(workspace_folder: Path, graded: Sample) -> None:
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        assert terminal.leave("\x04") == 0
    assert _kept(workspace_folder, graded) == ()


def _roles(folder: Path, *arguments: str) -> Iterator[str]:
    document = json.loads(_run(folder, "--json", "assess", "next", "1", *arguments))
    yield from document["roles"]


def test_a_role_is_asked_what_it_answers(workspace_folder: Path, graded: Sample) -> None:
    del graded
    shown = _run(workspace_folder, "assess", "next", "1", "--role", "network_administrator")
    assert "网络管理员" in shown
    assert "待判定判例和隐患 0 项" in shown


def test_my_own_roles_follow_from_title_and_post(workspace_folder: Path, graded: Sample) -> None:
    del graded
    refused = CliRunner().invoke(
        secops, ["-C", str(workspace_folder), "assess", "next", "1", "--mine"]
    )
    assert refused.exit_code == 2
    assert "--role" in refused.output
    _run(workspace_folder, "person", "edit", "1", "--set", "title=系统管理员兼网络管理员")
    assert [*_roles(workspace_folder, "--mine")] == [
        "system_administrator",
        "network_administrator",
    ]


def test_numbers_and_choices_are_typed_with_enter(workspace_folder: Path) -> None:
    _run(workspace_folder, "assess", "start", "unit:1", "--checklist", "education-selfcheck")
    arguments = ("assess", "next", "unit:1", "--checklist", "education-selfcheck")
    found: dict[str, Value] = {}
    with Terminal(workspace_folder, *arguments) as terminal:
        shown = terminal.asked()
        for _ in range(60):
            if "输入结果后回车" in shown:
                break
            shown = terminal.type("s")
        assert "5/3" in terminal.type("5/3\n")  # more than all is refused and asked again
        terminal.type("3/5\n")
        assert terminal.leave("q\n" if "回车" in terminal.shown.splitlines()[-1] else "q") == 0
    with open_workspace(workspace_folder) as again, looking(again) as session:
        for assessment in session.work.assessments.all():
            found |= {a.item.text: a.value for a in session.work.answers.of(assessment.id)}
    assert [*found.values()] == [Measure(n=3, of=5)]


def test_what_was_said_last_year_stands_beside(workspace_folder: Path, graded: Sample) -> None:
    del graded
    _run(workspace_folder, "assess", "answer", "1", "8.1.1.1.a", "符合", "--note", "验收齐全")
    _run(workspace_folder, "assess", "freeze", "1")
    _run(workspace_folder, "assess", "carry", "1", "--cycle", "2027")
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        shown = terminal.type_all(["g", "8.1.1.1.a\n"])
        assert "上一周期" in shown
        assert "验收齐全" in shown
        assert "已记录：8.1.1.1.a" in terminal.type("a")
        assert terminal.leave("q") == 0


def test_a_major_hazard_is_affirmed_principle_by_principle(
    workspace_folder: Path, graded: Sample
) -> None:
    with Terminal(workspace_folder, "assess", "next", "1") as terminal:
        terminal.asked()
        terminal.type_all(["g", "A-27\n", "1", "影响核心数据\n", "外网可达\n"])
        assert "已记录：A-27" in terminal.type("发生过\n")
        assert terminal.leave("q") == 0
    (answer,) = _kept(workspace_folder, graded)
    assert answer.note == "相关性: 影响核心数据; 严重性: 外网可达; 高发性: 发生过"
