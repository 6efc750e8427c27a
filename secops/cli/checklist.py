"""`secops checklist`: what is asked, by which edition, and the proof that it is sound."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from secops.cli import checklist_showing as showing
from secops.cli.shared import (
    Command,
    Group,
    Option,
    emit,
    folder_of,
    show_error,
    warn_of_unread,
    words_of,
)
from secops.errors import ExitCode, msgid
from secops.judging.comparing import compare
from secops.judging.linting import remarks as remarked
from secops.model.library import Library
from secops.wiring.checklists import (
    chosen_items,
    lint_all,
    lint_beside,
    lint_folders,
    named_or_folder,
)
from secops.wiring.tables import load_library, load_tables


def _workspace(context: click.Context) -> Path | None:
    """Give the workspace that stands here, if one does: none is needed."""
    folder = folder_of(context)
    return folder if (folder / "secops.toml").is_file() else None


@click.group(cls=Group, help=msgid("Checklists: list, show, prove, compare editions."))
def command() -> None:
    """Only holds its commands together."""


@command.command("list", cls=Command, help=msgid("Every edition at hand, and how much it asks."))
@click.pass_context
def list_(context: click.Context, /) -> None:
    """List the editions with their counts."""
    workspace = _workspace(context)
    editions = load_library(workspace).checklists
    if workspace:
        warn_of_unread(context)
    document: dict[str, object] = {
        "in_all": showing.sum_document(editions),
        "checklists": [showing.edition_document(one) for one in editions],
    }
    emit(
        context,
        "checklist-list",
        document,
        lambda: showing.show_editions(words_of(context), editions),
    )


@command.command("show", cls=Command, help=msgid("Items of an edition, or one in full."))
@click.argument("checklist")
@click.argument("item", required=False)
@click.option("--domain", default="", cls=Option, help=msgid("only this domain, such as ce"))
@click.option("--part", default="", cls=Option, help=msgid("only this part, such as cloud"))
@click.option("--level", type=click.IntRange(1, 4), cls=Option, help=msgid("only this level"))
@click.pass_context
def show(
    context: click.Context,
    /,
    checklist: str,
    item: str | None,
    **chosen: str | int | None,
) -> None:
    """Show items with clause, wording, guidance and what sees them."""
    edition = named_or_folder(checklist, _workspace(context))
    wanted = {key: value for key, value in chosen.items() if value}
    items = chosen_items(edition, item or "", wanted)
    tables = load_tables()
    document: dict[str, object] = {
        "checklist": showing.edition_document(edition),
        "items": [showing.item_document(one, tables) for one in items],
    }
    words = words_of(context)

    def text() -> None:
        if item:
            click.echo("\n".join(showing.item_lines(items[0], tables, words)))
        else:
            showing.show_items(words, items, wanted.get("level"))

    emit(context, "checklist-show", document, text)


@command.command("lint", cls=Command, help=msgid("Prove checklists sound, or name each mistake."))
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def lint(context: click.Context, /, folders: tuple[Path, ...]) -> None:
    """Read every folder strictly; ends with 3 where one is wrong."""
    linted = lint_folders(folders) if folders else lint_all(_workspace(context))
    beside = None if folders else lint_beside()
    remarks = remarked(Library(tuple(one.checklist for one in linted if one.checklist)))
    problems = [*(e for one in linted for e in one.problems), *(beside.problems if beside else ())]
    words = words_of(context)
    document: dict[str, object] = {
        "sound": not problems,
        "folders": [showing.linted_document(one, words) for one in linted],
        "beside": showing.beside_document(beside, words) if beside else None,
        "remarks": [showing.remark_document(one) for one in remarks],
    }
    lines = partial(showing.linted_lines, linted, beside, remarks, words)
    emit(context, "checklist-lint", document, lambda: click.echo("\n".join(lines())))
    if not context.find_root().params.get("json"):
        for error in problems:
            show_error(context, error)
    if problems:
        context.exit(ExitCode.INPUT)


@command.command("diff", cls=Command, help=msgid("What differs between two editions."))
@click.argument("old")
@click.argument("new")
@click.pass_context
def diff(context: click.Context, /, old: str, new: str) -> None:
    """Compare item by item; ids are never reused."""
    workspace = _workspace(context)
    compared = compare(named_or_folder(old, workspace), named_or_folder(new, workspace))
    emit(
        context,
        "checklist-diff",
        showing.compared_document(compared),
        lambda: showing.show_compared(words_of(context), compared),
    )
