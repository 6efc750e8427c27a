"""`secops import FILE…`: show what a file changes, then take it over, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from secops.cli.shared import Command, Option, emit, hint_next, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.inventory_files import Notice
from secops.contracts.words import Words
from secops.errors import ExitCode, SeveralInputsError, UsageError, msgid
from secops.guards.text import tamed
from secops.model.inventory import KINDS
from secops.model.record import Cell, fields_of
from secops.operations.find_record import kind_said
from secops.operations.import_plan import (
    CellChange,
    Conflict,
    ConflictError,
    ImportPlan,
    OnConflict,
    PlannedRow,
)
from secops.settings.data import example_or
from secops.wiring.collector import collector_at_rest
from secops.wiring.inventory_files import IN_FORMATS, import_files, read_files
from secops.wiring.inventory_words import titles, written

_SHOWN: Final = 20
_HIDDEN: Final = "…"


class BothWaysError(UsageError):
    """Two decisions for one conflict."""

    code = "import.both-ways"
    what = "--take-file and --keep-now exclude each other"
    mend = "choose one of them"


def _decision(*, take_file: bool, keep_now: bool) -> OnConflict:
    if take_file and keep_now:
        raise BothWaysError
    if take_file:
        return OnConflict.TAKE_FILE
    return OnConflict.KEEP_NOW if keep_now else OnConflict.REFUSE


@click.command(
    cls=Command,
    help=msgid(
        "Take over inventory files: YAML, XLSX, CSV; all or nothing. example:NAME: one of ours."
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "form",
    type=click.Choice(IN_FORMATS),
    cls=Option,
    help=msgid("take the files for this format (default: by their content)"),
)
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    cls=Option,
    help=msgid("a mapping file that says what the columns mean"),
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show the preview, write nothing"))
@click.option("--take-file", is_flag=True, cls=Option, help=msgid("at conflicts take the file"))
@click.option("--keep-now", is_flag=True, cls=Option, help=msgid("at conflicts keep what is here"))
@click.pass_context
def command(
    context: click.Context,
    /,
    files: tuple[Path, ...],
    form: str | None,
    map_file: Path | None,
    *,
    dry_run: bool,
    **decided: bool,
) -> None:
    """Read, plan, show, write."""
    decision = _decision(take_file=decided["take_file"], keep_now=decided["keep_now"])
    workspace = workspace_of(context)
    context.with_resource(collector_at_rest())  # also while the preview is made
    read = read_files([example_or(one) for one in files], map_file, form or "")
    try:
        plan = import_files(workspace, read, decision, dry_run=dry_run)
    except SeveralInputsError as error:
        _say_conflicts(error, words_of(context))
        raise
    document = {
        "dry_run": dry_run,
        "written": not dry_run,
        "counts": _counts(plan),
        "added": [_row(one) for one in plan.added],
        "changed": [_row(one) for one in plan.changed],
        "retired": [_row(one) for one in plan.retired],
        "conflicts": [_conflict(one) for one in plan.conflicts],
        "notices": [_notice(one, words_of(context)) for one in plan.notices],
    }
    emit(context, "import", document, lambda: _show(plan, words_of(context), dry_run=dry_run))
    if dry_run and plan.conflicts and decision is OnConflict.REFUSE:
        context.exit(ExitCode.INPUT)  # as the real run would
    if not dry_run:
        hint_next(context, "secops inventory check")


def _say_conflicts(error: SeveralInputsError, words: Words) -> None:
    """Put the words that people know into conflicts: titles of fields, names of values."""
    for one in error.problems:
        if isinstance(one, ConflictError):
            kind, path = one.conflict.kind, one.conflict.path
            values = {"base": one.conflict.base, "found": one.conflict.file}
            values |= {"now": one.conflict.now}
            one.details |= {key: _cell(kind, path, x, words) for key, x in values.items()}
            one.details["key"] = titles(kind, words).get(path, path)


def _counts(plan: ImportPlan) -> dict[str, int]:
    return {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "retired": len(plan.retired),
        "conflicts": len(plan.conflicts),
        "unchanged": plan.unchanged,
    }


def _row(one: PlannedRow) -> dict[str, object]:
    row: dict[str, object] = {"kind": one.kind, "no": one.no, "name": one.name}
    if one.is_new:
        return row | {"within": one.within, "named_at": one.named_at}
    if one.kind == "contact":  # what is said of contacts is which cells, never what stands there
        return row | {"changes": {x.path: [_HIDDEN, _HIDDEN] for x in one.changes}}
    return row | {"changes": {x.path: [x.before, x.after] for x in one.changes}}


def _conflict(one: Conflict) -> dict[str, object]:
    return {
        "kind": one.kind,
        "name": one.name,
        "field": one.path,
        "where": str(one.where),
        "exported": one.base,
        "file": one.file,
        "now": one.now,
    }


def _notice(one: Notice, words: Words) -> str:
    return f"{one.where} {words.gettext(one.said).format(**one.details)}"


def _show(plan: ImportPlan, words: Words, *, dry_run: bool) -> None:
    for notice in plan.notices:
        click.echo(_notice(notice, words))
    _show_rows(msgid("new"), plan.added, words)
    _show_rows(msgid("changed"), plan.changed, words)
    _show_rows(msgid("retired"), plan.retired, words)
    for one in plan.conflicts:
        said = msgid("conflict: {where} {kind} {name} {field}: {base} | {file} | {now}")
        title = titles(one.kind, words).get(one.path, one.path)
        kind = words.gettext(kind_said(one.kind))
        values = {"base": one.base, "file": one.file, "now": one.now}
        texts = {key: _cell(one.kind, one.path, x, words) for key, x in values.items()}
        line = words.gettext(said).format(
            where=one.where, kind=kind, name=one.name, field=title, **texts
        )
        click.echo(tamed(line))
    counts = {key: str(value) for key, value in _counts(plan).items()}
    said = msgid(
        "new {added}, changed {changed}, retired {retired}, unchanged {unchanged},"
        " conflicts {conflicts}"
    )
    click.echo(words.gettext(said).format(**counts))
    if dry_run:
        click.echo(words.gettext(msgid("nothing was written (--dry-run)")))


def _show_rows(heading: str, rows: Sequence[PlannedRow], words: Words) -> None:
    if not rows:
        return
    for kind in KINDS:
        some = [one for one in rows if one.kind == kind]
        if not some:
            continue
        count = f"{words.gettext(heading)}: {words.gettext(kind_said(kind))} {len(some)}"
        click.echo(click.style(count, bold=True))
        show_table([], [_line(one, words) for one in some[:_SHOWN]])
        if len(some) > _SHOWN:
            said = words.gettext(msgid("… and {count} more (--json shows all)"))
            click.echo(said.format(count=len(some) - _SHOWN))


def _line(one: PlannedRow, words: Words) -> list[str]:
    number = f"#{one.no}" if one.no else ""
    if one.is_new:
        named = words.gettext(msgid("only named at {place}")).format(place=one.named_at)
        return [number, one.name, one.within, named if one.named_at else ""]
    known = titles(one.kind, words)
    changes = [_change(x, known.get(x.path, x.path), one.kind, words) for x in one.changes]
    return [number, one.name, "; ".join(changes)]


def _cell(kind: str, path: str, cell: Cell, words: Words) -> str:
    """Say a value as files do; what refers to another record stands as its name already."""
    record: Any = KINDS[kind]  # mypy holds a union of classes for not hashable
    field = next(one for one in fields_of(record) if one.path == path)
    return written(field, cell, words) or "-"


def _change(one: CellChange, title: str, kind: str, words: Words) -> str:
    if kind == "contact":
        return f"{title}: {_HIDDEN}"
    before, after = (_cell(kind, one.path, cell, words) for cell in (one.before, one.after))
    return f"{title}: {before} → {after}"
