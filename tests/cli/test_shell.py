"""The shell around all commands: languages, consoles, pipes, interruptions, exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from secops.cli.journal import open_log
from secops.cli.shared import EXIT_CODES, Command, LazyGroup
from tests.conftest import ROOT, Run

# A shell like ours with two commands of its own: one that has a bug, one that takes its time.
PROGRAM = """
import sys, time, click
from secops.cli.shared import Command, LazyGroup, Option

@click.command(cls=Command, help="fail")
def fail():
    raise ZeroDivisionError

@click.command(cls=Command, help="wait")
def wait():
    print("waiting", flush=True)
    time.sleep(60)

@click.command(cls=Command, help="ask")
def ask():
    click.prompt("name")

class Shell(LazyGroup):
    def get_command(self, ctx, cmd_name):
        return {"fail": fail, "wait": wait, "ask": ask}[cmd_name]

Shell(
    name="shell",
    commands_at={"fail": ("", ""), "wait": ("", ""), "ask": ("", "")},
    params=[Option(["--debug"], is_flag=True), Option(["--lang"])],
)()
"""


class Failing(LazyGroup):
    """A group whose one command has a bug."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Give the one command."""

        def fail() -> None:
            raise ZeroDivisionError

        del ctx
        return Command(cmd_name, callback=fail)


ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def _shell(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=ENVIRONMENT,
    )


def test_a_bug_is_said_in_one_sentence_and_ends_with_70() -> None:
    ran = _shell("fail")
    assert ran.returncode == 70
    assert "ZeroDivisionError" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""


def test_a_bug_in_a_workspace_leaves_its_traceback_in_the_log(
    workspace_folder: Path,
) -> None:
    close = open_log(workspace_folder, 0)
    ran = CliRunner().invoke(Failing(name="failing", commands_at={"fail": ("", "")}), ["fail"])
    close()
    assert ran.exit_code == 70
    assert "secops.log" in ran.stderr
    (line,) = (workspace_folder / "secops.log").read_text("utf-8").splitlines()
    assert "ZeroDivisionError" in json.loads(line)["traceback"]


def test_debug_shows_where_the_bug_is() -> None:
    ran = _shell("--debug", "fail")
    assert ran.returncode == 70
    assert "Traceback" in ran.stderr


def test_an_interruption_ends_with_130_and_says_what_is_kept() -> None:
    with subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", PROGRAM, "wait"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said == "已中断，完成的部分已保留\n"


EARLY = """
import sys
class Interrupts:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupts())
from secops.__main__ import main
main()
"""


@pytest.mark.parametrize("module", ["click", "secops.cli.root", "secops.cli.doctor"])
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [((), "已中断，完成的部分已保留"), (("--lang", "en"), "interrupted; what was done is kept")],
)
def test_an_interruption_while_modules_are_loaded_is_one_sentence_too(
    module: str, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", EARLY.replace("sys.argv[1]", repr(module)), *arguments, "doctor"],
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
    )
    assert (ran.returncode, ran.stderr) == (130, sentence + "\n")


def test_a_question_that_nobody_answers_ends_with_130() -> None:
    assert _shell("ask").returncode == 130


def test_a_wrong_name_gets_the_near_one_and_2(run: Run) -> None:
    ran = run("docter")
    assert ran.returncode == 2
    assert "没有命令 docter" in ran.stderr
    assert "doctor" in ran.stderr
    assert ran.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "variable", "said"),
    [
        ((), "", "没有命令"),
        ((), "en", "No such command"),
        (("--lang", "en"), "", "No such command"),
        (("--lang=en",), "zh", "No such command"),
        (("--lang", "zh"), "en", "没有命令"),
    ],
)
def test_the_language_is_that_of_the_option_then_the_variable_then_chinese(
    run: Run, arguments: tuple[str, ...], variable: str, said: str
) -> None:
    assert said in run(*arguments, "nonsense", SECOPS_LANG=variable).stderr


def test_a_gbk_console_shows_what_it_can_and_escapes_the_rest(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "青\u36c3\U0001f600"
    folder.mkdir()
    ran = run("-C", str(folder), "doctor", PYTHONIOENCODING="gbk")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "青\\u36c3\\U0001f600" in ran.stdout


@pytest.mark.parametrize("arguments", [("--help",), ("doctor",), ("--json", "doctor")])
def test_a_reader_that_goes_away_is_no_error(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as broken:
        ran = subprocess.run(  # noqa: S603  # our own interpreter
            [sys.executable, "-m", "secops", *arguments],
            stdout=broken,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=ENVIRONMENT,
        )
    assert ran.stderr == ""
    assert ran.returncode in (0, 1)


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a disk that is always full"
)
@pytest.mark.parametrize("arguments", [("--help",), ("doctor",)])
def test_a_full_disk_is_said_and_ends_with_4(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(  # noqa: S603  # our own interpreter
            [sys.executable, "-m", "secops", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=ENVIRONMENT,
        )
    assert ran.returncode == 4
    assert ran.stderr
    assert "Traceback" not in ran.stderr


def test_help_names_the_exit_codes(run: Run) -> None:
    said = run("--help", SECOPS_LANG="en").stdout
    codes = said.partition("Exit codes:")[2].split("\n")
    assert [line.split()[0] for line in codes if line.strip()] == [
        str(int(one)) for one in EXIT_CODES
    ]


def test_an_error_leaves_standard_output_empty_even_with_json(run: Run, tmp_path: Path) -> None:
    ran = run("--json", "-C", str(tmp_path / "nothing"), "audit", "verify")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1


def test_json_is_one_document_that_names_its_schema(run: Run) -> None:
    document = json.loads(run("--json", "doctor").stdout)
    assert document["schema"] == "secops/doctor"
    assert document["version"] == 1
