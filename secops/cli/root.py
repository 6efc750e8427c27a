"""The root command and the table of commands; a command is listed only when it works."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from secops import __version__
from secops.cli.clicking import LazyGroup, Option, folder_of
from secops.errors import msgid

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    # name: (module in secops/cli whose `command` it is, what it does)
    "init": ("init", msgid("Make a workspace: one unit's systems, scans and papers.")),
    "demo": ("demo", msgid("The whole main job on a small lab on loopback.")),
    "doctor": ("doctor", msgid("What is installed, missing or too old; how to get it.")),
    "import": (
        "import_",
        msgid(
            "Take over inventory files: YAML, XLSX, CSV; all or nothing. example:NAME: one of ours."
        ),
    ),
    "export": ("export", msgid("Write the workspace's data to files.")),
    "inventory": ("inventory", msgid("The list of systems as a whole.")),
    "owner": ("owner", msgid("Whose is this, and whom do I call.")),
    "unit": ("unit", msgid("Units: list, show, add, edit, retire.")),
    "person": ("person", msgid("Persons: list, show, add, edit, retire.")),
    "appointment": ("appointment", msgid("Appointments to posts: list, show, add, edit, retire.")),
    "system": ("system", msgid("Systems: list, show, add, edit, retire.")),
    "component": ("component", msgid("Components of systems: list, show, add, edit, retire.")),
    "endpoint": (
        "endpoint",
        msgid("Endpoints, where systems answer: list, show, add, edit, retire."),
    ),
    "register": ("register", msgid("Lists beside the systems: supplies, data categories.")),
    "permit": ("permit", msgid("Who allowed which ranges to be scanned, until when.")),
    "scan": ("scan", msgid("Scan what is permitted. It suggests, never answers.")),
    "discover": ("discover", msgid("Look over permitted ranges and names for what answers.")),
    "evidence": ("evidence", msgid("What was collected or supplied, by digest.")),
    "finding": ("finding", msgid("What is wrong, once, however often it is seen.")),
    "regulation": (
        "regulation",
        msgid("The standards in force, their sources, and open settings."),
    ),
    "checklist": ("checklist", msgid("Checklists: list, show, prove, compare editions.")),
    "assess": ("assess", msgid("Answer the items that are asked of a system.")),
    "kit": ("kit", msgid("One workbook a unit fills in without installing anything.")),
    "sync": ("sync", msgid("What three synchronies ask for at a stage of a system.")),
    "score": ("score", msgid("The score of a system's self-check, by the 2025 bands.")),
    "platform": (
        "platform",
        msgid("Shared platforms: what they state, what tenants take over."),
    ),
    "key": ("key", msgid("What this unit signs with, and whose signatures count.")),
    "agency": ("agency", msgid("Reports of assessment agencies, as printed.")),
    "report": (
        "report",
        msgid("Print a report, list those printed, or print an old one again."),
    ),
    "audit": ("audit", msgid("The history: who changed what, and that nobody altered it.")),
    "backup": ("backup", msgid("Save database, evidence and documents to one file.")),
    "restore": ("restore", msgid("Make a workspace of a backup, as a copy of its own.")),
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
@click.pass_context
def secops(context: click.Context, /, **chosen: object) -> None:
    """Take the global options; those who show read them from the context."""
    from secops.cli.journal import open_log  # noqa: PLC0415  # `--help` needs no log

    verbose = chosen["verbose"]
    context.call_on_close(open_log(folder_of(context), verbose if isinstance(verbose, int) else 0))
