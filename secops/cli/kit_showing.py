"""What `secops kit make` and `merge` say: workbooks, the table, conflicts, documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import click

from secops.cli.table import show_table
from secops.contracts.words import Words, label, sentence
from secops.errors import SecopsError, SeveralInputsError, msgid
from secops.guards.text import tamed
from secops.model.kit import KitState
from secops.model.unit import Unit
from secops.operations.kit_plan import KitConflict, KitTable, RecordChange, UnitMerge
from secops.wiring.kits import Kit

_PERSONS: Final = ("person", "contact", "appointment")
_REGISTERS: Final = ("component", "supply", "data_category", "unit")
_SPARE: Final = (
    msgid("other records"),
    msgid("persons and posts"),
    msgid("systems changed"),
    msgid("filled in by"),
)
"""Columns that a narrow terminal can do without."""
Made = Sequence[Kit]
Left = Sequence[tuple[Unit, SecopsError]]


def make_document(made: Made, left: Left, words: Words) -> dict[str, object]:
    """Give each workbook, and the units that have none."""
    return {
        "kits": [
            {
                "unit": {"no": one.unit.no, "id": one.unit.id, "name": one.unit.name},
                "file": str(one.path),
                "form": one.record.no,
                "due": one.form.due.isoformat() if one.form.due else None,
                "asked": sum(len(sheet.asked) for sheet in one.form.sheets if sheet.counted),
                "done": sum(sheet.done for sheet in one.form.sheets),
            }
            for one in made
        ],
        "left": [
            {
                "unit": {"no": unit.no, "id": unit.id, "name": unit.name},
                "code": error.code,
                "said": sentence(error, words),
            }
            for unit, error in left
        ],
    }


def show_made(made: Made, left: Left, words: Words, *, dry_run: bool) -> None:
    """Say each workbook in a line."""
    heads = (msgid("no"), msgid("unit"), msgid("file"), msgid("rows in all"))
    rows = [
        [
            str(one.unit.no),
            one.unit.name,
            str(one.path),
            str(sum(len(sheet.asked) for sheet in one.form.sheets if sheet.counted)),
        ]
        for one in made
    ]
    if rows:
        show_table([words.gettext(head) for head in heads], rows)
    for _, error in left:
        click.echo(tamed(sentence(error, words)), err=True)
    said = msgid("kits written: {made}; units left: {left}")
    if dry_run:
        said = msgid("kits that would be written: {made}; units left: {left}")
    click.echo(words.gettext(said).format(made=len(made), left=len(left)))
    if dry_run:
        click.echo(words.gettext(msgid("nothing was written (--dry-run)")))


def table_of(merged: KitTable, words: Words) -> tuple[list[str], list[list[str]]]:
    """Give the one table of who has answered, what changed and what is undecided."""
    heads = (
        msgid("no"),
        msgid("unit"),
        msgid("state"),
        msgid("answered"),
        msgid("of items"),
        msgid("systems added"),
        msgid("systems changed"),
        msgid("persons and posts"),
        msgid("other records"),
        msgid("conflicts"),
        msgid("refused"),
        msgid("filled in by"),
    )
    return [words.gettext(head) for head in heads], [_line(one, words) for one in merged.units]


def _line(one: UnitMerge, words: Words) -> list[str]:
    numbers = (
        one.answered,
        one.asked,
        one.count("system", new=True),
        one.count("system", new=False),
        one.count(*_PERSONS),
        one.count(*_REGISTERS),
        len(one.conflicts),
        len(one.refused),
    )
    by = words.gettext(msgid(", ")).join(dict.fromkeys(it.by for it in one.copies if it.by))
    return [str(one.unit.no), one.unit.name, label(one.state, words), *map(str, numbers), by]


def show_merged(merged: KitTable, words: Words, *, dry_run: bool) -> None:
    """Print the table, then every conflict and everything that is refused."""
    heads, rows = table_of(merged, words)
    if rows:
        show_table(heads, rows, spare=[words.gettext(one) for one in _SPARE])
    for one in merged.units:
        for line in _told(one, words, changes=dry_run):
            click.echo(tamed(f"{one.unit.name}: {line}"))
    for file in merged.files:
        for line in _sentences(file.error, words):
            click.echo(tamed(line))
    said = msgid(
        "units {units}: taken {taken}, unchanged {unchanged}, failed {failed}; not back {missing}"
    )
    click.echo(words.gettext(said).format(**{k: str(v) for k, v in _counts(merged).items()}))
    if dry_run:
        click.echo(words.gettext(msgid("nothing was written (--dry-run)")))


def _told(one: UnitMerge, words: Words, *, changes: bool) -> Iterator[str]:
    """Say what of a unit people should see."""
    for change in one.changes if changes else ():
        yield _changed(change, words)
    for conflict in one.conflicts:
        yield sentence(conflict.error, words)
    for error in one.refused:
        yield from _sentences(error, words)


def _changed(change: RecordChange, words: Words) -> str:
    said = msgid("new: {name}; {cells}") if change.is_new else msgid("{name}: {cells}")
    cells = "; ".join(f"{it.title}: {it.before or '-'} → {it.after or '-'}" for it in change.cells)
    return words.gettext(said).format(name=change.name, cells=cells)


def _sentences(error: SecopsError, words: Words) -> Iterator[str]:
    several = error.problems if isinstance(error, SeveralInputsError) else (error,)
    for one in several:
        yield sentence(one, words)


def _counts(merged: KitTable) -> dict[str, int]:
    states = [one.state for one in merged.units]
    return {
        "units": len(states),
        "taken": states.count(KitState.TAKEN),
        "unchanged": states.count(KitState.UNCHANGED),
        "failed": merged.failed,
        "earlier": states.count(KitState.EARLIER),
        "missing": states.count(KitState.MISSING),
    }


def merge_document(merged: KitTable, words: Words) -> dict[str, object]:
    """Give the whole table."""
    return {
        "counts": _counts(merged),
        "units": [_unit(one, words) for one in merged.units],
        "files_refused": [
            {
                "file": str(one.path),
                "code": one.error.code,
                "said": list(_sentences(one.error, words)),
            }
            for one in merged.files
        ],
    }


def _unit(one: UnitMerge, words: Words) -> dict[str, object]:
    return {
        "unit": {"no": one.unit.no, "id": one.unit.id, "name": one.unit.name},
        "state": one.state.value,
        "answered": one.answered,
        "asked": one.asked,
        "files": [
            {"file": str(it.path), "form": it.form, "by": it.by, "post": it.post}
            for it in one.copies
        ],
        "systems_added": one.count("system", new=True),
        "systems_changed": one.count("system", new=False),
        "changes": [_change(it) for it in one.changes],
        "answers": [
            {
                "item": str(it.about.asked.item.id),
                "clause": str(it.about.asked.at.clause),
                "by": it.by.name,
            }
            for it in one.answers
        ],
        "conflicts": [_conflict(it) for it in one.conflicts],
        "refused": [said for error in one.refused for said in _sentences(error, words)],
    }


def _change(one: RecordChange) -> dict[str, object]:
    return {
        "kind": one.kind,
        "name": one.name,
        "new": one.is_new,
        "by": one.by,
        "cells": [{"title": it.title, "before": it.before, "after": it.after} for it in one.cells],
    }


def _conflict(one: KitConflict) -> dict[str, object]:
    return {
        "about": one.name,
        "field": one.cell.column.key,
        "exported": one.said(one.cell.base),
        "now": one.said(one.cell.now),
        "claims": [
            {
                "file": str(it.path),
                "where": str(it.place),
                "by": it.by,
                "value": one.said(it.value),
            }
            for it in one.cell.claims
        ],
    }
