"""`secops platform`: what shared platforms state, and what the systems on them take over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from secops.cli import platform_showing
from secops.cli.options import by_option, day_option
from secops.cli.output import force as force_option
from secops.cli.output import refuse_there
from secops.cli.passphrase import passphrase, passphrase_option
from secops.cli.selection import chosen_system, person_named
from secops.cli.shared import Command, Group, Labelled, Option, hint_next, words_of, workspace_of
from secops.errors import ExitCode, msgid
from secops.errors.platforms import WrongDutyError
from secops.files.atomic import write_atomically
from secops.model.checklist import Duty
from secops.model.system import System
from secops.operations.check_platforms import check_platforms
from secops.operations.inherit_items import Inheriting, Taken, give_back, inherit_items
from secops.operations.keys import own_key
from secops.operations.make_statement import Signing, Stating, make_statement, operator_of
from secops.operations.statements import find_statement, kept_statements
from secops.wiring.assess import Assessing, assessing, looking, today_of
from secops.wiring.keys import unsealed
from secops.wiring.statements import checking, findings_now, import_file, newest_of

_DUTIES = {one.value: one for one in Duty}


@click.group(cls=Group, help=msgid("Shared platforms: what they state, what tenants take over."))
def command() -> None:
    """Hold its commands."""


@command.command("statement", cls=Command, help=msgid("State what a platform answers for others."))
@click.argument("system")
@day_option("--valid-until", required=True, meaning=msgid("its last day"))
@click.option(
    "--covers",
    multiple=True,
    cls=Option,
    help=msgid("a domain that the platform answers as a whole, such as pe; may be repeated"),
)
@click.option(
    "--duty",
    "duties",
    multiple=True,
    cls=Option,
    help=msgid("ITEM=platform, ITEM=both or ITEM=tenant; may be repeated"),
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    cls=Option,
    help=msgid("sign it into this file, for tenants of other units"),
)
@by_option
@passphrase_option
@force_option
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show it, write nothing"))
@click.pass_context
def statement(context: click.Context, /, system: str, **said: Any) -> None:  # noqa: ANN401  # click's options
    """Make it of the newest frozen assessment."""
    to: Path | None = said["to"]
    if to:
        refuse_there(to, force=said["force"])
    signing = None if to is None or said["dry_run"] else _signing(context, system, said)
    with assessing(workspace_of(context), dry_run=said["dry_run"]) as one:
        stating = Stating(
            system=chosen_system(one.work, system),
            valid_until=said["valid_until"],
            today=today_of(one),
            covers=said["covers"],
            duties=tuple(map(_duty, said["duties"])),
            by=person_named(one.work, said["by"]),
            signing=signing,
        )
        made = make_statement(one.work, one.blobs, one.acting, stating)
        findings = findings_now(one)
    if to and made.file:
        write_atomically(to, made.file)
    platform_showing.show_made(context, made, findings, dry_run=said["dry_run"])
    hint_next(context, "secops platform inherit SYSTEM --from SYSTEM")


def _signing(context: click.Context, system: str, said: dict[str, Any]) -> Signing:
    """Open the key before the database is held: a person may take time to type."""
    workspace = workspace_of(context)
    with workspace.begin(reading=True) as work:
        platform = chosen_system(work, system)
        key = own_key(work, operator_of(work, platform))
    sign = unsealed(workspace, key, passphrase(context, said["passphrase_file"]))
    return Signing(key=key, sign=sign)


def _duty(text: str) -> tuple[str, Duty]:
    item, _, duty = text.rpartition("=")
    if not item or duty not in _DUTIES:
        raise WrongDutyError(found=text)
    return item, _DUTIES[duty]


@command.command("import", cls=Command, help=msgid("Take over a statement that a unit signed."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show it, write nothing"))
@click.pass_context
def import_(context: click.Context, /, file: Path, *, dry_run: bool) -> None:
    """Prove it, keep it, and open findings where it is worse than the one before."""
    with assessing(workspace_of(context), dry_run=dry_run) as one:
        kept = import_file(one, file)
        findings = findings_now(one)
    platform_showing.show_imported(context, kept, findings, dry_run=dry_run)
    hint_next(context, f"secops platform inherit SYSTEM --statement {kept.record.no}")


@command.command("list", cls=Command, help=msgid("List the statements that are kept."))
@click.pass_context
def list_(context: click.Context, /) -> None:
    """Show a line each, with the state of today."""
    with looking(workspace_of(context)) as one:
        kept = tuple(kept_statements(one.work, one.blobs))
        platform_showing.show_list(context, kept, today_of(one))


@command.command("show", cls=Command, help=msgid("Show one statement, item by item."))
@click.argument("statement")
@click.pass_context
def show(context: click.Context, /, statement: str) -> None:
    """Show all that it says."""
    with looking(workspace_of(context)) as one:
        kept = find_statement(one.work, one.blobs, statement)
        platform_showing.show_whole(context, kept, today_of(one))


@command.command("inherit", cls=Command, help=msgid("Take over what a platform states, or back."))
@click.argument("system")
@click.option("--statement", "number", default="", cls=Option, help=msgid("number of a statement"))
@click.option(
    "--from",
    "platform",
    default="",
    cls=Option,
    help=msgid("the newest statement of this platform of the workspace"),
)
@click.option(
    "--item",
    "items",
    multiple=True,
    cls=Option,
    help=msgid("only this item, by id or clause; may be repeated"),
)
@click.option(
    "--duty",
    type=Labelled(Duty),
    cls=Option,
    help=msgid("who answers from now on (default: as the statement has it)"),
)
@click.option(
    "--by", default="", cls=Option, help=msgid("who decides it (default: the person who acts)")
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show it, write nothing"))
@click.pass_context
def inherit(context: click.Context, /, system: str, **said: Any) -> None:  # noqa: ANN401  # click's options
    """Record the duty of each item in the tenant's open assessment."""
    back = said["duty"] == Duty.TENANT.value
    named = bool(said["number"]) + bool(said["platform"])
    if named != (0 if back else 1) or (back and not said["items"]):
        raise click.UsageError(words_of(context).gettext(_HOW))
    with assessing(workspace_of(context), dry_run=said["dry_run"]) as one:
        tenant = chosen_system(one.work, system)
        taken = _back(one, tenant, said) if back else _over(one, tenant, said)
        findings = findings_now(one)
        platform_showing.show_taken(context, taken, findings, dry_run=said["dry_run"])
    hint_next(context, f"secops assess status {tenant.no}")


_HOW = msgid(
    "say --statement NUMBER or --from SYSTEM; or --item ITEM --duty tenant to take it back"
)


def _back(one: Assessing, tenant: System, said: dict[str, Any]) -> Taken:
    giving = (said["items"], person_named(one.work, said["by"]))
    return give_back(one.work, one.blobs, one.acting, tenant, giving)


def _over(one: Assessing, tenant: System, said: dict[str, Any]) -> Taken:
    if said["number"]:
        kept = find_statement(one.work, one.blobs, said["number"])
    else:
        kept = newest_of(one, chosen_system(one.work, said["platform"]))
    inheriting = Inheriting(
        tenant=tenant,
        kept=kept,
        today=today_of(one),
        items=said["items"],
        duty=_DUTIES.get(said["duty"] or ""),
        by=person_named(one.work, said["by"]),
    )
    return inherit_items(one.work, one.blobs, one.acting, inheriting)


@command.command("check", cls=Command, help=msgid("Platforms that are lower, expired or missing."))
@day_option("--as-of", meaning=msgid("as if it were this day; opens no findings"))
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("open no findings"))
@click.pass_context
def check(context: click.Context, /, as_of: date | None, *, dry_run: bool) -> None:
    """Say what is wrong at which tenant, and open findings; exit with 1 where anything is."""
    with assessing(workspace_of(context), dry_run=dry_run or as_of is not None) as one:
        how = checking(one, as_of)
        checked = check_platforms(one.work, one.blobs, one.acting, how)
    if as_of:
        checked = replace(checked, findings=())  # what is not so yet is no finding yet
    platform_showing.show_checked(context, checked, how.day, dry_run=dry_run)
    context.exit(ExitCode.NOT_GOOD if checked.troubles else ExitCode.DONE)
