"""What people read: Beijing time, clauses, names; scripts get ids and UTC."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.settings.data import data_folder

GRADED = "门户网站"
LEDGER = "系统名称,运营单位,系统类别,运行状态,归口部门,安全等级,网址,机房\n"


def ran(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(secops, ["-C", str(folder), *arguments], catch_exceptions=False)


@pytest.fixture
def sample(workspace_folder: Path) -> Path:
    """Fill a workspace with the sample inventory."""
    done = ran(workspace_folder, "import", str(data_folder("inventory") / "sample.yaml"))
    assert done.exit_code == 0, done.output
    return workspace_folder


def permit(folder: Path) -> None:
    done = ran(
        folder,
        *("permit", "add", "--by", "甲", "--post", "校长", "--letter", "1号"),
        *("--range", "127.0.199.0/30", "--until", "2099-01-01", "--effect-weighed", "无影响"),
    )
    assert done.exit_code == 0, done.output


def test_the_history_names_person_act_object_and_fields(sample: Path) -> None:
    done = ran(sample, "--as", "陆听澜", "system", "edit", "11", "--stage", "stopped")
    assert done.exit_code == 0, done.output
    line = ran(sample, "audit", "list", "--limit", "1").stdout.splitlines()[-1].split("\t")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", line[1])
    assert line[2:] == [
        "陆听澜 (自行声明)",
        "修改",
        "系统 教务管理系统 (11)",
        "运行状态: 运行中 → 已停用",
    ]


def test_every_kind_of_change_can_be_read(sample: Path) -> None:
    edits = ["--set", "business.domain_names=a.yxxy.example,b.yxxy.example", "--s", "3"]
    assert ran(sample, "system", "edit", "11", *edits).exit_code == 0
    assert ran(sample, "unit", "edit", "1", "--set", "standing.secret_network=是").exit_code == 0
    done = ran(sample, "audit", "list", "--limit", "1000")
    assert done.exit_code == 0, done.output
    assert "a.yxxy.example, b.yxxy.example" in done.stdout
    assert "有涉密网络: 否 → 是" in done.stdout


def test_the_history_stays_exact_for_scripts(sample: Path) -> None:
    text = ran(sample, "--json", "audit", "list", "--limit", "1").stdout
    (entry,) = json.loads(text)["entries"]
    assert entry["at"].endswith("Z")
    assert re.fullmatch(r"[a-z_]+\.put", entry["action"])


def test_answers_are_named_by_clause_and_with_v_by_id_too(sample: Path) -> None:
    assert ran(sample, "--as", "许栖迟", "assess", "start", "9").exit_code == 0
    answer = ["--as", "许栖迟", "assess", "answer", "9", "7.1.1.2", "符合"]
    assert ran(sample, *answer).stdout.splitlines()[0] == "7.1.1.2 物理访问控制\t符合"
    assert "gb22239/pe/access-1" in ran(sample, "-v", *answer).stdout


def test_a_scan_without_any_permit_says_so(sample: Path) -> None:
    done = ran(sample, "discover")
    assert done.exit_code == 2
    assert "尚未登记扫描授权" in done.output


def test_a_scan_after_a_withdrawn_permit_names_it(sample: Path) -> None:
    permit(sample)
    assert ran(sample, "permit", "withdraw", "1", "--reason", "考试").exit_code == 0
    done = ran(sample, "scan")
    assert done.exit_code == 2
    assert "编号 1 的授权已撤回" in done.output


def test_an_unknown_name_with_nothing_near_offers_nothing(sample: Path) -> None:
    done = ran(sample, "system", "show", "完全不沾边")
    assert done.exit_code == 2
    assert "相近" not in done.output


def test_a_field_in_an_error_has_its_title_beside_it(tmp_path: Path, sample: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(
        "secops: inventory\nversion: 1\nsystems:\n"
        "- {name: 甲, grading: {business_information: 9}}\n",
        "utf-8",
    )
    done = ran(sample, "import", str(file))
    assert done.exit_code == 3
    assert "业务信息安全保护等级（grading.business_information）" in done.output


def test_a_ledger_with_web_addresses_is_a_list_of_systems(tmp_path: Path, sample: Path) -> None:
    file = tmp_path / "台账.csv"
    row = (
        "选课网站,云溪学院,网站,运行中,云溪学院教务处,二级,https://xk.yxxy.example:8443/a,图书馆\n"
    )
    file.write_text(LEDGER + row, "utf-8")
    done = ran(sample, "import", str(file))
    assert done.exit_code == 0, done.output
    shown = json.loads(ran(sample, "--json", "system", "show", "选课网站").stdout)["record"]
    assert shown["business.domain_names"] == ["xk.yxxy.example"]


def test_an_exported_list_says_how_to_edit_it(sample: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    assert ran(sample, "export", "inventory", "--to", "yaml", "-o", str(file)).exit_code == 0
    head = file.read_text("utf-8").partition("secops:")[0]
    assert "--dry-run" in head
    assert "docs/" not in head


def commands(path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Name every command and group."""
    command: click.Command | None = secops
    context = click.Context(secops)
    for name in path:
        assert isinstance(command, click.Group)
        command = command.get_command(context, name)
    below = command.list_commands(context) if isinstance(command, click.Group) else []
    return [path, *(one for name in below for one in commands((*path, name)))]


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_help_names_values_in_chinese(path: tuple[str, ...]) -> None:
    text = CliRunner().invoke(secops, ["--lang", "zh", *path, "--help"]).output
    left = set(re.findall(r"\b[A-Z]{4,}\b", text)) - {"SECOPS_LANG", "JSON", "YAML", "XLSX"}
    assert not left
    assert "%Y" not in text


def test_a_wrong_typed_value_is_not_told_how_to_write_files(sample: Path) -> None:
    done = ran(sample, "unit", "edit", "1", "--set", "credit_code=12")
    assert done.exit_code == 2
    assert "应为：18 位" in done.output
    assert "引号" not in done.output
