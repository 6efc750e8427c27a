"""`secops agency`: what an assessment agency printed, entered and shown as it was entered."""

from __future__ import annotations

from datetime import date

import click

from secops.cli.options import day_option, dry_run_option
from secops.cli.selection import chosen_system
from secops.cli.shared import Command, Group, Option, emit, words_of, workspace_of
from secops.cli.table import show_table
from secops.errors import msgid
from secops.model.assessment import AgencyReport
from secops.operations.add_agency_report import Printed, add_agency_report
from secops.wiring.assess import assessing, evidence_named, looking


@click.group(cls=Group, help=msgid("Reports of assessment agencies, as printed."))
def command() -> None:
    """Only holds its commands together."""


def _document(report: AgencyReport) -> dict[str, object]:
    return {
        "no": report.no,
        "system": report.system,
        "agency": report.agency,
        "report_number": report.report_number,
        "cover_date": report.cover_date.isoformat(),
        "edition": report.edition,
        "conclusion": report.conclusion,
        "score": report.score,
        "evidence": report.evidence,
    }


@command.command("add", cls=Command, help=msgid("Enter what a report prints; nothing is computed."))
@click.argument("system")
@click.option("--agency", required=True, cls=Option, help=msgid("the agency's name"))
@click.option("--number", required=True, cls=Option, help=msgid("the report's number"))
@day_option("--date", "cover_date", required=True, meaning=msgid("the date on the cover"))
@click.option("--edition", required=True, cls=Option, help=msgid("the template, such as 2021"))
@click.option("--conclusion", required=True, cls=Option, help=msgid("the conclusion, as printed"))
@click.option("--score", default="", cls=Option, help=msgid("the number, as printed"))
@click.option("--file", "scan", default="", cls=Option, help=msgid("the paper: a file or a digest"))
@dry_run_option
@click.pass_context
def add(context: click.Context, /, system: str, cover_date: date, **said: str) -> None:
    """Enter one."""
    dry_run = bool(said["dry_run"])
    with assessing(workspace_of(context), dry_run=dry_run) as one:
        found = chosen_system(one.work, system)
        paper = said["scan"]
        printed = Printed(
            agency=said["agency"],
            report_number=said["number"],
            cover_date=cover_date,
            edition=said["edition"],
            conclusion=said["conclusion"],
            score=said["score"],
            evidence=evidence_named(one, paper, f"system {found.id}") if paper else None,
        )
        report = add_agency_report(one.work, one.acting, found, printed)
    line = msgid("report {number} of {system} entered as printed: {conclusion} {score}")
    if dry_run:
        line = msgid("report {number} of {system} would be entered: {conclusion} {score}")
    shown = (
        words_of(context)
        .gettext(line)
        .format(
            number=report.report_number,
            system=found.name,
            conclusion=report.conclusion,
            score=report.score,
        )
    )
    emit(
        context,
        "agency-add",
        {**_document(report), "dry_run": dry_run},
        lambda: click.echo(shown.rstrip()),
    )


@command.command("list", cls=Command, help=msgid("What was entered, as it was entered."))
@click.argument("system", required=False)
@click.pass_context
def list_(context: click.Context, /, system: str | None) -> None:
    """List the reports, of one system or of all."""
    with looking(workspace_of(context)) as one:
        wanted = chosen_system(one.work, system).id if system else ""
        reports = [r for r in one.work.agency_reports.all() if wanted in ("", r.system)]
        names = {r.system: found.name for r in reports if (found := one.work.systems.get(r.system))}
    words = words_of(context)
    heads = [
        msgid("no"),
        msgid("system"),
        msgid("agency"),
        msgid("number"),
        msgid("date"),
        msgid("edition"),
        msgid("conclusion"),
        msgid("score"),
    ]
    rows = [
        [
            str(r.no),
            names.get(r.system, r.system),
            r.agency,
            r.report_number,
            r.cover_date.isoformat(),
            r.edition,
            r.conclusion,
            r.score,
        ]
        for r in reports
    ]
    emit(
        context,
        "agency-list",
        {"reports": [_document(r) for r in reports]},
        lambda: show_table([words.gettext(head) for head in heads], rows),
    )
