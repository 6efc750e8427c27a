"""Commands, arguments, options and exit codes that scripts rely on: they may grow, never shrink."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from secops.cli.clicking import EXIT_CODES
from secops.cli.root import secops
from tests.house.test_commands import ALL

CONTRACT = Path(__file__).parents[1] / "data" / "commands" / "contract.txt"
GLOBAL = {"--workspace", "--as", "--json", "--lang", "--quiet", "--verbose", "--debug", "--version"}
COMMANDS = {" ".join(path): one for path, one in ALL if not isinstance(one, click.Group)}


def _promised() -> dict[str, set[str]]:
    lines = CONTRACT.read_text("utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if not line.startswith("#"))
    return {name: set(said.split()) for name, _, said in pairs}


def _offered(command: click.Command) -> set[str]:
    found = set()
    for one in command.params:
        if isinstance(one, click.Option):
            found |= set(one.opts)
        else:
            optional = "" if one.required else "?"
            found.add(f"{one.name or ''}".upper() + optional + ("*" if one.nargs == -1 else ""))
    return found


def test_no_command_is_lost_and_each_new_one_is_written_down() -> None:
    assert _promised().keys() == COMMANDS.keys(), f"write it into {CONTRACT.name}"


@pytest.mark.parametrize("name", _promised())
def test_a_command_keeps_its_arguments_and_options(name: str) -> None:
    assert _promised()[name] <= _offered(COMMANDS[name])


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_asks_for_no_argument_that_it_did_not_ask_for(name: str) -> None:
    required = {
        (one.name or "").upper() + ("*" if one.nargs == -1 else "")
        if isinstance(one, click.Argument)
        else max(one.opts, key=len)
        for one in COMMANDS[name].params
        if one.required
    }
    assert required <= _promised()[name]


def test_the_options_of_every_command_stand() -> None:
    assert _offered(secops) >= GLOBAL


def test_the_exit_codes_are_these_and_no_others() -> None:
    assert [int(one) for one in EXIT_CODES] == [0, 1, 2, 3, 4, 70, 130]
