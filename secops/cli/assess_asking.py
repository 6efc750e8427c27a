"""`secops assess next`: a person at a terminal answers item by item, one key each."""

from __future__ import annotations

import sys

import click

from secops.cli.assess_words import KEYS, NOT_APPLICABLE, item_document, item_lines, read_value
from secops.cli.selection import chosen_person, chosen_series
from secops.cli.shared import emit, says_more, words_of, workspace_of
from secops.errors import msgid
from secops.judging.suggesting import verdict_of
from secops.model.ids import ItemId, PersonId
from secops.model.judgement import Against
from secops.model.system import System
from secops.operations.accept_suggestions import Acceptance, accept_suggestions
from secops.operations.answer_item import Reply, answer_item
from secops.operations.assessment_status import ItemStatus, assessment_status
from secops.operations.assessments import Series, opened, refuse_frozen, who
from secops.wiring.assess import assessing, looking

Named = tuple[str, str]
"""What was typed: the subject, and the checklist or nothing."""


def ask_or_print(context: click.Context, named: Named, by: str) -> None:
    """Ask until a person stops; without a terminal print the next open item."""
    interactive = sys.stdin.isatty() and not context.find_root().params.get("json")
    found, waiting = _open_items(context, named)
    if not interactive:
        _print(context, waiting)
        return
    with looking(workspace_of(context)) as one:
        refuse_frozen(opened(one.work, one.blobs, found))
        person = chosen_person(one.work, by).id if by else who(one.acting)
    for n, item in enumerate(waiting):
        words = words_of(context)
        said = words.gettext(msgid("open items: {left}"))
        click.echo("\n" + click.style(said.format(left=len(waiting) - n), dim=True))
        if not _ask(context, found, item, person):
            return


def _open_items(context: click.Context, named: Named) -> tuple[Series, list[ItemStatus]]:
    """Give the open items, those with something against them first."""
    with looking(workspace_of(context)) as one:
        found = chosen_series(one.work, *named)
        status = assessment_status(one.work, one.blobs, found, one.tables)
    waiting = sorted(status.open_items, key=lambda one: not isinstance(one.suggestion, Against))
    return found, waiting


def _print(context: click.Context, waiting: list[ItemStatus]) -> None:
    words = words_of(context)
    document: dict[str, object] = {
        "open": len(waiting),
        "next": item_document(waiting[0]) if waiting else None,
    }
    lines = item_lines(waiting[0], words, ids=says_more(context)) if waiting else []
    lines.append(words.gettext(msgid("open items: {left}")).format(left=len(waiting)))
    emit(context, "assess-next", document, lambda: click.echo("\n".join(lines)))


def _ask(context: click.Context, series: Series, item: ItemStatus, person: PersonId) -> bool:
    """Ask about one item; False: the person wants to stop."""
    words = words_of(context)
    click.echo("\n".join(item_lines(item, words, ids=says_more(context))))
    acceptable = bool(item.suggestion and verdict_of(item.suggestion))
    prompt = msgid("y compliant, p partially, n non-compliant, x not applicable, s skip, q stop")
    if acceptable:
        prompt = msgid("a as suggested, y compliant, p partially, n not, x not applicable, s, q")
    keys = [*(["a"] if acceptable else []), *KEYS, "s", "q"]
    key = click.prompt(words.gettext(prompt), type=click.Choice(keys), show_choices=False)
    if key == "q":
        return False
    if key == "a" and series.system:
        _accept(context, series.system, item.scored.item.id, person)
    elif key != "s":
        _answer(context, series, item, (key, person))
    return True


def _accept(context: click.Context, system: System, item: ItemId, person: PersonId) -> None:
    with assessing(workspace_of(context)) as one:
        acceptance = Acceptance(system=system, tables=one.tables, items=(str(item),), by=person)
        accept_suggestions(one.work, one.blobs, one.acting, acceptance)


def _answer(
    context: click.Context, series: Series, item: ItemStatus, said: tuple[str, PersonId]
) -> None:
    words, (key, person) = words_of(context), said
    reason = note = ""
    if KEYS[key] == NOT_APPLICABLE:
        reason = click.prompt(words.gettext(msgid("why it is not applicable")))
    else:
        note = click.prompt(words.gettext(msgid("note")), default="", show_default=False)
    reply = Reply(
        item=str(item.scored.item.id), value=read_value(key, reason, words), by=person, note=note
    )
    with assessing(workspace_of(context)) as one:
        answer_item(one.work, one.blobs, one.acting, series, reply)
