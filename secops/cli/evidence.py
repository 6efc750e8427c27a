"""`secops evidence`: what was collected or supplied, by digest."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import click

from secops.cli.output import force as force_option
from secops.cli.output import refuse_there
from secops.cli.shared import Command, Group, Option, emit, words_of, workspace_of
from secops.cli.table import show_table
from secops.cli.times import civil
from secops.contracts.words import label, sentence
from secops.errors import ExitCode, msgid
from secops.files.atomic import write_atomically
from secops.files.whole_file import content_of
from secops.guards.text import clean_text
from secops.model.evidence import EvidenceRecord, digest_of, short_digest
from secops.operations.keep_evidence import (
    bytes_of,
    erasable,
    erase_evidence,
    evidence_called,
    wrong_evidence,
)
from secops.operations.supply_evidence import Material, supply_evidence
from secops.wiring.assess import assessing

_MOST = 200 * 1024 * 1024
_COLUMNS = (
    msgid("no."),
    msgid("kind"),
    msgid("about"),
    msgid("title"),
    msgid("size"),
    msgid("taken at"),
    msgid("digest"),
    msgid("state"),
)


@click.group(cls=Group, help=msgid("What was collected or supplied, by digest."))
def command() -> None:
    """Hold the five commands."""


@command.command("list", cls=Command, help=msgid("List the evidence."))
@click.pass_context
def list_(context: click.Context, /) -> None:
    """Show every record."""
    with workspace_of(context).begin(reading=True) as work:
        records = tuple(work.evidence.all())
    _show(context, records)


@command.command("show", cls=Command, help=msgid("Show one: its record, and its bytes in a file."))
@click.argument("evidence")
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    cls=Option,
    help=msgid("write the bytes to this new file"),
)
@force_option
@click.pass_context
def show(context: click.Context, /, evidence: str, to: Path | None, *, force: bool) -> None:
    """Show the record; bytes never go to the terminal, strangers chose them."""
    workspace = workspace_of(context)
    with workspace.begin(reading=True) as work:
        record = evidence_called(work, evidence)
    if to is not None:
        content = bytes_of(workspace.blobs, record)
        refuse_there(to, force=force)
        write_atomically(to, content)
    _show(context, [record])


@command.command("add", cls=Command, help=msgid("Supply a file as evidence."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--about", default="", cls=Option, help=msgid("what it is about"))
@click.option("--title", default="", cls=Option, help=msgid("its title (default: file name)"))
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show it, write nothing"))
@click.pass_context
def add(context: click.Context, /, file: Path, about: str, title: str, *, dry_run: bool) -> None:
    """Keep the bytes and the record."""
    material = Material(
        content=content_of(file, _MOST),
        title=title or file.name,
        subject=about,
        media=mimetypes.guess_type(file.name)[0] or "application/octet-stream",
    )
    with assessing(workspace_of(context), dry_run=dry_run) as one:
        known = one.work.evidence.get(digest_of(material.content)) is not None
        digest = supply_evidence(one.work, one.blobs, one.acting, material)
        record = one.work.evidence.get(digest)
    _show(context, [record] if record else [], {"dry_run": dry_run, "known": known})
    if known:
        said = msgid("these bytes are kept already, as shown here; nothing was changed")
        click.echo(words_of(context).gettext(said), err=True)


@command.command("verify", cls=Command, help=msgid("Prove that all bytes are what was kept."))
@click.pass_context
def verify(context: click.Context, /) -> None:
    """Exit with 1 where something is missing or was altered."""
    workspace, words = workspace_of(context), words_of(context)
    with workspace.begin(reading=True) as work:
        wrong = tuple(wrong_evidence(work, workspace.blobs))
        count = sum(1 for _ in work.evidence.all())
    document = {
        "records": count,
        "wrong": [
            {
                "kept_for": one.kept_for,
                "no": one.no,
                "digest": one.digest,
                "code": one.error.code,
            }
            for one in wrong
        ],
    }

    def text() -> None:
        for one in wrong:
            click.echo(f"{one.kept_for} {sentence(one.error, words)}")
        said = words.gettext(msgid("records of evidence: {count}, wrong: {wrong}"))
        click.echo(said.format(count=count, wrong=len(wrong)))

    emit(context, "evidence-verify", document, text)
    context.exit(ExitCode.NOT_GOOD if wrong else ExitCode.DONE)


@command.command("erase", cls=Command, help=msgid("Erase the bytes; record and digest stay."))
@click.argument("evidence")
@click.option("--reason", required=True, cls=Option, help=msgid("why"))
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show it, write nothing"))
@click.pass_context
def erase(context: click.Context, /, evidence: str, reason: str, *, dry_run: bool) -> None:
    """Erase, and say so in the chain."""
    workspace = workspace_of(context)
    if dry_run:
        with workspace.begin(reading=True) as work:
            _show(context, [erasable(work, evidence)], {"dry_run": True})
        return
    with workspace.begin() as work:
        record = erase_evidence(work, workspace.blobs, workspace.acting, evidence, reason)
    with workspace.begin(reading=True) as work:
        _show(context, [work.evidence.get(record.digest) or record], {"dry_run": False})


def _show(
    context: click.Context,
    records: Sequence[EvidenceRecord],
    more: Mapping[str, bool] = MappingProxyType({}),
) -> None:
    """Show records; `more` stands in the document too: whether this was a dry run."""
    words = words_of(context)
    rows = [
        [
            str(one.no),
            label(one.kind, words),
            clean_text(one.subject),
            clean_text(one.title),
            str(one.size),
            civil(one.taken_at),
            short_digest(one.digest),
            words.gettext(msgid("erased") if one.erased_at else msgid("kept")),
        ]
        for one in records
    ]
    document = {"evidence": [_document(one) for one in records], **more}
    heads = [words.gettext(one) for one in _COLUMNS]
    emit(context, "evidence", document, lambda: show_table(heads, rows, spare=[heads[4], heads[3]]))


def _document(one: EvidenceRecord) -> dict[str, object]:
    return {
        "no": one.no,
        "digest": one.digest,
        "size": one.size,
        "media": one.media,
        "kind": one.kind.value,
        "taken_at": one.taken_at.isoformat(),
        "by": one.by.account,
        "subject": one.subject,
        "title": one.title,
        "erased_at": one.erased_at.isoformat() if one.erased_at else None,
    }
