"""`secops export inventory`: the whole list as a file that can be edited and imported again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from secops.cli.output import force as force_option
from secops.cli.output import refuse_there
from secops.cli.shared import Command, Group, Option, emit, words_of, workspace_of
from secops.errors import msgid
from secops.files.atomic import write_atomically
from secops.operations.export_inventory import count_inventory
from secops.wiring.inventory_files import OUT_FORMATS, export_as, was_exported


@click.group(cls=Group, help=msgid("Write the workspace's data to files."))
def command() -> None:
    """Group what can be exported."""


@command.command(
    "inventory", cls=Command, help=msgid("The inventory as XLSX or YAML to edit, or JSON.")
)
@click.option(
    "--to",
    "form",
    type=click.Choice(OUT_FORMATS),
    default="xlsx",
    cls=Option,
    help=msgid("the format"),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    cls=Option,
    help=msgid("the file to write, - for standard output (default: inventory.xlsx and so on)"),
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("count only, write nothing"))
@force_option
@click.pass_context
def _inventory(
    context: click.Context, /, form: str, output: Path | None, dry_run: bool, force: bool
) -> None:
    words, workspace = words_of(context), workspace_of(context)
    if output == Path("-") and context.find_root().params.get("json") and not dry_run:
        said = msgid("--json prints its own document: write the export into a file, -o FILE")
        raise click.UsageError(words.gettext(said))
    path = output or Path(f"inventory.{form}")
    if output != Path("-"):
        refuse_there(path, force=force or was_exported(workspace, path))
    revision = ""
    if dry_run:
        counts = count_inventory(workspace.begin)
    else:
        exported = export_as(workspace, form, path)
        revision, counts = exported.revision, exported.counts
        if output == Path("-"):
            sys.stdout.buffer.write(exported.content)
            return
        write_atomically(path, exported.content)
    document = {
        "file": str(path),
        "written": not dry_run,
        "revision": revision,
        "counts": dict(counts),
    }
    counted = msgid("records: {count}, in {file}")
    line = words.gettext(counted).format(count=sum(counts.values()), file=path)
    emit(context, "export", document, lambda: click.echo(line))
