"""`secops audit`: the history and its proof."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from secops.cli.output import force as force_option
from secops.cli.output import refuse_there
from secops.cli.shared import Command, Group, Moment, Option, emit, words_of, workspace_of
from secops.cli.showing_history import HEADS, History, bad_row
from secops.cli.table import show_table
from secops.errors import ExitCode, msgid
from secops.files.chain_file import read_entries, read_head, write_chain
from secops.model.history import instant
from secops.operations.audit_chain import (
    Wanted,
    export_lines,
    list_entries,
    verify_chain,
)
from secops.wiring.tables import load_tables


@click.group(cls=Group, help=msgid("The history: who changed what, and that nobody altered it."))
def command() -> None:
    """Group."""


@command.command("list", cls=Command, help=msgid("List the newest entries."))
@click.option(
    "--object", "about", default="", cls=Option, help=msgid("only this object, such as: system 3")
)
@click.option("--since", type=Moment(), cls=Option, help=msgid("only entries from this instant on"))
@click.option(
    "--limit",
    type=click.IntRange(1, 1_000_000),
    default=50,
    cls=Option,
    help=msgid("how many entries at most (default: 50)"),
)
@click.pass_context
def list_(context: click.Context, about: str, since: datetime | None, limit: int) -> None:
    """Show entries, the newest last."""
    wanted = Wanted(object=about, since=since.astimezone() if since else None, limit=limit)
    with workspace_of(context).begin(reading=True) as work:
        entries = list_entries(work, wanted)
        words = words_of(context)
        history = History(work, load_tables(), words)
        rows = [] if context.find_root().params.get("json") else [history.row(x) for x in entries]
    heads = [words.gettext(one) for one in HEADS]
    shown = [
        {
            "seq": one.seq,
            "at": instant(one.at),
            "account": one.account,
            "person": one.person or None,
            "means": one.means,
            "action": one.action,
            "object": one.object,
            "before": one.before or None,
            "after": one.after or None,
            "changes": one.changes,
            "hash": one.hash,
        }
        for one in entries
    ]
    emit(context, "audit-list", {"entries": shown}, lambda: show_table(heads, rows))


@command.command(cls=Command, help=msgid("Prove that no entry and no record was altered."))
@click.option(
    "--head",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    cls=Option,
    help=msgid("compare with this export: only that shows a cut end or a chain made anew"),
)
@click.pass_context
def verify(context: click.Context, head: Path | None) -> None:
    """Exit 1 when something does not fit."""
    known = read_head(head) if head else None
    words = words_of(context)
    with workspace_of(context).begin(reading=True) as work:
        done = verify_chain(work, known, read_entries(head) if head else ())

    def text() -> None:
        if done.bad:
            click.echo(bad_row(done.bad, words))
        for one in done.strays:
            said = msgid("{object} is not as its last entry says: it was changed past secops")
            click.echo(words.gettext(said).format(object=one))
        if done.line:
            said = msgid("line {line} of the export is not what the history holds: it was changed")
            click.echo(words.gettext(said).format(line=done.line))
        if done.good:
            said = msgid("whole entries: {seq}; head {hash}")
            click.echo(words.gettext(said).format(seq=done.head.seq, hash=done.head.hash))
        if done.good and known is None:
            said = msgid("a cut end would only be seen against an earlier export (--head)")
            click.echo(words.gettext(said))

    document: dict[str, object] = {
        "good": done.good,
        "seq": done.head.seq,
        "hash": done.head.hash,
        "compared": known is not None,
        "bad": {"seq": done.bad.seq, "kind": done.bad.kind.value} if done.bad else None,
        "export_line": done.line or None,
        "strays": list(done.strays),
    }
    emit(context, "audit-verify", document, text)
    context.exit(ExitCode.DONE if done.good else ExitCode.NOT_GOOD)


@command.command(cls=Command, help=msgid("Write head and entries to a file, to keep elsewhere."))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    cls=Option,
    help=msgid("the file to write (JSON Lines)"),
)
@click.option(
    "--dry-run", is_flag=True, cls=Option, help=msgid("say what would be written, no more")
)
@force_option
@click.pass_context
def export(context: click.Context, output: Path, dry_run: bool, force: bool) -> None:
    """Write first, then note it: the head that is written does not hold its own export."""
    refuse_there(output, force=force)
    workspace = workspace_of(context)
    with workspace.begin(reading=True) as work:
        count = work.chain.head().seq
        if not dry_run:
            count = write_chain(output, export_lines(work))
    if not dry_run:
        with workspace.begin() as work:
            work.chain.note(workspace.actor, "audit.export", "chain")
            work.commit()
    said = (
        msgid("would write entries to {path}: {count}")
        if dry_run
        else msgid("wrote entries to {path}: {count}")
    )
    line = words_of(context).gettext(said).format(count=count, path=output)
    document = {"path": str(output), "entries": count, "dry_run": dry_run}
    emit(context, "audit-export", document, lambda: click.echo(line))
