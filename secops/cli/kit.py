"""`secops kit make` and `merge`: a workbook for each unit, and one table of who has answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from secops.cli import kit_showing as showing
from secops.cli.merging import UNCONFLICTED, prefer_option, preference, take_option
from secops.cli.options import day_option
from secops.cli.output import force as force_option
from secops.cli.output import refuse_there
from secops.cli.selection import chosen_checklist, chosen_person, chosen_unit, units_below
from secops.cli.shared import (
    Command,
    Group,
    Option,
    emit,
    hint_next,
    words_of,
    workspace_of,
)
from secops.contracts.store import UnitOfWork
from secops.errors import ExitCode, SecopsError, msgid
from secops.errors.kits import NoUnitChosenError
from secops.files.atomic import write_atomically
from secops.files.plain_table import FORMATS, table_bytes
from secops.guards.file_names import in_files
from secops.model.unit import Unit, UnitKind
from secops.operations.kit_plan import KitTable
from secops.operations.make_kit import KitMaking
from secops.wiring.assess import Assessing, assessing, today_of
from secops.wiring.kits import (
    Kit,
    KitFiles,
    kept_kit,
    kit_files,
    merge_kit_files,
    telling,
    write_kit,
)
from secops.wiring.today import SHANGHAI


@click.group(cls=Group, help=msgid("One workbook a unit fills in without installing anything."))
def command() -> None:
    """Group what is done with kits."""


@command.command("make", cls=Command, help=msgid("Write a workbook for each unit."))
@click.argument("units", nargs=-1)
@click.option("--all", "every", is_flag=True, cls=Option, help=msgid("every legal body in use"))
@click.option("--below", default="", cls=Option, help=msgid("the legal bodies below this unit"))
@click.option("--checklist", default="", cls=Option, help=msgid("which self-check of units"))
@click.option(
    "--cycle", default="", cls=Option, help=msgid("what the round is called, such as 2026")
)
@day_option("--due", meaning=msgid("the day to send it back by"))
@click.option("--ask", default="", cls=Option, help=msgid("whom to ask (default: who acts)"))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("kits"),
    cls=Option,
    help=msgid("the folder to write into"),
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("count only, write nothing"))
@force_option
@click.pass_context
def make(context: click.Context, /, units: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401  # click's options
    """Begin the self-check of each unit where none is open, and write its workbook."""
    words, dry_run, folder = words_of(context), said["dry_run"], said["folder"]
    made: list[Kit] = []
    left: list[tuple[Unit, SecopsError]] = []
    with assessing(workspace_of(context), dry_run=dry_run) as one:
        chosen = list(_chosen(one.work, units, said))
        if not chosen:
            raise NoUnitChosenError
        making = _making(one, chosen[0], said)
        told = telling(words)
        for unit in chosen:
            path = folder / f"{unit.no}-{in_files(unit.name)}.xlsx"
            refuse_there(path, force=said["force"] or dry_run)
            try:
                made.append(kept_kit(one, making, (unit, path), told))
            except SecopsError as error:
                left.append((unit, error))
    if not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
        for kit in made:
            write_kit(kit, words)
    emit(
        context,
        "kit-make",
        showing.make_document(made, left, words) | {"written": not dry_run},
        lambda: showing.show_made(made, left, words, dry_run=dry_run),
    )
    if left:
        context.exit(ExitCode.INCOMPLETE)
    hint_next(context, "secops kit merge FILE")


def _chosen(work: UnitOfWork, units: Sequence[str], said: dict[str, Any]) -> Iterator[Unit]:
    """Give the units that are named, and the legal bodies in use that are chosen; each once."""
    found = [chosen_unit(work, text) for text in units]
    if said["every"]:
        found += [one for one in work.units.all() if _is_asked(one)]
    if said["below"]:
        top = chosen_unit(work, said["below"])
        found += [one for one in units_below(work, top) if one != top and _is_asked(one)]
    yield from sorted({one.id: one for one in found}.values(), key=lambda one: one.no)


def _is_asked(unit: Unit) -> bool:
    return unit.kind is UnitKind.LEGAL and unit.retired_on is None


def _making(one: Assessing, unit: Unit, said: dict[str, Any]) -> KitMaking:
    asked, person = said["ask"], one.acting.actor.person
    if not asked and person:
        asked = chosen_person(one.work, person).name
    day = today_of(one)
    return KitMaking(
        checklist=chosen_checklist(one, unit, said["checklist"]),
        cycle=said["cycle"] or str(day.year),
        day=day,
        zone=SHANGHAI,
        due=said["due"],
        back_to=asked,
    )


@command.command("merge", cls=Command, help=msgid("Take over workbooks that came back."))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--unit", "units", multiple=True, cls=Option, help=msgid("only kits of this unit"))
@take_option(msgid("of each unit all or nothing, or what is neither wrong nor in conflict"))
@prefer_option
@click.option(
    "--to",
    "table",
    type=click.Path(path_type=Path, dir_okay=False),
    cls=Option,
    help=msgid("write the table into this file, .xlsx or .csv"),
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show the preview, write nothing"))
@force_option
@click.pass_context
def merge(context: click.Context, /, files: tuple[Path, ...], **said: Any) -> None:  # noqa: ANN401  # click's options
    """Merge any number of workbooks, each unit for itself; the same ones again change nothing."""
    words, workspace, table = words_of(context), workspace_of(context), said["table"]
    if table:
        if table.suffix not in FORMATS:
            raise click.UsageError(words.gettext(msgid("the table is written as .xlsx or .csv")))
        refuse_there(table, force=said["force"])
    paths = kit_files(files)
    with workspace.begin(reading=True) as work:
        units = frozenset(chosen_unit(work, text).id for text in said["units"])
    found = KitFiles(
        paths=paths,
        prefer=preference(said["prefer"], paths, words),
        units=units,
        unconflicted=said["take"] == UNCONFLICTED,
        dry_run=said["dry_run"],
    )
    merged = merge_kit_files(workspace, found, words)
    if table and not found.dry_run:
        write_atomically(table, table_bytes(table.suffix, *showing.table_of(merged, words)))
    spelled_out = context.find_root().params.get("json")  # many thousand answers, for nobody
    document = showing.merge_document(merged, words) if spelled_out else {}
    emit(
        context,
        "kit-merge",
        {**document, "dry_run": found.dry_run},
        lambda: showing.show_merged(merged, words, dry_run=found.dry_run),
    )
    if merged.failed:
        context.exit(_failed(merged))


def _failed(merged: KitTable) -> ExitCode:
    """Say whether some went through, or all files are wrong."""
    good = any(one.taken or not one.failed for one in merged.returned)
    return ExitCode.INCOMPLETE if good else ExitCode.INPUT
