"""`secops checklist` as people and programs use it, without a workspace and in one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.settings.data import data_folder
from tests.schemas import fits_its_schema

Say = Callable[..., Result]
STANDARD = data_folder("checklists") / "gbt22239-2019"
_KINDS = ("checklist", "cases", "rules", "conclusion")
EDITION = """
pack: county
edition: "2026"
title: 县教育局检查单
source: 某县教育局
as_of: "2026-01-01"
confidence: M
about: unit
in_force: "2026-01-01"
points: "10"
domains:
  - {code: people, title: 人员}
"""
ITEMS = """
source: 某县教育局
as_of: "2026-01-01"
confidence: M
domain: people
items:
  - id: county/people/named
    code: XJ-01
    gist: 网络安全管理员写明到人
    asks: yes_no
    weight: "4"
    confidence: M
  - id: county/people/trained
    code: XJ-02
    gist: 教职工今年受过网络安全培训
    asks: ratio
    counts: [受过培训的教职工数, 教职工总数]
    weight: "6"
    confidence: L
"""


def _folder(at: Path, edition: str = EDITION, items: str = ITEMS) -> Path:
    at.mkdir(parents=True)
    (at / "edition.yaml").write_text(edition, "utf-8")
    (at / "people.yaml").write_text(items, "utf-8")
    return at


@pytest.fixture
def say(workspace_folder: Path) -> Say:
    """Give `secops` in a workspace."""

    def say(*arguments: str) -> Result:
        return CliRunner().invoke(secops, ["-C", str(workspace_folder), *arguments])

    return say


def _document(result: Result, *, code: int = 0) -> dict[str, Any]:
    assert result.exit_code == code, result.output
    fits_its_schema(result.stdout)
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def test_the_list_counts_per_level_part_and_domain_and_in_all() -> None:
    listed = _document(CliRunner().invoke(secops, ["--json", "checklist", "list"]))
    standard = next(one for one in listed["checklists"] if one["pack"] == "gb22239")
    assert (standard["items"], standard["asked"]) == (344, 942)
    assert {"level": 3, "part": "cloud", "domain": "ce", "asked": 19} in standard["counts"]
    assert sum(one["asked"] for one in standard["counts"]) == standard["asked"]
    every = listed["checklists"]
    assert listed["in_all"] == {
        "editions": len(every),
        "items": sum(one["items"] for one in every),
        "asked": sum(one["asked"] for one in every),
    }


def test_the_list_for_people_has_a_line_per_edition() -> None:
    lines = CliRunner().invoke(secops, ["checklist", "list"]).stdout.splitlines()
    (line,) = (one for one in lines if one.startswith("gb22239"))
    assert "1:84 2:200 3:317 4:341" in line


def test_an_item_is_shown_by_id_and_by_clause_with_what_sees_it() -> None:
    by_id, by_clause = (
        _document(CliRunner().invoke(secops, ["--json", "checklist", "show", "gb22239", name]))
        for name in ("gb22239/ce/identity-1", "8.1.4.1.a")
    )
    assert by_id == by_clause
    (item,) = by_id["items"]
    assert [at["clause"] for at in item["at"]] == [
        "6.1.4.1.a",
        "7.1.4.1.a",
        "8.1.4.1.a",
        "9.1.4.1.a",
    ]
    assert item["check"]["role"] == "system_administrator"
    assert "redis-access" in item["rules"]
    assert "HR25-6.4.1.1" in item["cases"]


def test_our_own_words_are_marked_for_people() -> None:
    said = CliRunner().invoke(secops, ["checklist", "show", "gb22239", "8.1.4.1.a"]).stdout
    assert "能证明符合的：［项目自拟，待确认］" in said
    assert "与下一级相同" in said


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--part", "cloud", "--level", "3"], 46),
        (["--domain", "pe", "--level", "1"], 13),
        (["--level", "4"], 341),
        ([], 344),
    ],
)
def test_items_are_chosen_by_chapter_and_level(options: list[str], expected: int) -> None:
    arguments = ["--json", "checklist", "show", "gb22239", *options]
    assert len(_document(CliRunner().invoke(secops, arguments))["items"]) == expected


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "gb22239", "8.1.4.1.z"], "8.1.4.1.d"),
        (["show", "gb22239", "--domain", "xx"], "pe 安全物理环境, cn 安全通信网络"),
        (["show", "gb22239", "--part", "xx"], "general 安全通用要求, cloud 云计算"),
        (["show", "education-selfcheck", "--level", "2"], "education-selfcheck"),
        (["show", "gb22240"], "gb22239@gbt22239-2019"),
        (["show", "gb22239@2008"], "gb22239@gbt22239-2019"),
        (["diff", "gb22239", "nothing"], "gb22239@gbt22239-2019"),
        (["lint", "/"], "edition.yaml"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(secops, ["checklist", *arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_lint_proves_all_that_comes_with_the_program() -> None:
    linted = _document(CliRunner().invoke(secops, ["--json", "checklist", "lint"]))
    assert linted["sound"]
    assert linted["beside"]["rules"] > 0
    assert linted["beside"]["cases"] == 81 + 32


def test_lint_names_every_mistake_of_a_folder_and_ends_with_3(tmp_path: Path) -> None:
    wrong = ITEMS.replace("asks: yes_no", "asks: maybe").replace('weight: "6"', "weight: six")
    folder = _folder(tmp_path / "county", items=wrong)
    linted = _document(
        CliRunner().invoke(secops, ["--json", "checklist", "lint", str(folder)]), code=3
    )
    (one,) = linted["folders"]
    places = [problem["where"].partition("people.yaml:")[2] for problem in one["problems"]]
    assert places == ["10:11", "18:13"]
    people = CliRunner().invoke(secops, ["checklist", "lint", str(folder)])
    assert people.exit_code == 3
    assert people.stderr.count("people.yaml:") == 2


def test_a_dropped_folder_is_a_checklist_of_the_workspace(say: Say, workspace_folder: Path) -> None:
    _folder(workspace_folder / "checklists" / "county-2026")
    listed = _document(say("--json", "checklist", "list"))
    own = next(one for one in listed["checklists"] if one["pack"] == "county")
    assert (own["folder"], own["points"]) == ("county-2026", "10")
    assert _document(say("--json", "checklist", "lint"))["sound"]
    (item,) = _document(say("--json", "checklist", "show", "county", "XJ-02"))["items"]
    assert item["asks"]["kind"] == "ratio"
    assert "［待确认］" in say("checklist", "show", "county", "XJ-02").stdout
    assert "XJ-01" in say("checklist", "show", "county").stdout


def test_a_broken_folder_stops_only_what_needs_it(say: Say, workspace_folder: Path) -> None:
    broken = _folder(
        workspace_folder / "checklists" / "county-2026", items=ITEMS.replace("weight", "wieght", 1)
    )
    for command in (["assess", "start", "--all"], ["system", "list"], ["checklist", "list"]):
        result = say(*command)
        assert result.exit_code == 0, result.output
        assert "county-2026" in result.stderr
    asked = say("assess", "start", "unit:1", "--checklist", "county")
    assert asked.exit_code == 3
    assert f"{broken / 'people.yaml'}:11:5" in asked.stderr
    assert say("checklist", "show", "county").exit_code == 3
    assert say("checklist", "lint").exit_code == 3


def test_a_broken_newer_edition_is_not_replaced_by_the_older(
    say: Say, workspace_folder: Path
) -> None:
    newer = workspace_folder / "checklists" / "gbt22239-2027"
    shutil.copytree(STANDARD, newer)
    (newer / "pe.yaml").unlink()
    assert "“gb22239/pe/access-1”" in say("checklist", "show", "gb22239").stderr
    assert say("checklist", "show", "gb22239@gbt22239-2019").exit_code == 0


def test_an_own_folder_may_not_hide_an_edition(say: Say, workspace_folder: Path) -> None:
    shutil.copytree(STANDARD, workspace_folder / "checklists" / STANDARD.name)
    (problem,) = _document(say("--json", "checklist", "lint"), code=3)["folders"][-1]["problems"]
    assert problem["code"] == "checklist.folder-taken"


def test_a_folder_without_an_edition_is_a_mistake(say: Say, workspace_folder: Path) -> None:
    (workspace_folder / "checklists" / "empty").mkdir(parents=True)
    result = say("checklist", "lint")
    assert (result.exit_code, "edition.yaml" in result.stderr) == (3, True)


def test_editions_are_compared_by_domain(tmp_path: Path) -> None:
    old = _folder(tmp_path / "county-2026")
    changed = ITEMS.replace('"6"', '"5"').replace("教职工今年", "全体教职工今年")
    changed = changed.replace("county/people/named", "county/people/head")
    new = _folder(
        tmp_path / "county-2027",
        edition=EDITION.replace('points: "10"', 'points: "9"'),
        items=changed,
    )
    arguments = ["checklist", "diff", str(old), str(new)]
    found = _document(CliRunner().invoke(secops, ["--json", *arguments]))
    assert found["added"] == ["county/people/head"]
    assert found["dropped"] == ["county/people/named"]
    assert found["changed"] == [{"item": "county/people/trained", "fields": ["gist", "weight"]}]
    said = CliRunner().invoke(secops, arguments).stdout
    assert "XJ-02：原为“教职工今年受过网络安全培训”，现为“全体教职工今年受过网络安全培训”" in said
    assert said.splitlines()[-1] == "新增 1 项，取消 1 项，改变 1 项，未变 0 项"
    alike = _document(
        CliRunner().invoke(secops, ["--json", "checklist", "diff", str(old), str(old)])
    )
    assert alike["unchanged"] == 2


def test_the_standards_in_force_name_every_checklist_and_the_guide(
    say: Say, workspace_folder: Path
) -> None:
    _folder(workspace_folder / "checklists" / "county-2026")
    packs = _document(say("--json", "regulation", "list"))["packs"]
    titles = {kind: [one["title"] for one in packs if one["kind"] == kind] for kind in _KINDS}
    assert "2026 县教育局检查单" in titles["checklist"]
    assert len(titles["checklist"]) == len(
        _document(say("--json", "checklist", "list"))["checklists"]
    )
    assert [len(titles[kind]) for kind in _KINDS[1:]] == [1, 1, 1]
