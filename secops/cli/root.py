"""The root command and the table of commands; a command is listed only when it works."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from secops import __version__
from secops.cli.shared import LazyGroup, Option
from secops.errors import msgid

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    # name: (module in secops/cli whose `command` it is, what it does)
    "doctor": ("doctor", msgid("What is installed, missing or too old; how to get it.")),
    "init": ("init", msgid("Make a workspace: one unit's systems, scans and papers.")),
}


@click.group(
    cls=LazyGroup,
    commands_at=COMMANDS,
    help=msgid("Graded protection: inventory, scans, checklists, documents."),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "-C",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    cls=Option,
    help=msgid("the workspace (default: this folder, or SECOPS_WORKSPACE)"),
)
@click.option("--as", "act_as", cls=Option, help=msgid("act as this person (name or number)"))
@click.option("--json", is_flag=True, cls=Option, help=msgid("print one JSON document, no more"))
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    is_eager=True,
    cls=Option,
    help=msgid("language of messages (default: zh, or SECOPS_LANG)"),
)
@click.option("-q", "--quiet", is_flag=True, cls=Option, help=msgid("print results only"))
@click.option("-v", "--verbose", count=True, cls=Option, help=msgid("say more about what is done"))
@click.option("--debug", is_flag=True, cls=Option, help=msgid("show the traceback of a bug"))
@click.version_option(
    __version__, prog_name="secops", cls=Option, help=msgid("Show the version and exit.")
)
def secops(**_: object) -> None:
    """Take the global options; those who show read them from the context."""
