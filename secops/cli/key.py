"""`secops key`: what this unit signs with, and whose signatures are believed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from secops.cli.output import force as force_option
from secops.cli.output import refuse_there
from secops.cli.passphrase import passphrase, passphrase_option
from secops.cli.selection import chosen_unit
from secops.cli.shared import (
    Command,
    Group,
    Option,
    emit,
    hint_next,
    words_of,
    workspace_of,
)
from secops.cli.table import show_table
from secops.cli.times import civil
from secops.contracts.store import UnitOfWork
from secops.contracts.words import label
from secops.errors import UnknownNumberError, msgid
from secops.errors.keys import NoOwnKeyError
from secops.files.atomic import write_atomically
from secops.model.key import Key
from secops.model.unit import Unit
from secops.operations.keys import enrol_key, own_key, refuse_second
from secops.reading.signed_files import key_bytes
from secops.wiring.assess import assessing
from secops.wiring.keys import make_key, own_unit, read_key_file

_COLUMNS: Final = (
    msgid("no."),
    msgid("unit"),
    msgid("origin"),
    msgid("kept at"),
    msgid("fingerprint"),
)


@click.group(cls=Group, help=msgid("What this unit signs with, and whose signatures count."))
def command() -> None:
    """Hold the four commands."""


@command.command("new", cls=Command, help=msgid("Make a key; its private half is sealed."))
@click.option("--unit", default="", cls=Option, help=msgid("whose key (default: the workspace's)"))
@passphrase_option
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show it, write nothing"))
@click.pass_context
def new(
    context: click.Context, /, unit: str, passphrase_file: Path | None, *, dry_run: bool
) -> None:
    """Make a pair and seal it by a passphrase."""
    workspace = workspace_of(context)
    with workspace.begin(reading=True) as work:
        whose = _unit(work, unit)
        refuse_second(work, whose)
    if dry_run:
        said = words_of(context).gettext(msgid("a key of {unit} would be made"))
        document = {"keys": [], "dry_run": True}
        emit(context, "keys", document, lambda: click.echo(said.format(unit=whose.name)))
        return
    made = make_key(workspace, whose, passphrase(context, passphrase_file, new=True))
    _show(context, [made], dry_run=False)
    hint_next(context, "secops key export --to FILE")


@command.command("list", cls=Command, help=msgid("List the keys with their fingerprints."))
@click.pass_context
def list_(context: click.Context, /) -> None:
    """Show every key."""
    with workspace_of(context).begin(reading=True) as work:
        keys = tuple(work.keys.all())
    _show(context, keys, dry_run=False)


@command.command("export", cls=Command, help=msgid("Write a public key for other units."))
@click.argument("number", type=int, required=False)
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    cls=Option,
    help=msgid("the file to write"),
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show it, write nothing"))
@force_option
@click.pass_context
def export(
    context: click.Context, /, number: int | None, to: Path, *, dry_run: bool, force: bool
) -> None:
    """Hand out the public half; people compare the fingerprint by another way."""
    with workspace_of(context).begin(reading=True) as work:
        key = _numbered(work, number) if number else own_key(work, _unit(work, ""))
    refuse_there(to, force=force)
    if not dry_run:
        write_atomically(to, key_bytes(key.key))
    _show(context, [key], dry_run=dry_run)


@command.command("enrol", cls=Command, help=msgid("Believe a unit's key, once confirmed."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--fingerprint",
    required=True,
    cls=Option,
    help=msgid("what the unit itself said it is, by telephone or on paper"),
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show it, write nothing"))
@click.pass_context
def enrol(context: click.Context, /, file: Path, fingerprint: str, *, dry_run: bool) -> None:
    """Put it into the list; refuses a fingerprint that differs."""
    key = read_key_file(file)
    with assessing(workspace_of(context), dry_run=dry_run) as one:
        others = [known.no for known in one.work.keys.all() if known.key.unit == key.unit]
        made = enrol_key(one.work, one.acting, key, fingerprint)
    _show(context, [made], dry_run=dry_run)
    if others:
        said = msgid("note: keys of a unit of this name were believed before: {numbers}")
        numbers = ", ".join(map(str, others))
        click.echo(words_of(context).gettext(said).format(numbers=numbers), err=True)


def _unit(work: UnitOfWork, text: str) -> Unit:
    unit = chosen_unit(work, text) if text else own_unit(work)
    if unit is None:
        raise NoOwnKeyError(unit="-")
    return unit


def _numbered(work: UnitOfWork, number: int) -> Key:
    keys = tuple(work.keys.all())
    for one in keys:
        if one.no == number:
            return one
    near = ", ".join(str(one.no) for one in keys) or "-"
    raise UnknownNumberError(kind=msgid("key"), name=str(number), near=near)


def _show(context: click.Context, keys: Sequence[Key], *, dry_run: bool) -> None:
    words = words_of(context)
    document = {
        "keys": [
            {
                "no": one.no,
                "fingerprint": one.id,
                "unit": one.key.unit,
                "credit_code": one.key.credit_code,
                "algorithm": one.key.algorithm.value,
                "origin": one.origin.value,
                "kept_at": one.kept_at.isoformat(),
            }
            for one in keys
        ],
        "dry_run": dry_run,
    }
    rows = [
        [
            str(one.no),
            one.key.unit,
            label(one.origin, words),
            civil(one.kept_at),
            _spoken(one.id),
        ]
        for one in keys
    ]

    def text() -> None:
        show_table([words.gettext(one) for one in _COLUMNS], rows, blocks=True)
        if dry_run:
            click.echo(words.gettext(msgid("dry run: nothing was written")))

    emit(context, "keys", document, text)


def _spoken(fingerprint: str) -> str:
    """Part it as people read it out."""
    digits = fingerprint.removeprefix("sha256:")
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
