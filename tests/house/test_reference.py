"""The reference pages say what the code says: `make reference` writes them anew."""

from __future__ import annotations

from tests.schemas import REFERENCE
from tools.make_command_reference import commands, errors


def test_the_page_of_commands_is_up_to_date() -> None:
    assert (REFERENCE / "commands.md").read_text("utf-8") == commands(), "run: make reference"


def test_the_page_of_errors_is_up_to_date() -> None:
    assert (REFERENCE / "errors.md").read_text("utf-8") == errors(), "run: make reference"
