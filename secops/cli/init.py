"""`secops init`: makes a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from secops.cli.shared import Command, Option, emit, hint_next, words_of
from secops.errors import msgid


@click.command(cls=Command, help=msgid("Make a workspace: one unit's systems, scans and papers."))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--unit", required=True, cls=Option, help=msgid("name of your unit"))
@click.option("--code", default="", cls=Option, help=msgid("its unified social credit code"))
@click.option("--person", default="", cls=Option, help=msgid("your name: you act here by default"))
@click.option("--post", default="", cls=Option, help=msgid("your post"))
@click.option(
    "--database",
    default="",
    cls=Option,
    help=msgid("another database, such as postgresql://host/name (password: ~/.pgpass)"),
)
@click.option("--sample", is_flag=True, cls=Option, help=msgid("mark every printed page as sample"))
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("say what would be made, no more"))
@click.pass_context
def command(context: click.Context, /, folder: Path, **said: object) -> None:
    """Make it, or say what would be made."""
    from secops.operations.init_workspace import Beginning  # noqa: PLC0415  # imports the model
    from secops.wiring import founding  # noqa: PLC0415  # SQLAlchemy is slow

    _refuse_wrong_code(context, str(said["code"]).strip())
    unit, dry_run = str(said["unit"]), bool(said["dry_run"])
    document: dict[str, object] = {"workspace": str(folder.resolve()), "dry_run": dry_run}
    if dry_run:
        founding.refuse_taken(folder)
        line = msgid("would make the workspace {folder} for {unit}")
    else:
        founded = founding.found_workspace(
            founding.Ground(folder=folder, database=str(said["database"])),
            Beginning(
                unit=unit,
                credit_code=str(said["code"]),
                person=str(said["person"]),
                post=str(said["post"]),
                sample=bool(said["sample"]),
            ),
        )
        line = msgid("made the workspace {folder} for {unit}")
        document |= {"instance": founded.instance, "unit": founded.unit.id}
    document["folders"] = list(founding.FOLDERS)
    shown = words_of(context).gettext(line).format(folder=folder.resolve(), unit=unit)
    emit(context, "init", document, lambda: click.echo(shown))
    if not dry_run:
        hint_next(context, f"secops -C {folder} import FILE")


def _refuse_wrong_code(context: click.Context, code: str) -> None:
    from secops.judging.codes import credit_code  # noqa: PLC0415  # imports the model

    wrong = credit_code(code) if code else None
    if wrong:
        expected = words_of(context).gettext(wrong.value)
        raise click.BadParameter(expected, param_hint="--code")
