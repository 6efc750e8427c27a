"""`secops assess`: which items are asked of a system, and what a person answers."""

from __future__ import annotations

from typing import Any

import click

from secops.cli import assess_asking, assess_showing, assess_starting
from secops.cli.assess_carrying import carry
from secops.cli.assess_forms import export, import_
from secops.cli.assess_hazards import hazards
from secops.cli.assess_values import read_answer
from secops.cli.options import by_option, checklist_option, dry_run_option
from secops.cli.selection import (
    chosen_about,
    chosen_checklist,
    chosen_series,
    person_named,
    spelled,
)
from secops.cli.shared import (
    Command,
    Group,
    Labelled,
    Option,
    emit,
    hint_next,
    words_of,
    workspace_of,
)
from secops.errors import msgid
from secops.judging.keeping import subject_text
from secops.model.case import JUDGED
from secops.model.checking import AnswerRole
from secops.model.ids import ComponentId, PersonId
from secops.operations.accept_suggestions import Acceptance, accept_suggestions
from secops.operations.answer_item import (
    Answered,
    Reply,
    answer_item,
    find_asked,
)
from secops.operations.assessments import Series, components_of, opened
from secops.operations.find_record import find_record
from secops.operations.freeze_assessment import freeze_assessment
from secops.operations.propose_answers import Accepting, accept_proposals
from secops.operations.propose_from_inventory import Counting
from secops.operations.revise_assessment import revise_assessment
from secops.operations.score_system import score_system
from secops.operations.start_assessment import Beginning, start_assessment
from secops.wiring.assess import (
    Assessing,
    assessing,
    evidence_named,
    today_of,
)


def _component(one: Assessing, series: Series, text: str) -> ComponentId:
    """Prefer the system's own components: many systems have one of the same name."""
    stands = components_of(one.work, series.system) if series.system else ()
    own = [c for c in stands if text in (c.name, str(c.no))]
    return own[0].id if len(own) == 1 else ComponentId(find_record(one.work, "component", text).id)


@click.group(cls=Group, help=msgid("Answer the items that are asked of a system."))
def command() -> None:
    """Only holds its commands together."""


@command.command("start", cls=Command, help=msgid("Begin to assess a system or a unit."))
@click.argument("subject", required=False)
@click.option(
    "--all", "everything", is_flag=True, cls=Option, help=msgid("every system that has grades")
)
@click.option("--cycle", default="", cls=Option, help=msgid("the cycle, such as 2026"))
@click.option("--explain", is_flag=True, cls=Option, help=msgid("say why these items"))
@checklist_option
@dry_run_option
@click.pass_context
def start(context: click.Context, /, subject: str | None, **said: Any) -> None:  # noqa: ANN401  # click's options
    """Choose the items and keep a copy of the choice."""
    if bool(subject) == bool(said["everything"]):
        raise click.UsageError(words_of(context).gettext(msgid("name a subject, or say --all")))
    if not subject:
        assess_starting.start_all(context, said)
        return
    dry_run = said["dry_run"]
    with assessing(workspace_of(context), dry_run=dry_run) as one:
        about = chosen_about(one.work, subject)
        checklist = chosen_checklist(one, about, said["checklist"])
        beginning = Beginning(
            about=about, checklist=checklist, cycle=said["cycle"], guide=one.tables.guide
        )
        begun = start_assessment(one.work, one.blobs, one.acting, beginning)
    series = beginning.series
    document = assess_showing.begun_document(series, begun) | {"dry_run": dry_run}
    emit(
        context,
        "assess-start",
        document,
        lambda: assess_showing.show_begun(
            words_of(context), series, begun, explain=said["explain"]
        ),
    )
    hint_next(context, f"secops assess next {spelled(series)}")


command.add_command(hazards)
command.add_command(carry)


@command.command("status", cls=Command, help=msgid("How far the answers have come."))
@click.argument("subject", required=False)
@click.option("--items", is_flag=True, cls=Option, help=msgid("list every item"))
@checklist_option
@click.pass_context
def status(context: click.Context, /, subject: str | None, checklist: str, *, items: bool) -> None:
    """Show one subject by domain, or every system in a line."""
    if subject:
        assess_showing.show_status(context, subject, checklist, items=items)
    else:
        assess_showing.show_all(context)


@command.command("next", cls=Command, help=msgid("The next open item; asks at a terminal."))
@click.argument("subject")
@click.option(
    "--role",
    multiple=True,
    type=Labelled(AnswerRole),
    metavar="ROLE",
    cls=Option,
    help=msgid("ask only what this role answers"),
)
@click.option(
    "--mine", is_flag=True, cls=Option, help=msgid("ask only what the person's own roles answer")
)
@checklist_option
@by_option
@click.pass_context
def next_item(context: click.Context, /, subject: str, **said: Any) -> None:  # noqa: ANN401  # click's options
    """Ask a person item by item, or print the next one."""
    wanted = assess_asking.Wanted(
        subject=subject,
        checklist=said["checklist"],
        by=said["by"],
        roles=tuple(AnswerRole(one) for one in said["role"]),
        mine=said["mine"],
    )
    assess_asking.ask_or_print(context, wanted)


@command.command("answer", cls=Command, help=msgid("Answer an item, by id or clause."))
@click.argument("subject")
@click.argument("item")
@click.argument("verdict")
@click.option("--component", default="", cls=Option, help=msgid("for this component only"))
@by_option
@click.option("--note", default="", cls=Option, help=msgid("what was found, in words"))
@click.option("--reason", default="", cls=Option, help=msgid("why it is not applicable"))
@click.option("--evidence", multiple=True, cls=Option, help=msgid("a file, or a digest"))
@click.option("--expect", type=int, cls=Option, help=msgid("refuse if its revision is another"))
@checklist_option
@dry_run_option
@click.pass_context
def answer(context: click.Context, /, subject: str, item: str, verdict: str, **said: Any) -> None:  # noqa: ANN401  # click's options
    """Record one answer of a person."""
    with assessing(workspace_of(context), dry_run=said["dry_run"]) as one:
        series = chosen_series(one.work, subject, said["checklist"])
        asked = find_asked(opened(one.work, one.blobs, series).item_set, series.name, item)
        component = said["component"] and _component(one, series, said["component"])
        reply = Reply(
            item=item,
            value=read_answer(asked, verdict, said["reason"], words_of(context)),
            component=component or None,
            by=person_named(one.work, said["by"]),
            note=said["note"],
            evidence=tuple(
                evidence_named(one, name, f"{subject_text(series.subject)} {item}")
                for name in said["evidence"]
            ),
            expected=said["expect"],
        )
        answered = answer_item(one.work, one.blobs, one.acting, series, reply)
        done = assess_showing.recorded(one, answered)
    _show_answered(context, done, dry_run=said["dry_run"])
    then = "hazards" if asked.item.asks == JUDGED else "next"
    hint_next(context, f"secops assess {then} {spelled(series)}")


command.add_command(export)
command.add_command(import_)


def _show_answered(context: click.Context, done: assess_showing.Recorded, *, dry_run: bool) -> None:
    document = assess_showing.answered_document(done.answered) | {"dry_run": dry_run}
    emit(
        context,
        "assess-answer",
        document,
        lambda: assess_showing.show_answered(context, done, dry_run=dry_run),
    )


@command.command("accept", cls=Command, help=msgid("Answer as suggested."))
@click.argument("subject")
@click.argument("items", nargs=-1)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    cls=Option,
    help=msgid("every open item with a failing or fully covered suggestion"),
)
@checklist_option
@by_option
@dry_run_option
@click.pass_context
def accept(context: click.Context, /, subject: str, items: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401  # click's options
    """Accept suggestions: each becomes an answer of the person who accepts."""
    if bool(items) == bool(said["everything"]):
        raise click.UsageError(words_of(context).gettext(msgid("name items, or say --all")))
    with assessing(workspace_of(context), dry_run=said["dry_run"]) as one:
        series = chosen_series(one.work, subject, said["checklist"])
        answered = _accepted(one, series, items, person_named(one.work, said["by"]))
        done = assess_showing.recorded(one, answered)
    _show_answered(context, done, dry_run=said["dry_run"])


def _accepted(
    one: Assessing, series: Series, items: tuple[str, ...], by: PersonId | None
) -> Answered:
    """Of a system accept what scans suggest; of a unit what its inventory counts."""
    if series.system is None:
        counting = Counting(one.tables.library.items(), today_of(one))
        opening = opened(one.work, one.blobs, series)
        accepting = (Accepting(items=items, by=by), counting)
        return accept_proposals(one.work, one.blobs, one.acting, opening, accepting)
    acceptance = Acceptance(system=series.system, tables=one.tables, items=items, by=by)
    return accept_suggestions(one.work, one.blobs, one.acting, acceptance)


@command.command("freeze", cls=Command, help=msgid("Close it: from here on it is never edited."))
@click.argument("subject")
@checklist_option
@dry_run_option
@click.pass_context
def freeze(context: click.Context, /, subject: str, checklist: str, *, dry_run: bool) -> None:
    """Keep answers, rules and bands as they stand."""
    with assessing(workspace_of(context), dry_run=dry_run) as one:
        series = chosen_series(one.work, subject, checklist)
        scored = score_system(one.work, one.blobs, series, one.tables)
        assessment = freeze_assessment(one.work, one.blobs, one.acting, series, one.tables)
    hazards = scored.concluded.hazards
    left = {"unanswered": scored.score.unanswered, "cases_open": hazards.open if hazards else 0}
    document = assess_showing.assessment_document(series, assessment) | left | {"dry_run": dry_run}
    line = msgid("{system}: revision {revision} is frozen, state {state}")
    if dry_run:
        line = msgid("{system}: revision {revision} would be frozen, state {state}")
    state = assessment.frozen.state if assessment.frozen else ""
    said = words_of(context).gettext(line)
    shown = said.format(system=series.name, revision=assessment.revision, state=state)
    if any(left.values()):
        stays = msgid("stays open: items unanswered {unanswered}, cases not judged {cases_open}")
        shown += "\n" + words_of(context).gettext(stays).format(**left)
    emit(context, "assess-freeze", document, lambda: click.echo(shown))
    hint_next(context, f"secops score {spelled(series)}")


@command.command("revise", cls=Command, help=msgid("A new revision of a frozen assessment."))
@click.argument("subject")
@checklist_option
@dry_run_option
@click.pass_context
def revise(context: click.Context, /, subject: str, checklist: str, *, dry_run: bool) -> None:
    """Open a new revision and carry the answers."""
    with assessing(workspace_of(context), dry_run=dry_run) as one:
        series = chosen_series(one.work, subject, checklist)
        assessment, carried = revise_assessment(one.work, one.blobs, one.acting, series)
    document = assess_showing.assessment_document(series, assessment) | {
        "dry_run": dry_run,
        "carried": len(carried),
    }
    line = msgid("{system}: revision {revision} is open, answers carried: {carried}")
    if dry_run:
        line = msgid("{system}: revision {revision} would open, answers carried: {carried}")
    said = words_of(context).gettext(line)
    shown = said.format(system=series.name, revision=assessment.revision, carried=len(carried))
    emit(context, "assess-revise", document, lambda: click.echo(shown))
