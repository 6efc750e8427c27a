"""`secops backup`: saves the workspace while it is in use."""

from __future__ import annotations

from pathlib import Path

import click

from secops.cli.output import force as force_option
from secops.cli.output import refuse_there
from secops.cli.shared import Command, Option, emit, words_of, workspace_of
from secops.errors import msgid


@click.command(cls=Command, help=msgid("Save database, evidence and documents to one file."))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    cls=Option,
    help=msgid("the file to write, or a folder to write it in"),
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("say what would be saved, no more"))
@force_option
@click.pass_context
def command(context: click.Context, output: Path, dry_run: bool, force: bool) -> None:
    """Save, then say where the history stands."""
    from secops.wiring.keeping import file_for, save_workspace  # noqa: PLC0415  # SQLAlchemy is slow

    workspace, words = workspace_of(context), words_of(context)
    path = file_for(output, workspace.now())
    refuse_there(path, force=force)
    document: dict[str, object] = {"path": str(path), "dry_run": dry_run}
    if dry_run:
        line = words.gettext(msgid("would save the workspace to {path}")).format(path=path)
    else:
        saved = save_workspace(workspace, path)
        document |= {"files": saved.files, "size": saved.size, "head": saved.head.hash}
        line = words.gettext(
            msgid("saved {files} files ({size} bytes) to {path}; keys are not in it; head {head}")
        ).format(files=saved.files, size=saved.size, path=path, head=saved.head.hash)
    emit(context, "backup", document, lambda: click.echo(line))
