"""What is still referred to is not retired, and a retired unit in charge is a contradiction."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.settings.data import data_folder


def ran(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(secops, ["-C", str(folder), *arguments], catch_exceptions=False)


@pytest.fixture
def sample(workspace_folder: Path) -> Path:
    """Fill a workspace with the sample inventory."""
    done = ran(workspace_folder, "import", str(data_folder("inventory") / "sample.yaml"))
    assert done.exit_code == 0, done.output
    return workspace_folder


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["unit", "retire", "云溪市第七中学"], "system 25"),
        (["unit", "retire", "岫云数据服务有限公司"], "person"),
        (["unit", "retire", "云溪市教育局", "--dry-run"], "unit"),
        (["person", "retire", "苏砚"], "appointment"),
        (["component", "retire", "1"], "endpoint"),
    ],
)
def test_what_is_in_use_is_refused_with_what_uses_it(
    sample: Path, arguments: list[str], said: str
) -> None:
    done = ran(sample, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_what_nothing_in_use_refers_to_is_retired(sample: Path) -> None:
    assert ran(sample, "unit", "add", "--name", "临时小组").exit_code == 0
    assert ran(sample, "unit", "retire", "临时小组").exit_code == 0


def test_a_mark_on_what_is_in_use_is_refused_until_its_users_go_too(sample: Path) -> None:
    path = sample / "e.yaml"
    for name in ("甲组", "乙组"):
        assert ran(sample, "unit", "add", "--name", name).exit_code == 0
    assert ran(sample, "unit", "edit", "乙组", "--set", "administrative=甲组").exit_code == 0
    assert ran(sample, "export", "inventory", "--to", "yaml", "-o", str(path)).exit_code == 0
    above = path.read_text("utf-8").replace("  name: 甲组\n", "  name: 甲组\n  mark: retire\n")
    path.write_text(above, "utf-8")
    refused = ran(sample, "import", str(path))
    assert refused.exit_code == 3
    assert "乙组" in refused.stderr
    path.write_text(above.replace("  name: 乙组\n", "  name: 乙组\n  mark: retire\n"), "utf-8")
    done = ran(sample, "--json", "import", str(path))
    assert done.exit_code == 0, done.output
    assert [one["name"] for one in json.loads(done.stdout)["retired"]] == ["甲组", "乙组"]


def test_a_retired_unit_that_operates_systems_is_a_contradiction(sample: Path) -> None:
    edit = ["unit", "edit", "云溪市第七中学", "--set", "retired_on=2026-01-01"]
    assert ran(sample, *edit).exit_code == 0
    found = json.loads(ran(sample, "--json", "inventory", "check").stdout)["contradictions"]
    assert [one["detail"] for one in found if one["clash"] == "unit_retired"] != []
