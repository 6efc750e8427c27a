"""Whose is this, and what the check says of the sample: real files, a real store."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from secops.cli.root import secops
from secops.model.ids import SystemId
from secops.model.inventory_check import Lack
from secops.operations.check_inventory import InventoryReport, check_inventory
from secops.operations.find_owner import Match, asked, find_owner
from secops.settings.data import data_folder
from secops.wiring.inventory_words import name_words
from secops.wiring.opening import open_workspace
from secops.wiring.today import today

BUREAU = "云溪市教育局"


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace with the sample inventory."""
    folder = tmp_path_factory.mktemp("sample") / "workspace"
    sample = str(data_folder("inventory") / "sample.yaml")
    for arguments in (
        ["init", str(folder), "--unit", BUREAU],
        ["-C", str(folder), "import", sample],
    ):
        done = CliRunner().invoke(secops, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def report(sample_folder: Path) -> InventoryReport:
    with open_workspace(sample_folder) as workspace, workspace.begin() as work:
        return check_inventory(work, name_words(), today(workspace))


@pytest.mark.parametrize(
    ("place", "systems", "match"),
    [
        ("127.0.10.22:16379", ["校园一卡通系统"], Match.SAME_PLACE),
        ("127.0.10.22", ["校园一卡通系统"], Match.SAME_HOST),
        ("127.0.10.22:81", ["校园一卡通系统"], Match.SAME_HOST),
        ("0:0:0:0:0:0:0:1", ["统一身份认证平台"], Match.SAME_HOST),
        ("[::1]:18443", ["统一身份认证平台"], Match.SAME_PLACE),
        (
            "https://www.yxxy.example/news/1",
            ["云溪学院门户网站", "云溪学院官网（新版）"],
            Match.SAME_URL,
        ),
        ("FW.JYJ-yunxi.example", ["云溪教育公共服务平台"], Match.DOMAIN_NAME),
        ("a.b.yx1z.example", ["云溪一中门户网站"], Match.PARENT_DOMAIN),
    ],
)
def test_the_owner_of_a_place(
    sample_folder: Path, place: str, systems: list[str], match: Match
) -> None:
    question = asked(place)
    assert question is not None
    with open_workspace(sample_folder) as workspace, workspace.begin() as work:
        found = find_owner(work, question)
    assert [one.system.name for one in found.owned] == systems
    assert found.owned[0].match is match


@pytest.mark.parametrize("place", ["", "0x7f.1", "a b", "ftp://a.example/", "127.0.0.1/8"])
def test_what_is_no_place_is_not_looked_up(place: str) -> None:
    assert asked(place) is None


def test_a_place_of_nobody_names_the_nearest(sample_folder: Path) -> None:
    question = asked("127.0.10.32")
    assert question is not None
    with open_workspace(sample_folder) as workspace, workspace.begin() as work:
        found = find_owner(work, question)
    assert not found.owned
    assert found.nearest[0].unit.name == "云溪市第七中学"
    assert len(found.nearest) <= 3


def test_the_sample_says_what_it_was_written_to_say(report: InventoryReport) -> None:
    def name(id: str) -> str:
        return report.names.systems.get(SystemId(id), (0, ""))[1]

    pairs = [(name(one.first), name(one.second)) for one in report.duplicates.pairs]
    assert pairs == [("云溪学院门户网站", "云溪学院官网（新版）"), ("教务管理系统", "教务平台")]
    clashes = {one.clash.value: name(one.id) for one in report.contradictions if name(one.id)}
    assert clashes == {
        "platform_level_lower": "云溪教育公共服务平台",
        "filed_at_other_level": "云溪市中小学学籍管理系统",
        "owner_left": "教师培训与继续教育平台",
        "people_but_not_personal": "学生工作管理系统",
        "valid_before_certified": "云溪学院移动校园",
        "minors_but_not_personal": "云溪一中智慧校园平台",
        "subsystem_without_superior": "云溪一中门禁与视频系统",
    }
    lacks = {lack: name(x.system) for x in report.lacking if x.system for lack in x.lacks}
    assert lacks[Lack.NAME] == "计算机学院实验教学网站"
    assert lacks[Lack.FILING_STATE] == "云溪市实验小学网站"
    assert not report.good
    assert report.presence.scan == 0


def test_the_whole_of_a_unit_is_the_sum_of_what_is_below(report: InventoryReport) -> None:
    top = report.coverage[0]
    assert top.systems_below == sum(one.systems for one in report.coverage)
    for aspect, measure in top.whole.items():
        assert measure.of == sum(one.own[aspect].of for one in report.coverage)
        assert measure.n == sum(one.own[aspect].n for one in report.coverage)


def test_a_unit_alone_is_checked_with_what_is_below(sample_folder: Path) -> None:
    with open_workspace(sample_folder) as workspace, workspace.begin() as work:
        units = frozenset(one.id for one in work.units.all() if "一中" in one.name + one.short_name)
        part = check_inventory(work, name_words(), today(workspace), units)
    assert {name for _, name in part.names.systems.values()} == {
        "云溪一中门户网站",
        "云溪一中智慧校园平台",
        "云溪一中门禁与视频系统",
    }
