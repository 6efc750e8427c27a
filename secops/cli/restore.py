"""`secops restore`: makes a workspace of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from secops.cli.shared import Command, Option, emit, words_of
from secops.errors import msgid


@click.command(cls=Command, help=msgid("Make a workspace of a backup, as a copy of its own."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("check the backup, no more"))
@click.pass_context
def command(context: click.Context, file: Path, folder: Path, dry_run: bool) -> None:
    """Check everything, then put the folder in place."""
    from secops.wiring.keeping import check_backup, restore_workspace  # noqa: PLC0415  # SQLAlchemy is slow

    restored = (check_backup if dry_run else restore_workspace)(file, folder)
    document: dict[str, object] = {
        "workspace": str(folder.resolve()),
        "instance": None if dry_run else restored.instance,
        "former": restored.former,
        "head": restored.head.hash,
        "dry_run": dry_run,
    }
    said = (
        msgid("the backup is whole; would restore to {folder}; head {head}")
        if dry_run
        else msgid("restored to {folder} as a new copy; the history was whole, head {head}")
    )
    line = words_of(context).gettext(said).format(folder=folder.resolve(), head=restored.head.hash)
    emit(context, "restore", document, lambda: click.echo(line))
