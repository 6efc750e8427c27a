"""What README.md and README.zh-CN.md quote of the two commands is what these print."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run
from tools.follow_guide import steady

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")


def _quoted(readme: str, command: str) -> list[str]:
    lines = (ROOT / readme).read_text("utf-8").split("\n")
    start = lines.index(f"$ {command}") + 1
    return lines[start : lines.index("```", start)]


@pytest.mark.slow
def test_the_readmes_quote_what_the_demo_prints(run: Run, tmp_path: Path) -> None:
    done = run("demo", "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    printed = set(steady((done.stdout + done.stderr).split("\n")).split("\n"))
    for readme in READMES:
        quoted = [one for one in _quoted(readme, "make demo") if not one.startswith("== ")]
        assert len(quoted) > 10
        assert [one for one in quoted if steady([one]) not in printed] == [], readme


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_readmes_quote_what_make_says(command: str) -> None:
    planned = subprocess.run(  # noqa: S603  # the command that the page shows
        ["/usr/bin/make", "--dry-run", "--always-make", command.removeprefix("make ")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    says = planned + "".join(
        (ROOT / "tools" / name).read_text("utf-8") for name in ("install_debian", "get_fandol")
    )
    for readme in READMES:
        steps = [one for one in _quoted(readme, command) if one.startswith("== ")]
        assert len(steps) >= 3
        for one in steps:
            assert one.removeprefix("== ").partition(": ")[2] in says, one
