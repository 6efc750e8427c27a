"""`secops permit`: who allowed which ranges to be scanned, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import click

from secops.cli.shared import (
    Command,
    Group,
    Moment,
    Option,
    emit,
    hint_next,
    words_of,
    workspace_of,
)
from secops.cli.table import show_table
from secops.cli.times import civil, civil_end
from secops.contracts.words import Words
from secops.errors import msgid
from secops.errors.scanning import PermitNeverOpenError
from secops.files.whole_file import content_of
from secops.model.permit import Permit
from secops.operations.permits import Letter, PermitRequest, add_permit, withdraw_permit
from secops.wiring.today import SHANGHAI

_MOST_LETTER: Final = 100 * 1024 * 1024
_MOMENTS: Final = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
_COLUMNS: Final = (
    msgid("no."),
    msgid("state"),
    msgid("allowed by"),
    msgid("ranges"),
    msgid("names"),
    msgid("ports"),
    msgid("from"),
    msgid("until"),
    msgid("letter"),
)


@click.group(cls=Group, help=msgid("Who allowed which ranges to be scanned, until when."))
def command() -> None:
    """Hold the three commands."""


@command.command("add", cls=Command, help=msgid("Record a permit: without one nothing is scanned."))
@click.option("--by", required=True, cls=Option, help=msgid("who allowed it"))
@click.option("--post", required=True, cls=Option, help=msgid("in which post"))
@click.option("--letter", default="", cls=Option, help=msgid("number of the letter"))
@click.option(
    "--letter-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    cls=Option,
    help=msgid("the signed letter; kept as evidence"),
)
@click.option(
    "--range",
    "ranges",
    multiple=True,
    required=True,
    cls=Option,
    help=msgid("an address or range such as 10.1.0.0/16; may be repeated"),
)
@click.option(
    "--name",
    "names",
    multiple=True,
    cls=Option,
    help=msgid("only these host names (*.school.example: all below); default: any in the ranges"),
)
@click.option("--ports", default="1-65535", cls=Option, help=msgid("ports, such as 1-1024,8080"))
@click.option("--exclude", multiple=True, cls=Option, help=msgid("a range that is left out"))
@click.option(
    "--from", "opens", type=Moment(_MOMENTS), cls=Option, help=msgid("start (default: now)")
)
@click.option(
    "--until",
    type=Moment(_MOMENTS),
    required=True,
    cls=Option,
    help=msgid("end; a day is included"),
)
@click.option(
    "--effect-weighed",
    required=True,
    cls=Option,
    help=msgid("what was weighed about the effect on the running systems, and by whom"),
)
@click.option("--wide", is_flag=True, cls=Option, help=msgid("allow more than 65536 addresses"))
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show it, write nothing"))
@click.pass_context
def add(context: click.Context, /, **said: Any) -> None:  # noqa: ANN401  # click's own types
    """Record it, or show what would be recorded."""
    workspace = workspace_of(context)
    file: Path | None = said["letter_file"]
    opens, closes = _span(said["opens"], said["until"], workspace.now())
    request = PermitRequest(
        allowed_by=said["by"],
        post=said["post"],
        letter=Letter(
            number=said["letter"],
            content=content_of(file, _MOST_LETTER) if file else b"",
            name=file.name if file else "",
        ),
        ranges=said["ranges"],
        names=said["names"],
        ports=said["ports"],
        excluded=said["exclude"],
        opens_at=opens,
        closes_at=closes,
        effect_weighed=said["effect_weighed"],
        wide=said["wide"],
    )
    with workspace.begin() as work:
        permit = add_permit(
            work, workspace.blobs, workspace.acting, request, dry_run=said["dry_run"]
        )
    _show(context, [permit], workspace.now(), dry_run=said["dry_run"])
    hint_next(context, "secops scan --dry-run")


@command.command("list", cls=Command, help=msgid("List the permits."))
@click.pass_context
def list_(context: click.Context, /) -> None:
    """Show all, with their state now."""
    workspace = workspace_of(context)
    with workspace.begin(reading=True) as work:
        permits = tuple(work.permits.all())
    _show(context, permits, workspace.now())


@command.command("withdraw", cls=Command, help=msgid("Take a permit back; scans under it stop."))
@click.argument("number", type=int)
@click.option("--reason", required=True, cls=Option, help=msgid("why"))
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show it, write nothing"))
@click.pass_context
def withdraw(context: click.Context, /, number: int, reason: str, *, dry_run: bool) -> None:
    """Take it back, now."""
    workspace = workspace_of(context)
    with workspace.begin() as work:
        permit = withdraw_permit(work, workspace.acting, number, reason, dry_run=dry_run)
    _show(context, [permit], workspace.now(), dry_run=dry_run)


def _span(opens: datetime | None, until: datetime, now: datetime) -> tuple[datetime, datetime]:
    """Give beginning and end; raises PermitNeverOpenError."""
    start, end = _start(opens) if opens else now, _end(until)
    if end <= max(start, now):
        raise PermitNeverOpenError(until=civil_end(end), start=civil(start), now=civil(now))
    return start, end


def _start(moment: datetime) -> datetime:
    return moment.replace(tzinfo=SHANGHAI).astimezone(UTC)


def _end(moment: datetime) -> datetime:
    """Read a bare day as the whole of it."""
    whole_day = moment.time() == time()
    return _start(moment + timedelta(days=1) if whole_day else moment)


def _show(
    context: click.Context, permits: Sequence[Permit], now: datetime, *, dry_run: bool = False
) -> None:
    words = words_of(context)
    document = {"permits": [_document(one, now) for one in permits], "dry_run": dry_run}
    rows = [_row(one, now, words) for one in permits]
    heads = [words.gettext(one) for one in _COLUMNS]

    def text() -> None:
        show_table(heads, rows, blocks=True)
        if dry_run:
            click.echo(words.gettext(msgid("dry run: nothing was written")))

    emit(context, "permits", document, text)


def _state(permit: Permit, now: datetime) -> str:
    if permit.withdrawn_at is not None and permit.withdrawn_at <= now:
        return msgid("withdrawn")
    if permit.open_at(now):
        return msgid("in force")
    return msgid("ended") if permit.closes_at <= now else msgid("not yet open")


def _ports(permit: Permit) -> str:
    return ",".join(
        str(first) if first == last else f"{first}-{last}" for first, last in permit.ports
    )


def _ranges(permit: Permit) -> list[str]:
    return [*map(str, permit.ranges), *(f"!{one}" for one in permit.excluded)]


def _row(permit: Permit, now: datetime, words: Words) -> list[str]:
    return [
        str(permit.no),
        words.gettext(_state(permit, now)),
        f"{permit.allowed_by} {permit.post}",
        " ".join(_ranges(permit)),
        " ".join(permit.names) or "*",
        _ports(permit),
        civil(permit.opens_at),
        civil_end(permit.closes_at),
        permit.letter_number,
    ]


def _document(permit: Permit, now: datetime) -> dict[str, object]:
    return {
        "no": permit.no,
        "id": permit.id,
        "state": _state(permit, now),
        "allowed_by": permit.allowed_by,
        "post": permit.post,
        "letter_number": permit.letter_number,
        "letter": permit.letter,
        "effect_weighed": permit.effect_weighed,
        "ranges": [str(one) for one in permit.ranges],
        "excluded": [str(one) for one in permit.excluded],
        "names": list(permit.names),
        "ports": _ports(permit),
        "opens_at": permit.opens_at.isoformat(),
        "closes_at": permit.closes_at.isoformat(),
        "withdrawn_at": permit.withdrawn_at.isoformat() if permit.withdrawn_at else None,
    }
