"""`secops assess next`: a person at a terminal answers item by item, one key each."""

from __future__ import annotations

import sys
from typing import Final

import click

from secops.cli.assess_values import item_document, item_lines, read_answer
from secops.cli.assess_words import KEYS, NOT_APPLICABLE
from secops.cli.selection import chosen_person, chosen_series
from secops.cli.shared import emit, says_more, show_error, words_of, workspace_of
from secops.errors import SecopsError, msgid
from secops.judging.suggesting import verdict_of
from secops.judging.tailoring import Asked
from secops.model.asking import NO, YES, AsksVerdict
from secops.model.ids import PersonId
from secops.model.judgement import Against
from secops.operations.accept_suggestions import Acceptance, accept_suggestions
from secops.operations.answer_item import Reply, answer_item
from secops.operations.assessment_status import ItemStatus, assessment_status
from secops.operations.assessments import Series, opened, refuse_frozen, who
from secops.operations.propose_answers import record_proposals
from secops.wiring.assess import assessing, looking, today_of

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
        status = assessment_status(one.work, one.blobs, found, one.tables, today_of(one))
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
    if not isinstance(item.scored.item.asks, AsksVerdict):
        return _ask_value(context, series, item, person)
    acceptable = bool(item.proposals or (item.suggestion and verdict_of(item.suggestion)))
    prompt = msgid("y compliant, p partially, n non-compliant, x not applicable, s skip, q stop")
    if acceptable:
        prompt = msgid("a as suggested, y compliant, p partially, n not, x not applicable, s, q")
    keys = [*(["a"] if acceptable else []), *KEYS, "s", "q"]
    key = click.prompt(words.gettext(prompt), type=click.Choice(keys), show_choices=False)
    if key == "q":
        return False
    if key == "a":
        _accept(context, series, item, person)
    elif key != "s":
        _answer(context, series, item, (KEYS[key], person))
    return True


def _ask_value(context: click.Context, series: Series, item: ItemStatus, person: PersonId) -> bool:
    """Ask for a number or a choice until it fits; False: the person wants to stop."""
    words = words_of(context)
    prompt = msgid("the answer, or x not applicable, s skip, q stop")
    if item.proposals:
        prompt = msgid("a as proposed, or the answer, x not applicable, s skip, q stop")
    while True:
        typed = str(click.prompt(words.gettext(prompt))).strip()
        if typed == "q":
            return False
        if typed == "s":
            return True
        try:
            if typed == "a" and item.proposals:
                _accept(context, series, item, person)
            else:
                _answer(context, series, item, (_PLAIN.get(typed, typed), person))
        except SecopsError as error:
            show_error(context, error)
        else:
            return True


_PLAIN: Final = {"y": YES, "n": NO, "x": NOT_APPLICABLE}


def _accept(context: click.Context, series: Series, item: ItemStatus, person: PersonId) -> None:
    """Accept what a scan suggests, else what is proposed first."""
    suggested = item.suggestion and verdict_of(item.suggestion)
    with assessing(workspace_of(context)) as one:
        if suggested and series.system:
            named = (str(item.scored.item.id),)
            acceptance = Acceptance(system=series.system, tables=one.tables, items=named, by=person)
            accept_suggestions(one.work, one.blobs, one.acting, acceptance)
        else:
            opening = opened(one.work, one.blobs, series)
            confirmed = (opening, item.proposals[:1], person)
            record_proposals(one.work, one.blobs, one.acting, confirmed)


def _answer(
    context: click.Context, series: Series, item: ItemStatus, said: tuple[str, PersonId]
) -> None:
    words, (typed, person) = words_of(context), said
    asked = Asked(item=item.scored.item, at=item.scored.at)
    reason = note = ""
    if typed == NOT_APPLICABLE:
        usual = item.scored.item.not_applicable or None
        reason = click.prompt(words.gettext(msgid("why it is not applicable")), default=usual)
    value = read_answer(asked, typed, reason, words)
    if typed != NOT_APPLICABLE:
        note = click.prompt(words.gettext(msgid("note")), default="", show_default=False)
    reply = Reply(item=str(asked.item.id), value=value, by=person, note=note)
    with assessing(workspace_of(context)) as one:
        answer_item(one.work, one.blobs, one.acting, series, reply)
