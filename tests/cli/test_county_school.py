"""A county school's year: sixty questions, most of them confirmed, one paper to stamp."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.wiring.tables import load_tables
from tests.schemas import fits_its_schema

Say = Callable[..., Result]
SCHOOL = "示例县第一小学"
CHECK = "education-selfcheck"


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Give `secops` in the workspace of a school that has no system of its own."""
    folder = tmp_path / "school"

    def say(*arguments: str) -> Result:
        return CliRunner().invoke(secops, ["-C", str(folder), *arguments])

    made = CliRunner().invoke(
        secops,
        ["init", str(folder), "--unit", SCHOOL, "--person", "周老师", "--post", "信息技术教师"],
    )
    assert made.exit_code == 0, made.output
    return say


def _done(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def _document(result: Result) -> dict[str, Any]:
    fits_its_schema(_done(result))
    read: dict[str, Any] = json.loads(result.output)
    return read


def _begun(say: Say) -> None:
    _done(say("assess", "start", f"unit:{SCHOOL}", "--checklist", CHECK, "--cycle", "2026"))


def test_a_school_goes_through_its_year(say: Say, tmp_path: Path) -> None:
    _begun(say)
    status = _done(say("assess", "status", "unit:1"))
    assert "有建议待人确认的未填项：17" in status
    for item, value in (("EDU-01", "是"), ("EDU-03", "1"), ("EDU-30", "7/9"), ("EDU-52", "no")):
        _done(say("assess", "answer", "unit:1", item, value))
    reason = ("--reason", "未被认定为关键信息基础设施")
    _done(say("assess", "answer", "unit:1", "EDU-17", "na", *reason))
    assert "已记录 1 条" in _done(say("assess", "accept", "unit:1", "EDU-04"))
    assert "已记录 15 条" in _done(say("assess", "accept", "unit:1", "--all"))
    scored = _document(say("--json", "score", "unit:1"))
    assert scored["official"] is False
    assert scored["unanswered"] == 60 - 4 - 17
    explained = _document(say("--json", "score", "unit:1", "--explain"))
    shares = {one["clause"]: one["share"] for one in explained["items"]}
    assert (shares["EDU-03"], shares["EDU-30"], shares["EDU-17"]) == ("7/10", "7/9", None)
    _done(say("assess", "freeze", "unit:1"))
    _done(say("report", "selfcheck", "--unit", "1", "--format", "html", "-o", str(tmp_path)))
    (paper,) = tmp_path.glob("*.html")
    printed = paper.read_text("utf-8")
    assert "不是官方评分" in printed
    assert "草稿" not in printed
    assert "未被认定为关键信息基础设施" in printed


def test_what_the_inventory_counts_waits_for_a_person(say: Say) -> None:
    _begun(say)
    item = _document(say("--json", "assess", "status", "unit:1", "--items"))["systems"][0]["items"]
    of_three = next(one for one in item if one["clause"] == "EDU-04")
    assert of_three["value"] == "unanswered"
    assert of_three["proposals"][0]["from"] == "inventory"
    assert of_three["proposals"][0]["value"] == "not_applicable"
    assert _document(say("--json", "score", "unit:1"))["points"] == "0"


def test_a_system_of_its_own_is_counted_instead(say: Say) -> None:
    _done(say("system", "add", "--name", "选课系统", "--unit", "1", "--s", "2", "--a", "2"))
    _begun(say)
    printed = _done(say("assess", "status", "unit:1", "--items"))
    lines = {line.split("\t")[0]: line for line in printed.splitlines()}
    assert "建议：0/1" in lines["EDU-04"]
    assert "建议：1/1" in lines["EDU-12"]
    assert "建议：0/1" in lines["EDU-13"]
    assert "不适用" in lines["EDU-14"]


@pytest.mark.parametrize(
    ("item", "value", "said"),
    [
        ("EDU-04", "10/9", "不大于后一个数"),
        ("EDU-04", "0/0", "常见理由：本单位没有自建或自管的系统"),
        ("EDU-04", "符合", "该项要填两个数"),
        ("EDU-03", "3", "2 两次及以上"),
        ("EDU-01", "2", "EDU-01 没有“2”这个选项"),
        ("EDU-17", "na", "必须说明理由"),
        ("EDU-61", "是", "EDU-61"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(say: Say, item: str, value: str, said: str) -> None:
    _begun(say)
    result = say("assess", "answer", "unit:1", item, value)
    assert result.exit_code == 2
    assert said in result.output
    assert _document(say("--json", "score", "unit:1"))["unanswered"] == 60


def test_a_negative_number_is_refused_as_one(say: Say) -> None:
    _begun(say)
    result = say("assess", "answer", "unit:1", "EDU-04", "--", "-1/9")
    assert result.exit_code == 2
    assert "不小于 0" in result.output


def test_two_checks_of_one_unit_are_told_apart(say: Say) -> None:
    _begun(say)
    _done(say("assess", "start", "unit:1", "--checklist", "self-assessment-100"))
    assert say("score", "unit:1").exit_code == 2
    table = _document(say("--json", "score", "unit:1", "--checklist", "self-assessment-100"))
    assert (table["asked"], table["of"]) == (53, "100")


def test_next_year_begins_with_what_was_said(say: Say, tmp_path: Path) -> None:
    _begun(say)
    paper = tmp_path / "任命文件.pdf"
    paper.write_bytes(b"%PDF-1.4 appointment")
    _done(say("assess", "answer", "unit:1", "EDU-01", "是", "--evidence", str(paper)))
    _done(say("assess", "answer", "unit:1", "EDU-05", "否"))
    _done(say("assess", "freeze", "unit:1"))
    listed = _done(say("assess", "carry", "unit:1", "--cycle", "2027", "--list"))
    assert "待确认\tEDU-01\t是" in listed
    assert "待确认 2 条" in listed
    before = _document(say("--json", "assess", "carry", "unit:1"))
    assert [one["clause"] for one in before["proposed"]] == ["EDU-01", "EDU-05"]
    assert (before["begun"], before["left"]) == (False, 58)
    done = _document(say("--json", "assess", "carry", "unit:1", "--confirm", "EDU-01"))
    assert [one["value"] for one in done["answers"]] == ["choice:yes"]
    assert _document(say("--json", "score", "unit:1"))["evidence"]["older"] == 1
    _done(say("report", "selfcheck", "--unit", "1", "--format", "html", "-o", str(tmp_path)))
    (printed,) = tmp_path.glob("*.html")
    assert "佐证早于本周期的检查项" in printed.read_text("utf-8")
    assert "沿用上一周期并经确认的填报1条" in printed.read_text("utf-8")


def test_a_dry_run_carries_nothing(say: Say) -> None:
    _begun(say)
    for item in ("EDU-01", "EDU-05"):
        _done(say("assess", "answer", "unit:1", item, "是"))
    _done(say("assess", "freeze", "unit:1"))
    tried = ("--cycle", "2027", "--confirm", "EDU-01,EDU-05", "--dry-run")
    assert "将确认 2 条" in _done(say("assess", "carry", "unit:1", *tried))
    assert _document(say("--json", "score", "unit:1"))["assessment"]["cycle"] == "2026"


EDITION = """\
pack: meals
edition: "{year}"
title: 食堂网络安全自查
source: 本校自拟
as_of: "2020-01-01"
confidence: M
in_force: "{year}-01-01"
about: unit
points: "4"
domains:
  - {{code: kitchen, title: 食堂, english: Kitchen}}
"""
ITEM = """\
  - id: meals/kitchen/{name}
    code: {code}
    gist: {gist}
    weight: "2"
    asks: yes_no
    confidence: M
"""
HEAD = """\
source: 本校自拟
as_of: "2020-01-01"
confidence: M
domain: kitchen
items:
"""


def _edition(folder: Path, year: int, *items: tuple[str, str, str]) -> None:
    home = folder / "school" / "checklists" / f"meals-{year}"
    home.mkdir(parents=True)
    (home / "edition.yaml").write_text(EDITION.format(year=year), "utf-8")
    written = [ITEM.format(name=name, code=code, gist=gist) for name, code, gist in items]
    (home / "items.yaml").write_text(HEAD + "".join(written), "utf-8")


def test_another_edition_asks_again_only_what_it_words_otherwise(say: Say, tmp_path: Path) -> None:
    _edition(tmp_path, 2020, ("card", "M-1", "刷卡机改了口令"), ("camera", "M-2", "监控有专人"))
    _done(say("assess", "start", "unit:1", "--checklist", "meals@meals-2020", "--cycle", "一"))
    for item in ("M-1", "M-2"):
        _done(say("assess", "answer", "unit:1", item, "是"))
    _done(say("assess", "freeze", "unit:1"))
    _edition(tmp_path, 2021, ("card", "M-3", "刷卡机改了口令"), ("camera", "M-2", "监控有两人"))
    load_tables.cache_clear()  # a process loads them once, and this is one
    found = _document(say("--json", "assess", "carry", "unit:1", "--cycle", "二"))
    assert found["edition"] == "2021"
    assert [one["clause"] for one in found["proposed"]] == ["M-3"]
    assert [(one["clause"], one["was"]) for one in found["changed"]] == [("M-2", "监控有专人")]
    refused = say("assess", "carry", "unit:1", "--confirm", "M-2")
    assert refused.exit_code == 2
    assert "没有可确认的建议" in refused.output
    _done(say("assess", "carry", "unit:1", "--confirm-domain", "kitchen"))
    assert _document(say("--json", "score", "unit:1"))["points"] == "2"
