"""`secops sync`: the gates of the three synchronies, stage by stage."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

import click

from secops.cli.options import day_option
from secops.cli.selection import chosen_system, chosen_unit, person_named, systems_below
from secops.cli.shared import (
    Command,
    Option,
    emit,
    hint_next,
    show_error,
    words_of,
    workspace_of,
)
from secops.cli.sync_acts import ACTS, Said
from secops.cli.sync_showing import gate_document, overview_document, show_gate, show_overview
from secops.errors import msgid
from secops.errors.sync import GateShutError
from secops.model.ids import ItemId
from secops.operations.as_it_stood import as_it_stood
from secops.operations.sync_overview import Overlooking, sync_overview
from secops.wiring.assess import assessing, looking
from secops.wiring.sync import GateSeen, day_of, gates_in_force, place_of, seen

_HIGHEST: Final = 5


@click.command(cls=Command, help=msgid("What three synchronies ask for at a stage of a system."))
@click.argument("stage", required=False)
@click.argument("system", required=False)
@click.option(
    "--done", multiple=True, cls=Option, help=msgid("this item is there; may be repeated")
)
@click.option("--not-done", cls=Option, help=msgid("this item is not there after all"))
@click.option("--not-applicable", cls=Option, help=msgid("this item does not apply"))
@click.option("--waive", cls=Option, help=msgid("a leader lets this item wait"))
@click.option(
    "--pass", is_flag=True, cls=Option, help=msgid("let it pass; it is never edited then")
)
@click.option("--reopen", is_flag=True, cls=Option, help=msgid("a new revision of what was passed"))
@click.option("--evidence", multiple=True, cls=Option, help=msgid("a file, or a digest"))
@click.option("--note", cls=Option, help=msgid("what was seen, in words"))
@click.option("--by", cls=Option, help=msgid("who states it (default: the person who acts)"))
@click.option("--reason", cls=Option, help=msgid("why it does not apply, or has to wait"))
@click.option("--leader", cls=Option, help=msgid("the leader who waives (name or number)"))
@click.option("--measure", cls=Option, help=msgid("what stands in for the item meanwhile"))
@day_option("--until", meaning=msgid("the waiver's last day"))
@click.option(
    "--level",
    type=click.IntRange(1, _HIGHEST),
    cls=Option,
    help=msgid("the level to ask at, of a system that is not graded yet"),
)
@click.option("--unit", cls=Option, help=msgid("only systems of this unit and those below it"))
@day_option(
    "--since", meaning=msgid("systems in use since this day are new (default: since New Year)")
)
@day_option("--as-of", meaning=msgid("as it stood at the end of this day"))
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("say it, write nothing"))
@click.pass_context
def command(context: click.Context, /, stage: str | None, system: str | None, **said: Any) -> None:  # noqa: ANN401  # click's options
    """Show all gates, or one; or do one act at it."""
    act = _act(context, said, gate=bool(stage))
    if not stage:
        _overview(context, said)
    elif not system:
        raise click.UsageError(words_of(context).gettext(msgid("name a stage and a system")))
    elif act:
        _write(context, (stage, system), act, said)
    else:
        with looking(workspace_of(context)) as one:
            place = place_of(one, chosen_system(one.work, system), stage, said["level"])
            found = seen(one, place, day_of(one, said["as_of"]))
        _show(context, found, {"act": None, "dry_run": False, "refused": False})


def _typed(said: Mapping[str, Any]) -> set[str]:
    return {name for name, value in said.items() if value not in (None, False, ())}


def _act(context: click.Context, said: Mapping[str, Any], *, gate: bool) -> str:
    """Give the act that was chosen; refuse two of them, and options that do not go with it."""
    typed = _typed(said)
    acts = [name for name in ACTS if name in typed]
    if acts and not gate:
        raise click.UsageError(words_of(context).gettext(msgid("name a stage and a system")))
    if acts:
        fits = {acts[0], "level", "dry_run", *ACTS[acts[0]].takes}
    else:
        fits = {"level", "as_of"} if gate else {"unit", "since", "as_of"}
    for other in sorted(typed - fits):
        first = f"--{acts[0].replace('_', '-')}" if acts else "secops sync"
        text = msgid("{option} does not go with {first}")
        option = f"--{other.replace('_', '-')}"
        raise click.UsageError(words_of(context).gettext(text).format(option=option, first=first))
    return acts[0] if acts else ""


def _write(
    context: click.Context, which: tuple[str, str], act: str, options: Mapping[str, Any]
) -> None:
    """Do one act, all or nothing, and show the gate as it stands then."""
    workspace, (stage, system) = workspace_of(context), which
    shut: GateShutError | None = None
    try:
        with assessing(workspace, dry_run=options["dry_run"]) as one:
            place = place_of(one, chosen_system(one.work, system), stage, options["level"])
            by = person_named(one.work, options["by"])
            about = ACTS[act].do(one, place, Said(by=by, options=options))
            found = seen(one, place, day_of(one, None))
        if act == "pass":
            about = [item.asked.item.id for item in found.gate.items if item.waived]
    except GateShutError as error:
        shut = error
        with looking(workspace) as one:
            place = place_of(one, chosen_system(one.work, system), stage, options["level"])
            found = seen(one, place, day_of(one, None))
        about = [item.asked.item.id for item in found.gate.blocking]
    refused = shut is not None
    _show(context, found, {"act": act, "dry_run": options["dry_run"], "refused": refused}, about)
    if shut:
        show_error(context, shut)
        context.exit(shut.exit_code)


def _show(
    context: click.Context,
    found: GateSeen,
    act: Mapping[str, object],
    about: Collection[ItemId] | None = None,
) -> None:
    words = words_of(context)
    as_of = found.gate.when.day if found.gate.when.until else None
    document = gate_document(found) | {"as_of": as_of and as_of.isoformat(), **act}

    def text() -> None:
        show_gate(words, found, about)
        if act["dry_run"]:
            click.echo(words.gettext(msgid("dry run: nothing was written")))

    emit(context, "sync-gate", document, text)
    if found.gate.blocking:
        place = found.gate.place
        item = found.gate.blocking[0].asked.at.clause
        level = f" --level {place.level:d}" if place.level and not found.gate.assessment else ""
        gate = f"secops sync {place.stage.code} {place.system.no}{level}"
        hint_next(context, f"{gate} --done {item} --evidence FILE")


def _overview(context: click.Context, said: Mapping[str, Any]) -> None:
    with looking(workspace_of(context)) as one:
        when = day_of(one, said["as_of"])
        if said["unit"]:
            chosen = [*systems_below(one.work, chosen_unit(one.work, said["unit"]))]
        else:
            chosen = [*one.work.systems.all()]
        if when.until:
            stood = as_it_stood(one.work, when.until).system
            chosen = [found for system in chosen if (found := stood(system.id))]
        since = said["since"] or date(when.day.year, 1, 1)
        how = Overlooking(checklist=gates_in_force(one), when=when, since=since)
        overview = sync_overview(one.work, one.blobs, chosen, how)
    as_of = said["as_of"]
    document = overview_document(overview) | {"as_of": as_of and as_of.isoformat()}
    words = words_of(context)
    emit(context, "sync-status", document, lambda: show_overview(words, overview))
