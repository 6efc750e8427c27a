"""What `secops assess export` and `import` say of workbooks: previews, documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import click

from secops.cli.table import show_table
from secops.contracts.words import Words, sentence
from secops.errors import msgid
from secops.guards.text import tamed
from secops.operations.assessments import Series
from secops.operations.form_plan import FormPlan, PlannedAnswer, PlannedConflict
from secops.wiring.forms import Written

_SHOWN: Final = 20


def export_document(series: Series, several: Sequence[Written]) -> dict[str, object]:
    """Give each workbook and how much of it is filled in already."""
    return {
        "subject": series.name,
        "files": [
            {
                "file": str(one.path),
                "form": one.record.no,
                "title": one.form.title,
                "due": one.form.due.isoformat() if one.form.due else None,
                "rows": sum(len(sheet.rows) for sheet in one.form.sheets),
                "asked": sum(len(sheet.asked) for sheet in one.form.sheets),
                "done": sum(sheet.done for sheet in one.form.sheets),
            }
            for one in several
        ],
    }


def show_export(several: Sequence[Written], words: Words) -> None:
    """Say each workbook in a line."""
    heads = [msgid("no"), msgid("file"), msgid("rows in all"), msgid("rows filled in")]
    rows = [
        [
            str(one.record.no),
            str(one.path),
            str(sum(len(sheet.asked) for sheet in one.form.sheets)),
            str(sum(sheet.done for sheet in one.form.sheets)),
        ]
        for one in several
    ]
    show_table([words.gettext(head) for head in heads], rows)


def import_document(plan: FormPlan, words: Words) -> dict[str, object]:
    """Give the whole plan."""
    return {
        "counts": _counts(plan),
        "files": [
            {
                "file": str(one.path),
                "form": one.form,
                "title": one.title,
                "by": one.by,
                "missing_rows": one.missing,
            }
            for one in plan.copies
        ],
        "answers": [_answer(one) for one in plan.answers],
        "conflicts": [_conflict(one) for one in plan.conflicts],
        "refused": [sentence(one, words) for one in plan.refused],
    }


def _counts(plan: FormPlan) -> dict[str, int]:
    return {
        "files": len(plan.copies),
        "answers": len(plan.answers),
        "conflicts": len(plan.conflicts),
        "refused": len(plan.refused),
    }


def _answer(one: PlannedAnswer) -> dict[str, object]:
    about = one.about
    return {
        "subject": about.series.name,
        "item": str(about.asked.item.id),
        "clause": str(about.asked.at.clause),
        "component": about.component,
        "by": one.by.name,
        "changes": [
            {
                "field": cell.column.key,
                "before": cell.now,
                "after": cell.value,
                "where": [str(claim.place) for claim in cell.behind],
            }
            for cell in about.row.cells
        ],
    }


def _conflict(one: PlannedConflict) -> dict[str, object]:
    about, cell = one.about, one.cell
    return {
        "subject": about.series.name,
        "item": str(about.asked.item.id),
        "clause": str(about.asked.at.clause),
        "component": about.component,
        "field": cell.column.key,
        "exported": cell.base,
        "now": cell.now,
        "claims": [
            {
                "file": str(claim.path),
                "where": str(claim.place),
                "by": claim.by,
                "value": claim.value,
            }
            for claim in cell.claims
        ],
    }


def show_import(plan: FormPlan, words: Words, *, dry_run: bool) -> None:
    """Say what is recorded, what is in conflict, with all values, and what is refused."""
    rows = [_line(one) for one in plan.answers[:_SHOWN]]
    if rows:
        show_table([], rows)
    if len(plan.answers) > _SHOWN:
        said = words.gettext(msgid("… and {count} more (--json shows all)"))
        click.echo(said.format(count=len(plan.answers) - _SHOWN))
    for one in plan.copies:
        if one.missing:
            said = words.gettext(msgid("{file}: rows that the file no longer has: {count}"))
            click.echo(said.format(file=one.path, count=one.missing))
    for conflict in plan.conflicts:
        click.echo(tamed(_said(conflict, words)))
    for refused in plan.refused:
        click.echo(tamed(sentence(refused, words)))
    said = msgid("files {files}: answers {answers}, conflicts {conflicts}, refused {refused}")
    click.echo(words.gettext(said).format(**{k: str(v) for k, v in _counts(plan).items()}))
    if dry_run:
        click.echo(words.gettext(msgid("nothing was written (--dry-run)")))


def _line(one: PlannedAnswer) -> list[str]:
    about = one.about
    changes = (
        f"{cell.column.title}: {about.shown(cell, cell.now) or '-'} → "
        f"{about.shown(cell, cell.value or '') or '-'}"
        for cell in about.row.cells
    )
    return [about.series.name, about.said, "; ".join(changes), one.by.name]


def _said(one: PlannedConflict, words: Words) -> str:
    said = msgid("conflict: {name} {item} {field}: {base} | {now} | {claims}")
    cell = one.cell
    return words.gettext(said).format(
        name=one.about.series.name,
        item=one.about.said,
        field=cell.column.title,
        base=one.about.shown(cell, cell.base) or "-",
        now=one.about.shown(cell, cell.now) or "-",
        claims="; ".join(one.claimed(claim) for claim in cell.claims),
    )
