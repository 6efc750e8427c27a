"""What all commands share: our click classes, the workspace, the one way to show a result."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping

import click

from secops.cli.clicking import (
    EXIT_CODES,
    Command,
    Group,
    Labelled,
    LazyGroup,
    Moment,
    Option,
    folder_of,
    in_words,
)
from secops.cli.failing import show_error
from secops.cli.speaking import words_of
from secops.errors import msgid
from secops.wiring.workspace import Workspace

__all__ = [
    "EXIT_CODES",
    "Command",
    "Group",
    "Labelled",
    "LazyGroup",
    "Moment",
    "Option",
    "emit",
    "folder_of",
    "hint_next",
    "says_more",
    "show_error",
    "warn_of_unread",
    "words_of",
    "workspace_of",
]


def workspace_of(context: click.Context) -> Workspace:
    """Open the workspace of `-C`, acting as the person of `--as`; once per run."""
    root = context.find_root()
    if not isinstance(root.obj, Workspace):
        from secops.wiring.opening import open_workspace  # noqa: PLC0415  # SQLAlchemy is slow

        act_as = str(root.params.get("act_as") or "")
        root.obj = root.with_resource(open_workspace(folder_of(context), act_as=act_as))
        warn_of_unread(context)
    return root.obj


def warn_of_unread(context: click.Context) -> None:
    """Name the workspace's own checklists that are not sound: they are left out (ADR 15)."""
    workspace = folder_of(context)
    if not (workspace / "checklists").is_dir():
        return
    from secops.wiring.tables import load_own  # noqa: PLC0415  # most workspaces have none

    said = msgid("the checklist in {folder} has mistakes and is not used: secops checklist lint")
    for one in load_own(workspace).unread:
        click.echo(words_of(context).gettext(said).format(folder=one.folder), err=True)


def emit(
    context: click.Context, schema: str, document: Mapping[str, object], text: Callable[[], None]
) -> None:
    """Show a result: with --json one document and nothing else, else what `text` prints.

    `schema` names the document's schema in docs/reference/, such as `inventory-check`.
    """
    if context.find_root().params.get("json"):
        whole = {"schema": f"secops/{schema}", "version": 1, **document}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2, default=str))
    else:
        text()


def says_more(context: click.Context) -> bool:
    """Whether -v asks for more than people usually need, such as ids."""
    return bool(context.find_root().params.get("verbose"))


def hint_next(context: click.Context, command: str) -> None:
    """Name the likely next command, to a person at a terminal only; FILE is put in words."""
    params = context.find_root().params
    if sys.stdout.isatty() and not params.get("json") and not params.get("quiet"):
        words = words_of(context)
        said = words.gettext(msgid("next: {command}"))
        click.echo(click.style(said.format(command=in_words(command, words)), dim=True))
