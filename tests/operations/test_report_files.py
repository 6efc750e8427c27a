"""What the files of reports are called: none is printed over another."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from secops.cli.root import secops
from secops.model.document import DocumentFormat
from secops.wiring.report import Named

NAME = "教务系统"


def _ran(folder: Path, *arguments: str) -> str:
    ran = CliRunner().invoke(
        secops, ["-C", str(folder), "--json", *arguments], catch_exceptions=False
    )
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def _apart(folder: Path, *about: str) -> str:
    """Say what stands behind the date in the name of the file."""
    planned = _ran(folder, "report", "rectification", *about, "--format", "html", "--dry-run")
    (file,) = json.loads(planned)["files"]
    name, _, apart = Path(file).stem.partition(NAME)
    assert name == "整改报告-"
    return str(apart[len("-2026-01-01") :])


def test_systems_and_units_of_one_name_do_not_print_over_each_other(
    workspace_folder: Path,
) -> None:
    add = ("system", "add", "--name", NAME, "--unit", "1")
    _ran(workspace_folder, *add)
    assert _apart(workspace_folder, "--system", "1") == ""
    _ran(workspace_folder, *add)
    _ran(workspace_folder, "unit", "edit", "1", "--name", NAME)
    assert _apart(workspace_folder, "--system", "1") == "-系统1"
    assert _apart(workspace_folder, "--system", "2") == "-系统2"
    assert _apart(workspace_folder, "--unit", "1") == "-单位1"


def test_only_the_subject_of_a_long_name_is_cut() -> None:
    named = Named(title="整改报告", subject="系" * 99 + "/", as_of=date(2026, 3, 1), apart="系统7")
    (path,) = named.paths(Path("x"), [DocumentFormat.HTML]).values()
    assert path.name == "整改报告-" + "系" * 60 + "-2026-03-01-系统7.html"
