"""`secops checklist`: what is asked, by which edition, and the proof that it is sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from secops.cli import checklist_showing as showing
from secops.cli.shared import Command, Group, Option, emit, folder_of, show_error, words_of
from secops.cli.table import show_table
from secops.contracts.words import Words, chapter
from secops.errors import ExitCode, msgid
from secops.judging.comparing import Compared, compare
from secops.judging.linting import Remark
from secops.model.checklist import Item
from secops.wiring.checklists import (
    Linted,
    all_folders,
    chosen_items,
    lint_folders,
    lint_together,
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
    editions = load_library(_workspace(context)).checklists
    document: dict[str, object] = {
        "checklists": [showing.edition_document(one) for one in editions]
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
            showing.show_items(words, items)

    emit(context, "checklist-show", document, text)


@command.command("lint", cls=Command, help=msgid("Prove checklists sound, or name each mistake."))
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def lint(context: click.Context, /, folders: tuple[Path, ...]) -> None:
    """Read every folder strictly; ends with 3 where one is wrong."""
    linted = lint_folders(folders or all_folders(_workspace(context)))
    remarks, problems = ((), ()) if folders else lint_together(linted)
    wrong = bool(problems) or any(one.problems for one in linted)
    words = words_of(context)
    document: dict[str, object] = {
        "sound": not wrong,
        "folders": [showing.linted_document(one, words) for one in linted],
        "together": [showing.problem_document(one, words) for one in problems],
        "remarks": [showing.remark_document(one) for one in remarks],
    }
    emit(context, "checklist-lint", document, lambda: _show_linted(context, linted, remarks))
    if not context.find_root().params.get("json"):
        for error in (*(e for one in linted for e in one.problems), *problems):
            show_error(context, error)
    if wrong:
        context.exit(ExitCode.INPUT)


def _show_linted(
    context: click.Context, linted: Sequence[Linted], remarks: Sequence[Remark]
) -> None:
    words = words_of(context)
    for one in linted:
        if one.checklist:
            click.echo(showing.sound_line(one.checklist, words))
        else:
            said = words.gettext(msgid("{folder}: mistakes: {count}"))
            click.echo(said.format(folder=one.folder.name, count=len(one.problems)))
    for remark in remarks:
        click.echo(showing.remark_line(remark, words))


@command.command("diff", cls=Command, help=msgid("What differs between two editions."))
@click.argument("old")
@click.argument("new")
@click.pass_context
def diff(context: click.Context, /, old: str, new: str) -> None:
    """Compare item by item; ids are never reused."""
    workspace = _workspace(context)
    compared = compare(named_or_folder(old, workspace), named_or_folder(new, workspace))
    document: dict[str, object] = {
        "old": compared.old.folder,
        "new": compared.new.folder,
        "added": [str(one.id) for one in compared.added],
        "dropped": [str(one.id) for one in compared.dropped],
        "changed": [{"item": str(one.id), "fields": list(one.what)} for one in compared.changed],
        "unchanged": compared.unchanged,
    }
    emit(context, "checklist-diff", document, lambda: _show_diff(words_of(context), compared))


def _show_diff(words: Words, compared: Compared) -> None:
    heads = [words.gettext(one) for one in (msgid("domain"), msgid("item"), msgid("what differs"))]
    rows = [
        *(_row(words, one, words.gettext(msgid("new"))) for one in compared.added),
        *(_row(words, one, words.gettext(msgid("dropped"))) for one in compared.dropped),
    ]
    for one in compared.changed:
        fields = ", ".join(showing.field_said(words, field) for field in one.what)
        rows.append(_row(words, one.new, fields))
    if rows:
        show_table(heads, rows)
    said = words.gettext(
        msgid("new {added}, dropped {dropped}, changed {changed}, unchanged {unchanged}")
    )
    click.echo(
        said.format(
            added=len(compared.added),
            dropped=len(compared.dropped),
            changed=len(compared.changed),
            unchanged=compared.unchanged,
        )
    )


def _row(words: Words, item: Item, what: str) -> list[str]:
    return [chapter(item.domain, words), f"{showing.clauses(item)} {item.control_point}", what]
