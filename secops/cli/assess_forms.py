"""`secops assess export` and `import`: answers filled in elsewhere, in Excel, WPS or YAML."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from secops.cli import assess_forms_showing as showing
from secops.cli import assess_showing
from secops.cli.merging import UNCONFLICTED, prefer_option, preference, take_option
from secops.cli.options import checklist_option, day_option
from secops.cli.output import force as force_option
from secops.cli.output import refuse_there
from secops.cli.selection import chosen_person, chosen_series, person_named
from secops.cli.shared import (
    Command,
    Labelled,
    Option,
    emit,
    hint_next,
    words_of,
    workspace_of,
)
from secops.contracts.words import Words
from secops.errors import ExitCode, msgid
from secops.guards.file_names import in_files
from secops.model.checking import AnswerRole
from secops.operations.answer_item import any_answer, same_answer
from secops.operations.assessments import Series
from secops.operations.export_form import Asking, role_said, roles_of
from secops.operations.form_plan import Taking
from secops.operations.import_forms import import_forms
from secops.wiring.assess import AnswersFile, Assessing, assessing, import_answers, today_of
from secops.wiring.collector import collector_at_rest
from secops.wiring.forms import (
    is_workbook,
    read_copies,
    save,
    spellings,
    written_form,
)
from secops.wiring.today import SHANGHAI


@click.command("export", cls=Command, help=msgid("Write workbooks that people fill in."))
@click.argument("subject")
@click.option(
    "--to",
    "output",
    type=click.Path(path_type=Path),
    cls=Option,
    help=msgid("the workbook to write; with --per-role the folder"),
)
@click.option(
    "--role",
    type=Labelled(AnswerRole),
    metavar="ROLE",
    cls=Option,
    help=msgid("only what this role answers"),
)
@click.option("--per-role", is_flag=True, cls=Option, help=msgid("a workbook for each role"))
@click.option("--for", "person", default="", cls=Option, help=msgid("the person who is asked"))
@day_option("--due", meaning=msgid("the day to send it back by"))
@checklist_option
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("count only, write nothing"))
@force_option
@click.pass_context
def export(context: click.Context, /, subject: str, **said: Any) -> None:  # noqa: ANN401  # click's options
    """Write one workbook for a subject, or one for each role that answers."""
    words = words_of(context)
    if said["per_role"] and said["role"]:
        wrong = msgid("--role and --per-role exclude each other")
        raise click.UsageError(words.gettext(wrong))
    with assessing(workspace_of(context), dry_run=said["dry_run"]) as one:
        series = chosen_series(one.work, subject, said["checklist"])
        asked = list(_asked(one, series, said, words))
        for path, _ in asked:
            refuse_there(path, force=said["force"] or said["dry_run"])
        several = [written_form(one, asking, path, words) for path, asking in asked]
    if not said["dry_run"]:
        for folder in {one.path.parent for one in several} if said["per_role"] else ():
            folder.mkdir(parents=True, exist_ok=True)
        save(several)
    document = showing.export_document(series, several) | {"written": not said["dry_run"]}
    emit(context, "assess-export", document, lambda: showing.show_export(several, words))
    hint_next(context, "secops assess import FILE")


def _asked(
    one: Assessing, series: Series, said: dict[str, Any], words: Words
) -> list[tuple[Path, Asking]]:
    """Give each workbook's file, and what is asked in it."""
    by = chosen_person(one.work, said["person"]).name if said["person"] else ""
    due, output, name = said["due"], said["output"], in_files(series.name) or "form"

    def asking(*roles: AnswerRole | None) -> Asking:
        day = today_of(one)
        return Asking(series=series, day=day, zone=SHANGHAI, roles=roles, by=by, due=due)

    if not said["per_role"]:
        roles = [AnswerRole(said["role"])] if said["role"] else []
        return [(output or Path(f"{name}.xlsx"), asking(*roles))]
    folder = output or Path(name)
    found = roles_of(one.work, one.blobs, series, one.tables)
    return [
        (folder / f"{name}-{in_files(role_said(role, words))}.xlsx", asking(role)) for role in found
    ]


@click.command(
    "import",
    cls=Command,
    help=msgid("Take over answers: of workbooks, or of a subject and a YAML file."),
)
@click.argument("files", nargs=-1, required=True, metavar="[SUBJECT] FILES...")
@click.option("--only-open", is_flag=True, cls=Option, help=msgid("leave answered items alone"))
@checklist_option
@click.option(
    "--by", default="", cls=Option, help=msgid("who states it (default: whom the form names)")
)
@take_option(msgid("all or nothing, or what is neither wrong nor in conflict"))
@prefer_option
@click.option("--only", multiple=True, cls=Option, help=msgid("only this item or clause"))
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("show the preview, write nothing"))
@click.pass_context
def import_(context: click.Context, /, files: tuple[str, ...], **said: Any) -> None:  # noqa: ANN401  # click's options
    """Take workbooks by their marks; a file of answers in YAML after its subject."""
    words = words_of(context)
    subject = files[0] if len(files) > 1 and not Path(files[0]).exists() else ""
    paths = [Path(one) for one in (files[1:] if subject else files)]
    workbooks = [is_workbook(one) for one in paths]
    if all(workbooks) and not subject:
        _import_forms(context, paths, said)
    elif subject and len(paths) == 1 and not any(workbooks):
        _import_answers(context, subject, paths[0], said)
    else:
        wrong = msgid("name workbooks alone, or one subject and one file of answers in YAML")
        raise click.UsageError(words.gettext(wrong))


def _import_answers(context: click.Context, subject: str, file: Path, said: dict[str, Any]) -> None:
    """Record all answers of a YAML file, or none; the same file again changes nothing."""
    dry_run, unless = said["dry_run"], any_answer if said["only_open"] else same_answer
    with assessing(workspace_of(context), dry_run=dry_run) as one:
        series = chosen_series(one.work, subject, said["checklist"])
        by = person_named(one.work, said["by"])
        answered = import_answers(one, series, AnswersFile(file, by, unless))
        done = assess_showing.recorded(one, answered)
    document = assess_showing.answered_document(done.answered) | {"dry_run": dry_run}
    emit(
        context,
        "assess-answer",
        document,
        lambda: assess_showing.show_answered(context, done, dry_run=dry_run),
    )
    hint_next(context, "secops assess status")


def _import_forms(context: click.Context, paths: Sequence[Path], said: dict[str, Any]) -> None:
    """Merge copies cell by cell; the same copies again change nothing."""
    dry_run, words = said["dry_run"], words_of(context)
    workspace = workspace_of(context)
    prefer = preference(said["prefer"], paths, words)
    with collector_at_rest():
        copies = read_copies(paths)
        with workspace.begin(reading=dry_run) as work:
            taking = Taking(
                spelled=spellings(),
                prefer=prefer,
                by=chosen_person(work, said["by"]) if said["by"] else None,
                only=said["only"],
                unconflicted=said["take"] == UNCONFLICTED,
                dry_run=dry_run,
            )
            plan = import_forms(work, workspace.blobs, workspace.acting, copies, taking)
            if not dry_run:
                work.commit()
    spelled_out = context.find_root().params.get("json")  # many thousand answers, for nobody
    document = showing.import_document(plan, words) if spelled_out else {}
    emit(
        context,
        "assess-import",
        {**document, "dry_run": dry_run, "written": not dry_run},
        lambda: showing.show_import(plan, words, dry_run=dry_run),
    )
    if not plan.whole:
        context.exit(ExitCode.INCOMPLETE if taking.unconflicted else ExitCode.INPUT)
    hint_next(context, "secops assess status")
