"""`secops assess start --all`: every system at once; what cannot be begun is named with why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from secops.cli.assess_showing import begun_document
from secops.cli.selection import chosen_checklist
from secops.cli.shared import emit, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.words import sentence
from secops.errors import ExitCode, SecopsError, msgid
from secops.errors.judging import AssessmentOpenError, NotATargetError
from secops.model.system import System
from secops.operations.start_assessment import Beginning, Begun, start_assessment
from secops.wiring.assess import Assessing, assessing

_AS_IT_SHOULD = (AssessmentOpenError, NotATargetError)
"""Systems that need no new assessment: they make the result no less complete."""


def start_all(context: click.Context, said: Mapping[str, Any]) -> None:
    """Begin with each system in use; ends with 4 where one has no grades yet."""
    with assessing(workspace_of(context), dry_run=said["dry_run"]) as one:
        begun, left = _start(one, said["checklist"], said["cycle"])
    document: dict[str, object] = {
        "dry_run": said["dry_run"],
        "started": [begun_document(beginning.series, made) for beginning, made in begun],
        "left": [
            {"no": system.no, "id": system.id, "name": system.name, "code": error.code}
            for system, error in left
        ],
    }
    emit(
        context,
        "assess-start-all",
        document,
        lambda: _show(context, begun, left, dry_run=said["dry_run"]),
    )
    if any(not isinstance(error, _AS_IT_SHOULD) for _, error in left):
        context.exit(ExitCode.INCOMPLETE)


def _start(
    one: Assessing, checklist: str, cycle: str
) -> tuple[list[tuple[Beginning, Begun]], list[tuple[System, SecopsError]]]:
    begun: list[tuple[Beginning, Begun]] = []
    left: list[tuple[System, SecopsError]] = []
    for system in one.work.systems.all():
        if system.retired_on is not None:
            continue
        edition = chosen_checklist(one, system, checklist)
        beginning = Beginning(about=system, checklist=edition, cycle=cycle, guide=one.tables.guide)
        try:
            made = start_assessment(one.work, one.blobs, one.acting, beginning)
        except SecopsError as error:
            left.append((system, error))
        else:
            begun.append((beginning, made))
    return begun, left


def _show(
    context: click.Context,
    begun: list[tuple[Beginning, Begun]],
    left: list[tuple[System, SecopsError]],
    *,
    dry_run: bool,
) -> None:
    words = words_of(context)
    heads = [msgid("no"), msgid("system"), msgid("grades"), msgid("asked")]
    rows = [
        [
            str(beginning.about.no),
            beginning.about.name,
            str(made.item_set.grades or made.item_set.pack),
            str(len(made.item_set.asked)),
        ]
        for beginning, made in begun
    ]
    if rows:
        show_table([words.gettext(head) for head in heads], rows)
    for _, error in left:
        click.echo(sentence(error, words), err=True)
    line = msgid("assessments begun: {begun}; systems left: {left}")
    if dry_run:
        line = msgid("assessments that would begin: {begun}; systems left: {left}")
    said = words.gettext(line)
    click.echo(said.format(begun=len(begun), left=len(left)))
