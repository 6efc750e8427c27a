"""The table of commands: what it names is there, helps in both languages, and lists fast."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from secops.cli.root import COMMANDS, secops
from secops.cli.shared import Command, Group, Option

# The names that scripts and people rely on. One is listed in COMMANDS only when it works.
CONTRACT = frozenset(
    {
        *("init", "demo", "doctor", "unit", "person", "system", "component", "register", "import"),
        *("export", "kit", "owner", "inventory", "todo", "permit", "scan", "discover", "evidence"),
        *("finding", "grade", "filing", "assess", "score", "sync", "agency", "rectify", "notice"),
        *("risk", "drill", "plan", "incident", "train", "review", "report", "calendar", "remind"),
        *("checklist", "regulation", "bundle", "key", "province", "audit", "backup", "restore"),
        *("grant", "serve", "worker"),
        *("appointment", "endpoint"),  # kinds of record, edited like units and systems
        "platform",  # what shared platforms state, and their tenants inherit
    }
)
HEAVY = ("sqlalchemy", "weasyprint", "aiohttp", "nmap", "docx", "yaml", "jinja2", "cryptography")


def _below(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None, name
            yield from _below(inner, (*path, name))


ALL = list(_below(secops, ()))


def test_every_command_is_one_of_the_contract() -> None:
    assert not COMMANDS.keys() - CONTRACT


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", [path for path, _ in ALL], ids=" ".join)
def test_every_command_helps_in_both_languages(path: tuple[str, ...], lang: str) -> None:
    result = CliRunner().invoke(secops, ["--lang", lang, *path, "--help"])
    assert result.exit_code == 0, result.output
    assert ("用法" if lang == "zh" else "Usage:") in result.output


@pytest.mark.parametrize(("path", "command"), ALL[1:], ids=[" ".join(path) for path, _ in ALL[1:]])
def test_a_command_and_its_options_are_translated(
    path: tuple[str, ...], command: click.Command
) -> None:
    assert isinstance(command, Command | Group), path
    assert command.help
    for one in command.params:
        if isinstance(one, click.Option):
            assert isinstance(one, Option), one.name
            assert one.help, one.name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_says_what_the_command_itself_says(name: str) -> None:
    command = secops.get_command(click.Context(secops), name)
    assert command is not None
    assert (command.help or "").partition("\n")[0] == COMMANDS[name][1]


def test_help_imports_no_heavy_library() -> None:
    program = (
        "import sys; sys.argv = ['secops', '--help']\n"
        "from secops.__main__ import main\n"
        "try: main()\n"
        "finally: print(sorted(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not [name for name in HEAVY if f"'{name}'" in ran.stderr]
    assert "secops.model" not in ran.stderr


READING = {
    "list",
    "show",
    "check",
    "verify",
    "status",
    "next",
    "owner",
    "doctor",
    "score",
    "demo",
    "lint",
    "diff",
}
OPENS_FINDINGS = {("platform", "check")}


@pytest.mark.parametrize(
    ("path", "command"),
    [(path, one) for path, one in ALL if not isinstance(one, click.Group)],
    ids=[" ".join(path) for path, one in ALL if not isinstance(one, click.Group)],
)
def test_a_command_that_writes_can_say_first_what_it_would_do(
    path: tuple[str, ...], command: click.Command
) -> None:
    can = any(one.name == "dry_run" for one in command.params)
    assert can is (path[-1] not in READING or path in OPENS_FINDINGS)
