"""`secops finding`: what is wrong, once, however often it is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from secops.cli.clauses import Clauses
from secops.cli.selection import chosen_system
from secops.cli.shared import (
    Command,
    Group,
    Labelled,
    Option,
    emit,
    says_more,
    words_of,
    workspace_of,
)
from secops.cli.table import show_block, show_table
from secops.cli.times import civil
from secops.contracts.store import UnitOfWork
from secops.contracts.words import label
from secops.errors import UnknownNameError, msgid
from secops.model.answer import OfSystem, OfUnit
from secops.model.judgement import Finding, Risk
from secops.operations.standing_findings import standing_findings
from secops.wiring.tables import load_tables

_COLUMNS = (
    msgid("no."),
    msgid("risk"),
    msgid("about"),
    msgid("clause"),
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
    type=Labelled(Risk),
    cls=Option,
    help=msgid("only this bad or worse"),
)
@click.pass_context
def list_(context: click.Context, /, system: str, risk: str | None) -> None:
    """Show them in one table."""
    with workspace_of(context).begin(reading=True) as work:
        found = work.findings.all()
        if system:
            found = work.findings.of(OfSystem(chosen_system(work, system).id))
        ranks = list(Risk)
        findings = sorted(
            (
                one
                for one in standing_findings(work, found)
                if risk is None or one.risk.reaches(Risk(risk))
            ),
            key=lambda one: (ranks.index(one.risk), one.no),
        )
        _show(context, findings, _about(work, findings), _clauses(context, work, findings))


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
        about, clauses = _about(work, found), _clauses(context, work, found)
    one = found[0]
    lines = (
        (msgid("no."), str(one.no)),
        (msgid("risk"), label(one.risk, words)),
        (msgid("about"), about[one.id]),
        (msgid("clause"), clauses[one.id]),
        (msgid("what was seen"), one.statement),
        (msgid("measure"), one.measure),
        (msgid("evidence"), one.evidence or ""),
        (msgid("first seen"), civil(one.first_seen)),
        (msgid("last seen"), civil(one.last_seen)),
    )

    said = [(words.gettext(name), value) for name, value in lines]
    document = {"findings": [_document(one, about[one.id])]}
    emit(context, "findings", document, lambda: show_block(said))


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


def _clauses(
    context: click.Context, work: UnitOfWork, findings: Sequence[Finding]
) -> dict[str, str]:
    """Say the item of each by clause; with -v its id too."""
    clauses, ids = Clauses(work, load_tables()), says_more(context)
    return {
        one.id: clauses.said(one.item, one.subject) + (f" [{one.item}]" if ids and one.item else "")
        for one in findings
    }


def _show(
    context: click.Context,
    findings: Sequence[Finding],
    about: Mapping[str, str],
    clauses: Mapping[str, str],
) -> None:
    words = words_of(context)
    rows = [
        [
            str(one.no),
            label(one.risk, words),
            about[one.id],
            clauses[one.id],
            one.statement,
            civil(one.first_seen),
            civil(one.last_seen),
        ]
        for one in findings
    ]
    document = {"findings": [_document(one, about[one.id]) for one in findings]}
    heads = [words.gettext(one) for one in _COLUMNS]
    spare = heads[-2:]  # when it was seen gives way to what was seen
    emit(context, "findings", document, lambda: show_table(heads, rows, spare=spare))


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
