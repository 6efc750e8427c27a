"""`secops scan`: looks at permitted endpoints and suggests; it never answers."""

from __future__ import annotations

from collections.abc import Mapping

import click

from secops.cli.scan_progress import Teller
from secops.cli.scan_report import (
    exit_code,
    judged_document,
    plan_document,
    ran_document,
    reaches,
    show_judged,
    show_left_out,
    show_plan,
    show_ran,
)
from secops.cli.selection import chosen_system, chosen_unit, systems_below
from secops.cli.shared import (
    Command,
    Labelled,
    Option,
    emit,
    hint_next,
    says_more,
    words_of,
    workspace_of,
)
from secops.errors import ExitCode, msgid, worst
from secops.errors.scanning import ResumeAsPlannedError
from secops.files.lock import exclusive
from secops.guards.text import clean_text
from secops.model.judgement import Risk
from secops.model.system import System
from secops.operations.plan_scan import Planned
from secops.wiring import scan as wiring
from secops.wiring.scanners import Loaded
from secops.wiring.workspace import Workspace


@click.command(cls=Command, help=msgid("Scan what is permitted. It suggests, never answers."))
@click.option("--unit", default="", cls=Option, help=msgid("only this unit and those below it"))
@click.option("--system", default="", cls=Option, help=msgid("only this system"))
@click.option("--scanner", "names", multiple=True, cls=Option, help=msgid("only this scanner"))
@click.option("--resume", is_flag=True, cls=Option, help=msgid("go on with the unfinished scan"))
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=16,
    cls=Option,
    help=msgid("how many batches are worked on at once"),
)
@click.option(
    "--fail-on",
    type=Labelled(Risk),
    cls=Option,
    help=msgid("exit with 1 if something this bad was seen; not all looked at (4) goes before"),
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show the plan, touch nothing"))
@click.pass_context
def command(context: click.Context, /, fail_on: str | None, **said: object) -> None:
    """Plan, store the plan, run it, show what it gave."""
    workspace, words = workspace_of(context), words_of(context)
    loaded = wiring.scanners_of(workspace)
    say_not_loaded(context, loaded)
    resuming = bool(said["resume"])
    planned = _resumed(workspace, said) if resuming else _planned(workspace, loaded, said)
    if said["dry_run"]:
        document = {**plan_document(planned), "dry_run": True}
        emit(context, "scan", document, lambda: show_plan(planned, words))
        return
    context.with_resource(exclusive(workspace.path, now=workspace.now()))
    show_left_out(planned, words)
    if not resuming:
        wiring.store_plan(workspace, planned, loaded)
    teller = Teller(words, quiet=bool(context.find_root().params.get("quiet")))
    jobs = int(str(said["jobs"]))
    try:
        scanned = wiring.run(workspace, planned, loaded, wiring.Manner(tell=teller, jobs=jobs))
    finally:
        teller.end()
    reached = reaches(scanned.judged, Risk(fail_on) if fail_on else None)
    code = exit_code(planned, scanned.ran, reached=reached)
    if loaded.not_loaded:
        code = worst([code, ExitCode.INCOMPLETE])
    titles = _names(workspace, planned.systems)
    document = {
        **plan_document(planned),
        "dry_run": False,
        **ran_document(scanned.ran),
        **judged_document(scanned.judged, titles),
        "fail_on_reached": reached,
        "exit_code": int(code),
    }

    def text() -> None:
        show_ran(scanned.ran, words, every=says_more(context))
        show_judged(scanned.judged, titles, words)

    emit(context, "scan", document, text)
    hint_next(context, "secops finding list")
    context.exit(code)


def _planned(workspace: Workspace, loaded: Loaded, said: Mapping[str, object]) -> Planned:
    scanners = [one.name for one in loaded.chosen(_names_in(said))]
    unit, system = str(said["unit"]), str(said["system"])
    systems = _chosen(workspace, unit, system)
    return wiring.plan(workspace, systems, scanners, whole=not (unit or system))


def _resumed(workspace: Workspace, said: Mapping[str, object]) -> Planned:
    given = [f"--{name}" for name in ("unit", "system") if said[name]]
    given += ["--scanner"] if _names_in(said) else []
    if given:
        raise ResumeAsPlannedError(options=" ".join(given))
    return wiring.resume(workspace)


def _names_in(said: Mapping[str, object]) -> tuple[str, ...]:
    names = said["names"]
    return names if isinstance(names, tuple) else ()


def say_not_loaded(context: click.Context, loaded: Loaded) -> None:
    """Report scanners that were named and could not be used."""
    words = words_of(context)
    for one in loaded.not_loaded:
        said = words.gettext(msgid("scanner {name} could not be loaded: {problem}"))
        problem = clean_text(one.problem.splitlines()[-1])
        click.echo(said.format(name=clean_text(one.name), problem=problem), err=True)


def _chosen(workspace: Workspace, unit: str, system: str) -> list[System]:
    with workspace.begin(reading=True) as work:
        if system:
            return [chosen_system(work, system)]
        found = systems_below(work, chosen_unit(work, unit)) if unit else work.systems.all()
        return [one for one in found if one.retired_on is None]


def _names(workspace: Workspace, systems: tuple[str, ...]) -> dict[str, str]:
    with workspace.begin(reading=True) as work:
        found = [work.systems.get(one) for one in systems]
    return {one.id: one.name for one in found if one is not None}
