"""`secops discover`: what answers in the permitted ranges, and whether anybody listed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import click

from secops.cli.scan import say_not_loaded
from secops.cli.scan_progress import Teller
from secops.cli.scan_report import (
    exit_code,
    plan_document,
    ran_document,
    show_failed,
    show_left_out,
    show_plan,
)
from secops.cli.shared import Command, Option, emit, hint_next, says_more, words_of, workspace_of
from secops.cli.table import show_table
from secops.contracts.words import Words
from secops.errors import msgid
from secops.files.lock import exclusive
from secops.guards.text import clean_text
from secops.wiring import scan as wiring
from secops.wiring.scan import Host


@click.command(cls=Command, help=msgid("Look over permitted ranges and names for what answers."))
@click.argument("places", nargs=-1)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=16,
    cls=Option,
    help=msgid("how many batches are worked on at once"),
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show the plan, touch nothing"))
@click.pass_context
def command(
    context: click.Context, /, places: tuple[str, ...], jobs: int, *, dry_run: bool
) -> None:
    """Plan, run, list what answers and stands nowhere."""
    workspace, words = workspace_of(context), words_of(context)
    loaded = wiring.scanners_of(workspace)
    say_not_loaded(context, loaded)
    planned = wiring.plan_discover(workspace, places, wiring.DISCOVERY)
    if dry_run:
        document = {**plan_document(planned), "dry_run": True}
        emit(context, "discover", document, lambda: show_plan(planned, words))
        return
    context.with_resource(exclusive(workspace.path, now=workspace.now()))
    show_left_out(planned, words)
    wiring.store_plan(workspace, planned, loaded)
    teller = Teller(words, quiet=bool(context.find_root().params.get("quiet")))
    try:
        scanned = wiring.run(workspace, planned, loaded, wiring.Manner(tell=teller, jobs=jobs))
    finally:
        teller.end()
    hosts = wiring.answering(workspace, planned)
    heard = wiring.without_silence(scanned.ran)
    code = exit_code(planned, heard)
    document = {
        **plan_document(planned),
        "dry_run": False,
        "answering": [_document(one) for one in hosts],
        **ran_document(scanned.ran),
        "exit_code": int(code),
    }

    def text() -> None:
        _show(hosts, len(loaded.ports), words)
        show_failed(heard, words, "discover", every=says_more(context))

    emit(context, "discover", document, text)
    hint_next(context, "secops inventory check")
    context.exit(code)


def _document(host: Host) -> dict[str, object]:
    return {"host": host.host, "listed": host.listed, "ports": dict(_ports(host))}


def _ports(host: Host) -> Iterable[tuple[str, str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for port, service in host.services:
        found[str(port)].append(service)
    return ((port, " ".join(filter(None, several))) for port, several in found.items())


def _show(hosts: Sequence[Host], ports: int, words: Words) -> None:
    if not hosts:
        said = msgid(
            "no host answers on the {count} ports that were tried (`ports` in secops.toml)"
        )
        click.echo(words.gettext(said).format(count=ports))
        return
    heads = [msgid("host"), msgid("open ports"), msgid("listed")]
    rows = [
        [
            one.host,
            " ".join(f"{port}({clean_text(said)})" if said else port for port, said in _ports(one)),
            words.gettext(msgid("yes") if one.listed else msgid("no: whose is it?")),
        ]
        for one in hosts
    ]
    show_table([words.gettext(one) for one in heads], rows)
