"""`secops finding`: what is wrong, once, however often it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from secops.cli.selection import chosen_system
from secops.cli.shared import Command, Group, Option, emit, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.store import UnitOfWork
from secops.contracts.words import label
from secops.errors import UnknownNameError, msgid
from secops.model.answer import OfUnit
from secops.model.judgement import Finding, Risk
from secops.wiring.today import SHANGHAI

_COLUMNS = (
    msgid("no."),
    msgid("risk"),
    msgid("about"),
    msgid("item"),
    msgid("what was seen"),
    msgid("first seen"),
    msgid("last seen"),
)


@click.group(cls=Group, help=msgid("What is wrong, once, however often it is seen."))
def command() -> None:
    """Hold the two commands."""


@command.command("list", cls=Command, help=msgid("List the findings, the worst first."))
@click.option("--system", default="", cls=Option, help=msgid("only this system"))
@click.option(
    "--risk",
    type=click.Choice([one.value for one in Risk]),
    cls=Option,
    help=msgid("only this bad or worse"),
)
@click.pass_context
def list_(context: click.Context, /, system: str, risk: str | None) -> None:
    """Show them in one table."""
    with workspace_of(context).begin(reading=True) as work:
        found = work.findings.all()
        if system:
            found = work.findings.of_system(chosen_system(work, system).id)
        ranks = list(Risk)
        findings = sorted(
            (one for one in found if risk is None or one.risk.reaches(Risk(risk))),
            key=lambda one: (ranks.index(one.risk), one.no),
        )
        _show(context, findings, _about(work, findings))


@command.command("show", cls=Command, help=msgid("Show one, with its evidence and its measure."))
@click.argument("number", type=int)
@click.pass_context
def show(context: click.Context, /, number: int) -> None:
    """Show all of it."""
    words = words_of(context)
    with workspace_of(context).begin(reading=True) as work:
        found = [one for one in work.findings.all() if one.no == number]
        if not found:
            raise UnknownNameError(kind=msgid("finding"), name=str(number), near="-")
        about = _about(work, found)
    one = found[0]
    lines = (
        (msgid("risk"), label(one.risk, words)),
        (msgid("about"), about[one.id]),
        (msgid("item"), str(one.item or "")),
        (msgid("what was seen"), one.statement),
        (msgid("measure"), one.measure),
        (msgid("evidence"), one.evidence or ""),
        (msgid("first seen"), _moment(one.first_seen)),
        (msgid("last seen"), _moment(one.last_seen)),
    )

    def text() -> None:
        for name, value in lines:
            click.echo(f"{words.gettext(name)}\t{value}")

    emit(context, "findings", {"findings": [_document(one, about[one.id])]}, text)


def _about(work: UnitOfWork, findings: Sequence[Finding]) -> dict[str, str]:
    names: dict[str, str] = {}
    for one in findings:
        if isinstance(one.subject, OfUnit):
            unit = work.units.get(one.subject.unit)
            names[one.id] = unit.name if unit else one.subject.unit
        else:
            system = work.systems.get(one.subject.system)
            names[one.id] = system.name if system else one.subject.system
    return names


def _show(context: click.Context, findings: Sequence[Finding], about: dict[str, str]) -> None:
    words = words_of(context)
    rows = [
        [
            str(one.no),
            label(one.risk, words),
            about[one.id],
            str(one.item or ""),
            one.statement,
            _moment(one.first_seen),
            _moment(one.last_seen),
        ]
        for one in findings
    ]
    document = {"findings": [_document(one, about[one.id]) for one in findings]}
    heads = [words.gettext(one) for one in _COLUMNS]
    emit(context, "findings", document, lambda: show_table(heads, rows))


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _document(one: Finding, about: str) -> dict[str, object]:
    return {
        "no": one.no,
        "id": one.id,
        "risk": one.risk.value,
        "about": about,
        "item": str(one.item) if one.item else None,
        "statement": one.statement,
        "measure": one.measure,
        "evidence": one.evidence,
        "source": one.source.kind.value,
        "first_seen": one.first_seen.isoformat(),
        "last_seen": one.last_seen.isoformat(),
    }
