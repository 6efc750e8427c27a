"""`secops assess carry`: the next cycle, beginning with what the last one said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from secops.cli.assess_showing import answered_document, assessment_document
from secops.cli.assess_values import evidence_day, proposal_document, say_answer
from secops.cli.clauses import clause_said
from secops.cli.options import by_option, dry_run_option
from secops.cli.selection import chosen_series, person_named, spelled
from secops.cli.shared import Command, Option, emit, hint_next, words_of, workspace_of
from secops.cli.table import show_table
from secops.cli.times import civil
from secops.contracts.words import Words
from secops.errors import msgid
from secops.judging.proposing import Proposal
from secops.judging.tailoring import Asked
from secops.model.answer import OfComponent
from secops.model.common import NotApplicable
from secops.model.proposal import FromLast
from secops.operations.answer_item import Answered
from secops.operations.carry_assessment import Confirming, begin_cycle, confirm_carried
from secops.operations.propose_from_last import CarriedOver, carried_over
from secops.operations.start_assessment import Beginning
from secops.wiring.assess import Assessing, assessing, today_of


@dataclass(frozen=True, slots=True)
class _Carried:
    """What is shown of it."""

    begun: bool
    found: CarriedOver
    answered: Answered
    names: dict[str, str]


@click.command("carry", cls=Command, help=msgid("Begin the next cycle with what was said before."))
@click.argument("subject")
@click.option("--cycle", default="", cls=Option, help=msgid("the cycle, such as 2026"))
@click.option("--list", "listing", is_flag=True, cls=Option, help=msgid("list item by item"))
@click.option(
    "--confirm",
    multiple=True,
    cls=Option,
    help=msgid("confirm these items as they were, with commas"),
)
@click.option(
    "--confirm-domain",
    multiple=True,
    cls=Option,
    help=msgid("confirm all of these domains, with commas"),
)
@click.option(
    "--checklist",
    default="",
    cls=Option,
    help=msgid("which checklist or edition (default: the one in force of the last check)"),
)
@by_option
@dry_run_option
@click.pass_context
def carry(context: click.Context, /, subject: str, **said: Any) -> None:  # noqa: ANN401  # click's options
    """Begin the cycle if it is not begun, and confirm what a person names."""
    with assessing(workspace_of(context), dry_run=said["dry_run"]) as one:
        done = _carried(one, subject, said)
    document = _document(done) | {"dry_run": said["dry_run"]}
    emit(context, "assess-carry", document, lambda: _show(words_of(context), done, said))
    series = spelled(done.found.one.series)
    follows = f"assess next {series}" if said["listing"] else f"assess carry {series} --list"
    hint_next(context, f"secops {follows}")


def _carried(one: Assessing, subject: str, said: dict[str, Any]) -> _Carried:
    series = chosen_series(one.work, subject, said["checklist"])
    edition = one.tables.library.named(said["checklist"] or series.pack, today_of(one))
    beginning = Beginning(
        about=series.about, checklist=edition, cycle=said["cycle"], guide=one.tables.guide
    )
    begun = begin_cycle(one.work, one.blobs, one.acting, beginning, today_of(one))
    found = carried_over(one.work, one.blobs, series)
    answered = Answered(answers=(), findings=())
    if said["confirm"] or said["confirm_domain"]:
        by = person_named(one.work, said["by"])
        items, domains = _listed(said["confirm"]), _listed(said["confirm_domain"])
        confirming = Confirming(items=items, domains=domains, by=by)
        answered = confirm_carried(one.work, one.blobs, one.acting, found, confirming)
        found = carried_over(one.work, one.blobs, series)
    return _Carried(begun, found, answered, _names(one, found))


def _listed(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Take several at once: `EDU-01,EDU-02`."""
    return tuple(one.strip() for text in typed for one in text.split(",") if one.strip())


def _names(one: Assessing, found: CarriedOver) -> dict[str, str]:
    ids: set[str] = set()
    for proposal in found.proposals:
        if isinstance(proposal.source, FromLast):
            ids.add(proposal.source.answered_by)
    persons = {id_: one.work.persons.get(id_) for id_ in sorted(ids)}
    components = {c.id: c.name for c in found.one.components}
    return components | {id_: person.name for id_, person in persons.items() if person}


def _document(done: _Carried) -> dict[str, object]:
    found = done.found
    return {
        **assessment_document(found.one.series, found.one.assessment),
        "begun": done.begun,
        "edition": found.one.item_set.edition,
        "last": {"cycle": found.last.cycle, "revision": found.last.revision},
        "answered": found.answered,
        "left": found.left,
        "proposed": [
            {
                **_item(one.asked),
                "component": one.subject.component if isinstance(one.subject, OfComponent) else "",
                "note": one.note,
                **proposal_document(one),
            }
            for one in found.proposals
        ],
        "changed": [{**_item(one.now), "was": one.was.at.gist} for one in found.compared.changed],
        "new": [_item(one) for one in found.compared.new],
        "dropped": [_item(one) for one in found.compared.dropped],
        **answered_document(done.answered),
    }


def _item(one: Asked) -> dict[str, object]:
    return {
        "item": str(one.item.id),
        "clause": str(one.at.clause),
        "domain": one.item.domain.code,
        "gist": one.at.gist,
    }


def _show(words: Words, done: _Carried, said: dict[str, Any]) -> None:
    found, assessment = done.found, done.found.one.assessment
    line = msgid("{name}: cycle {cycle}, revision {revision}, goes on; before it: cycle {last}")
    if done.begun:
        line = msgid("{name}: cycle {cycle}, revision {revision}, begun; before it: cycle {last}")
    named = {
        "name": found.one.series.name,
        "cycle": assessment.cycle or "-",
        "revision": assessment.revision,
        "last": found.last.cycle or "-",
    }
    click.echo(words.gettext(line).format(**named))
    if said["listing"]:
        _list(words, done)
    if done.answered.answers:
        line = msgid("confirmed: {count}")
        if said["dry_run"]:
            line = msgid("would be confirmed: {count}")
        click.echo(words.gettext(line).format(count=len(done.answered.answers)))
    compared = found.compared
    line = msgid(
        "to confirm {proposed}, asked otherwise {changed}, new {new}, dropped {dropped}, "
        "answered {answered}, never answered {left}"
    )
    counts = {
        "proposed": len(found.proposals),
        "changed": len(compared.changed),
        "new": len(compared.new),
        "dropped": len(compared.dropped),
        "answered": found.answered,
        "left": found.left,
    }
    click.echo(words.gettext(line).format(**counts))


def _list(words: Words, done: _Carried) -> None:
    heads = [
        msgid("group"),
        msgid("clause"),
        msgid("last answer"),
        msgid("said on"),
        msgid("evidence of"),
        msgid("gist"),
    ]
    rows = [*_proposed(words, done)]
    compared = done.found.compared
    changed, new, dropped = map(
        words.gettext, (msgid("asked otherwise"), msgid("new item"), msgid("dropped item"))
    )
    rows += [_row(changed, one.now) for one in compared.changed]
    rows += [_row(new, one) for one in compared.new]
    rows += [_row(dropped, one) for one in compared.dropped]
    show_table([words.gettext(head) for head in heads], rows)


def _row(group: str, one: Asked) -> list[str]:
    return [group, clause_said(one.item, one.at), "", "", "", one.at.gist]


def _proposed(words: Words, done: _Carried) -> Iterator[list[str]]:
    for one in done.found.proposals:
        if isinstance(one.source, FromLast):
            last = one.source
            by = done.names.get(last.answered_by, "")
            yield [
                words.gettext(msgid("to confirm")),
                _clause(one, done.names),
                _said(words, one),
                f"{civil(last.answered_at)[:10]} {by}".strip(),
                evidence_day(last, words),
                one.asked.at.gist,
            ]


def _clause(one: Proposal, names: dict[str, str]) -> str:
    clause = clause_said(one.asked.item, one.asked.at)
    about = one.subject
    return (
        f"{clause} {names.get(about.component, '')}" if isinstance(about, OfComponent) else clause
    )


def _said(words: Words, one: Proposal) -> str:
    value = say_answer(one.asked.item, one.value, words)
    return f"{value}: {one.value.reason}" if isinstance(one.value, NotApplicable) else value
