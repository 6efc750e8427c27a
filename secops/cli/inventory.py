"""`secops inventory check`: coverage, duplicates, contradictions, answering and silent."""

from __future__ import annotations

import click

from secops.cli.inventory_document import document_of
from secops.cli.selection import chosen_unit, units_below
from secops.cli.shared import Command, Group, Option, emit, hint_next, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.words import Words, label
from secops.errors import ExitCode, msgid
from secops.judging.inventory_coverage import Lacking, percent
from secops.model.answer import Measure
from secops.model.ids import SystemId, UnitId
from secops.model.inventory_check import Aspect, Likeness
from secops.operations.check_inventory import InventoryReport, check_inventory
from secops.wiring.collector import collector_at_rest
from secops.wiring.inventory_words import name_words
from secops.wiring.today import today


@click.pass_context
def _check(context: click.Context, /, unit: str | None, *, lists: bool) -> None:
    workspace = workspace_of(context)
    with workspace.begin(reading=True) as work:
        top = chosen_unit(work, unit) if unit else None
        within = frozenset(one.id for one in units_below(work, top)) if top else None
        with collector_at_rest():
            report = check_inventory(work, name_words(), today(workspace), within)
    emit(
        context, "inventory-check", document_of(report), lambda: _say(context, report, lists=lists)
    )
    if any(one.aspect is Aspect.OWNERS for one in report.lacking):
        hint_next(context, "secops system list --lacking owners")
    context.exit(ExitCode.DONE if report.good else ExitCode.NOT_GOOD)


def _share(measure: Measure) -> str:
    whole = percent(measure)
    return "-" if whole is None else f"{measure.n}/{measure.of} {whole}%"


def _say(context: click.Context, report: InventoryReport, *, lists: bool) -> None:
    words = words_of(context)
    heads = [words.gettext(msgid("unit")), words.gettext(msgid("systems"))]
    rows = [
        [
            "\u3000" * one.depth + report.names.units[one.unit].name,
            str(one.systems_below),
            *(_share(one.whole[aspect]) for aspect in Aspect),
        ]
        for one in report.coverage
        if one.systems_below or one.whole[Aspect.POSTS].of
    ]
    show_table([*heads, *(label(one, words) for one in Aspect)], rows)
    if not lists:
        return
    _say_lacking(report, words)
    _say_duplicates(report, words)
    _say_groups(report, words)
    _say_clashes(report, words)
    _say_presence(report, words)


def _title(words: Words, said: str, count: int) -> None:
    click.echo()
    click.echo(f"{words.gettext(said)} ({count})")


def _name_of(one: Lacking, report: InventoryReport) -> str:
    if one.system is None:
        return report.names.units[one.unit].name
    number, name = report.names.systems[one.system]
    return f"{name} ({number})"


def _say_lacking(report: InventoryReport, words: Words) -> None:
    if not report.lacking:
        return
    _title(words, msgid("What lacks"), len(report.lacking))
    heads = [words.gettext(one) for one in (msgid("unit"), msgid("system"), msgid("lacks"))]
    rows: dict[tuple[str, str], list[str]] = {}
    for one in report.lacking:
        key = report.names.units[one.unit].name, "" if one.system is None else _name_of(one, report)
        rows.setdefault(key, []).extend(label(lack, words) for lack in one.lacks)
    show_table(heads, [[*key, ", ".join(lacks)] for key, lacks in sorted(rows.items())])


def _say_groups(report: InventoryReport, words: Words) -> None:
    groups = report.duplicates.groups
    if not groups:
        return
    _title(words, msgid("Many systems that share one thing; any two may be one"), len(groups))
    systems = report.names.systems
    rows = [
        [
            _ground(one.ground, one.same, words),
            ", ".join(f"{systems[id][1]} ({systems[id][0]})" for id in one.systems),
        ]
        for one in groups
    ]
    show_table([words.gettext(one) for one in (msgid("why"), msgid("systems"))], rows)


def _say_duplicates(report: InventoryReport, words: Words) -> None:
    pairs = report.duplicates.pairs
    if not pairs:
        return
    _title(words, msgid("Perhaps the same system twice; nothing was merged"), len(pairs))
    heads = (msgid("score"), msgid("system"), msgid("system"), msgid("why"))
    systems = report.names.systems
    rows = [
        [
            str(one.score),
            f"{systems[one.first][1]} ({systems[one.first][0]})",
            f"{systems[one.second][1]} ({systems[one.second][0]})",
            ", ".join(_ground(ground, what, words) for ground, what in one.grounds),
        ]
        for one in pairs
    ]
    show_table([words.gettext(one) for one in heads], rows)


def _ground(ground: Likeness, what: str, words: Words) -> str:
    return f"{label(ground, words)} {what}".strip()


def _say_clashes(report: InventoryReport, words: Words) -> None:
    clashes = report.contradictions
    if not clashes:
        return
    _title(words, msgid("Contradictions"), len(clashes))
    heads = (msgid("entry"), msgid("what cannot be"), msgid("stated"))
    rows = [[_record(report, one.id), label(one.clash, words), one.detail] for one in clashes]
    show_table([words.gettext(one) for one in heads], rows)


def _record(report: InventoryReport, id: str) -> str:
    names = report.names
    if SystemId(id) in names.systems:
        number, name = names.systems[SystemId(id)]
        return f"{name} ({number})"
    unit = names.units.get(UnitId(id))
    return unit.name if unit else names.records.get(id, id)


def _say_presence(report: InventoryReport, words: Words) -> None:
    presence = report.presence
    if not presence.scan:
        click.echo()
        click.echo(words.gettext(msgid("nothing was scanned yet: who answers is not known")))
        return
    if presence.unlisted:
        _title(words, msgid("Answering, but on no system's list"), len(presence.unlisted))
        heads = [words.gettext(one) for one in (msgid("place"), msgid("service"))]
        show_table(heads, [[f"{one.host}:{one.port}", one.service] for one in presence.unlisted])
    if presence.silent:
        _title(words, msgid("Listed, but silent in the newest scan"), len(presence.silent))
        rows = []
        for id in presence.silent:
            endpoint = report.names.endpoints[id]
            systems = ", ".join(
                report.names.systems[one][1]
                for one in endpoint.systems
                if one in report.names.systems
            )
            port = f":{endpoint.port}" if endpoint.port else ""
            rows.append([f"{endpoint.value}{port}", systems])
        show_table([], rows)


command = Group("inventory", help=msgid("The list of systems as a whole."))
command.add_command(
    Command(
        "check",
        callback=_check,
        params=[
            Option(["--unit"], help=msgid("only of this unit and those below it")),
            Option(
                ["--lists/--no-lists"],
                default=True,
                help=msgid("name what lacks, is doubtful or contradicts, not only the counts"),
            ),
        ],
        help=msgid("Coverage, duplicates, contradictions; after a scan also unlisted and silent."),
    )
)
