"""`secops system`: the systems, websites, platforms and apps of the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import click

from secops.cli.records import Shape, page_options, record_group, say_more
from secops.cli.selection import chosen_unit, units_below
from secops.cli.shared import Command, Labelled, Option, emit, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.store import UnitOfWork
from secops.contracts.words import Words, label
from secops.errors import msgid
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.inventory_check import Aspect
from secops.model.system import LifecycleStage, System, SystemKind
from secops.operations.check_inventory import reach_of
from secops.operations.list_systems import Wanted, list_systems
from secops.wiring.today import today

_PERSON: Final = msgid("PERSON:POST that answers for it; the unit is the person's")
SHAPE: Final = Shape(
    kind="system",
    said=msgid("Systems: list, show, add, edit, retire."),
    options={
        "name": ("name", msgid("full name")),
        "unit": ("ownership.operating_unit", msgid("the unit that operates it")),
        "kind": ("kind", msgid("information system, website, platform, …")),
        "stage": ("stage", msgid("planning, building, running or stopped")),
        "s": ("grading.business_information", msgid("level of its business information")),
        "a": ("grading.system_service", msgid("level of its service")),
        "domain": ("business.domain_names", msgid("domain names, between commas")),
    },
    roles={
        "supervises": ("ownership.supervises", _PERSON),
        "maintains": ("ownership.maintains", _PERSON),
        "uses": ("ownership.uses", _PERSON),
    },
    columns=("name",),
    defaults={"kind": "information_system", "stage": "running"},
)


def _filters() -> list[click.Parameter]:
    return [
        Option(["--unit"], help=msgid("only of this unit and those below it")),
        Option(["--level"], type=click.IntRange(1, 5), help=msgid("only of this level")),
        Option(["--kind"], type=Labelled(SystemKind), metavar="KIND", help=msgid("only these")),
        Option(
            ["--stage"],
            type=Labelled(LifecycleStage),
            help=msgid("only these"),
        ),
        Option(
            ["--lacking"],
            type=click.Choice([one.value for one in Aspect if one is not Aspect.POSTS]),
            help=msgid("only those that lack it"),
        ),
        Option(["--retired"], is_flag=True, help=msgid("those too that are over")),
        *page_options(),
    ]


@click.pass_context
def _listed(context: click.Context, /, **said: Any) -> None:  # noqa: ANN401  # one per option
    workspace, words = workspace_of(context), words_of(context)
    with workspace.begin(reading=True) as work:
        page = list_systems(
            work,
            _wanted(work, said),
            lambda: reach_of(work, today(workspace)),
            after=said["after"],
            most=said["limit"],
        )
        units = _unit_names(work, page.systems)
    heads = (
        msgid("no"),
        msgid("name"),
        msgid("unit"),
        msgid("kind"),
        msgid("stage"),
        msgid("level"),
        msgid("filing"),
        msgid("owners"),
    )
    rows = [_row(one, units, words) for one in page.systems]
    document = {
        "systems": [_document(one, units) for one in page.systems],
        "next_after": page.next_after,
    }
    emit(
        context,
        "system-list",
        document,
        lambda: show_table(
            [words.gettext(h) for h in heads], rows, spare=[words.gettext(heads[3])]
        ),
    )
    say_more(context, page.next_after)


def _wanted(work: UnitOfWork, said: Mapping[str, Any]) -> Wanted:
    top = chosen_unit(work, said["unit"]) if said["unit"] else None
    return Wanted(
        units=frozenset(one.id for one in units_below(work, top)) if top else None,
        level=SecurityLevel(said["level"]) if said["level"] else None,
        kind=SystemKind(said["kind"]) if said["kind"] else None,
        stage=LifecycleStage(said["stage"]) if said["stage"] else None,
        lacking=Aspect(said["lacking"]) if said["lacking"] else None,
        retired=said["retired"],
    )


def _unit_names(work: UnitOfWork, systems: tuple[System, ...]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for one in systems:
        id = one.ownership.operating_unit
        if id not in found:
            unit = work.units.get(id)
            found[id] = (unit.no, unit.name) if unit else (0, "")
    return found


def _owners(system: System) -> tuple[bool, bool, bool]:
    own = system.ownership
    return own.supervises.complete, own.maintains.complete, own.uses.complete


def _row(system: System, units: Mapping[str, tuple[int, str]], words: Words) -> list[str]:
    level = system.grading.level
    none = words.gettext(msgid("not graded"))
    return [
        str(system.no),
        system.name,
        units[system.ownership.operating_unit][1],
        label(system.kind, words),
        label(system.stage, words),
        "-" if isinstance(level, NotApplicable) else (str(int(level)) if level else none),
        label(system.filing.state, words),
        f"{sum(_owners(system))}/3",
    ]


def _document(system: System, units: Mapping[str, tuple[int, str]]) -> dict[str, object]:
    level, (number, unit) = system.grading.level, units[system.ownership.operating_unit]
    supervises, maintains, uses = _owners(system)
    filed = system.filing
    return {
        "no": system.no,
        "id": system.id,
        "name": system.name,
        "unit": {"no": number, "name": unit},
        "kind": system.kind.value,
        "stage": system.stage.value,
        "level": int(level) if isinstance(level, SecurityLevel) else None,
        "not_graded_because": level.reason if isinstance(level, NotApplicable) else "",
        "filing": {
            "state": filed.state.value,
            "level": int(filed.level) if filed.level else None,
            "number": filed.number,
        },
        "owners_complete": {"supervises": supervises, "maintains": maintains, "uses": uses},
        "retired_on": system.retired_on.isoformat() if system.retired_on else None,
    }


command = record_group(
    SHAPE,
    listing=Command(
        "list", callback=_listed, params=_filters(), help=msgid("List them, a page at a time.")
    ),
)
