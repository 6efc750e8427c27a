"""`secops report`: print a report, list those printed, print an old one again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from secops.cli.options import day_option
from secops.cli.selection import UNIT, chosen_series, chosen_system, chosen_unit
from secops.cli.shared import Command, Option, emit, words_of, workspace_of
from secops.cli.table import show_table
from secops.cli.times import civil
from secops.contracts.documents import NoGlyph
from secops.errors import msgid
from secops.model.document import DocumentFormat, DocumentRecord
from secops.model.system import System
from secops.model.unit import Unit
from secops.operations.reprint import find_document, reprint
from secops.settings.catalogue import words_for
from secops.wiring import report, sync_sheet
from secops.wiring.today import today

SELF: Final = "selfcheck"  # of a unit only
GATE: Final = "gate"  # of a system at a stage
KINDS: Final = ("rectification", SELF, GATE)
_ALL: Final = "pdf,docx,html"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The options, as typed."""

    system: str | None
    unit: str | None
    formats: str
    output: Path | None
    as_of: date | None
    dry_run: bool
    strict: bool
    listing: bool
    of: str | None
    checklist: str
    stage: str


@click.command(
    cls=Command, help=msgid("Print a report, list those printed, or print an old one again.")
)
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.option("--system", cls=Option, help=msgid("the system (name or number)"))
@click.option("--unit", cls=Option, help=msgid("the unit (name or number)"))
@click.option(
    "--format",
    "formats",
    default="",
    cls=Option,
    help=msgid("pdf, docx, html, or several with commas"),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    cls=Option,
    help=msgid("where the files go (default: documents in the workspace)"),
)
@day_option(
    "--as-of", meaning=msgid("the date the report speaks of; what was recorded later is hidden")
)
@click.option("--dry-run", is_flag=True, cls=Option, help=msgid("say what would be printed"))
@click.option("--strict", is_flag=True, cls=Option, help=msgid("stop when a sign has no glyph"))
@click.option("--list", "listing", is_flag=True, cls=Option, help=msgid("list what was printed"))
@click.option("--of", cls=Option, help=msgid("print this old document again, byte for byte"))
@click.option("--checklist", default="", cls=Option, help=msgid("of a self-check: which checklist"))
@click.option("--stage", default="", cls=Option, help=msgid("of a gate: which stage"))
@click.pass_context
def command(context: click.Context, /, kind: str | None, **said: Any) -> None:  # noqa: ANN401  # as click gives them
    """Do one of the three."""
    asked = _Asked(**said)
    if asked.listing:
        _list(context)
    elif asked.of:
        _again(context, asked, asked.of)
    elif kind and _fits(kind, asked):
        _make(context, kind, asked)
    else:
        text = msgid(
            "say what to print: rectification with --system or --unit, selfcheck with --unit, "
            "gate with --system and --stage, or --list, or --of"
        )
        raise click.UsageError(words_of(context).gettext(text))


def _fits(kind: str, asked: _Asked) -> bool:
    """Whether what the document is about was said in full, and no more than that."""
    if bool(asked.stage) is not (kind == GATE) or bool(asked.system) == bool(asked.unit):
        return False
    return not (asked.system if kind == SELF else asked.unit and kind == GATE)


def _formats(context: click.Context, text: str) -> tuple[DocumentFormat, ...]:
    known = {one.value: one for one in DocumentFormat if one is not DocumentFormat.XLSX}
    words = text.replace(" ", "").lower().split(",")
    for word in words:
        if word not in known:
            wrong = msgid("unknown format {format!r}; take pdf, docx or html")
            raise click.UsageError(words_of(context).gettext(wrong).format(format=word))
    return tuple(dict.fromkeys(known[word] for word in words))


def _make(context: click.Context, kind: str, asked: _Asked) -> None:

    formats = _formats(context, asked.formats or _ALL)
    workspace = workspace_of(context)
    wanted = _wanted(context, kind, asked)
    means = report.means_for(workspace.path, words_for("zh"))  # the papers are Chinese
    ready = _PREPARE[kind](workspace, wanted, means)
    prepared, looks = ready.prepared, means.fonts.missing_looks
    folder = asked.output or workspace.path / report.DOCUMENTS
    subject, about = prepared.facts.subject, wanted.about
    of = msgid("system") if isinstance(about, System) else msgid("unit")
    named = report.Named(
        title=_title(kind),
        subject=subject,
        as_of=wanted.as_of,
        apart=wanted.stage
        + (
            words_for("zh").gettext(of) + str(about.no)
            if report.is_shared(workspace, about, subject)
            else ""
        ),
    )
    paths = named.paths(folder, formats)
    _warn(context, prepared.without_glyph, looks)
    number = None
    if not asked.dry_run:
        number = report.print_and_keep(workspace, ready, paths).no
    document = {
        "dry_run": asked.dry_run,
        "document": number,
        "files": list(map(str, paths.values())),
        "without_glyph": [
            {"character": one.character, "record": one.record, "field": one.field}
            for one in prepared.without_glyph
        ],
        "missing_looks": list(looks),
    }
    emit(context, "report", document, lambda: _say(context, asked, paths.values()))


def _title(kind: str) -> str:

    return words_for("zh").gettext(_KINDS_SAID.get(kind, kind))


def _say(context: click.Context, asked: _Asked, paths: Iterable[Path]) -> None:
    line = msgid("would print {path}") if asked.dry_run else msgid("printed {path}")
    for path in paths:
        click.echo(words_of(context).gettext(line).format(path=path))


def _warn(context: click.Context, without: Sequence[NoGlyph], looks: Sequence[str]) -> None:

    say = words_of(context).gettext
    wrong = say(msgid("no glyph for {character} ({codepoint}): {record}, {field}"))
    for one in without:
        said = wrong.format(
            character=one.character,
            codepoint=f"U+{ord(one.character):04X}",
            record=one.record,
            field=one.field,
        )
        click.echo(said, err=True)
    other = say(msgid("the look {look} is missing, another stands in; put its font into {folder}"))
    for look in looks:
        click.echo(other.format(look=look, folder=report.user_folder() / "fonts"), err=True)


def _wanted(context: click.Context, kind: str, asked: _Asked) -> report.Wanted:

    workspace = workspace_of(context)
    pack = ""
    with workspace.begin(reading=True) as work:
        if asked.system:
            about: System | Unit = chosen_system(work, asked.system)
        else:
            about = chosen_unit(work, asked.unit or "")
        if kind == SELF:
            pack = chosen_series(work, f"{UNIT}{about.no}", asked.checklist).pack
    return report.Wanted(
        about=about,
        as_of=_as_of(context, asked),
        strict=asked.strict,
        checklist=pack,
        stage=sync_sheet.stage_called(workspace, asked.stage) if kind == GATE else "",
    )


def _as_of(context: click.Context, asked: _Asked) -> date:
    return asked.as_of or today(workspace_of(context))


_COLUMNS: Final = (
    msgid("number"),
    msgid("kind"),
    msgid("subject"),
    msgid("as of"),
    msgid("formats"),
    msgid("printed at"),
)
_KINDS_SAID: Final = {
    "rectification": msgid("rectification report"),
    SELF: msgid("result of the self-check"),
    GATE: msgid("gate sheet"),
}
_PREPARE: Final = {
    "rectification": report.prepare,
    SELF: report.prepare_selfcheck,
    GATE: sync_sheet.prepare_gate,
}


def _row(one: DocumentRecord, say: Callable[[str], str]) -> list[str]:
    return [
        str(one.no),
        say(_KINDS_SAID.get(one.kind, one.kind)),
        one.subject,
        one.as_of.isoformat(),
        ",".join(form.value for form, _ in one.outputs),
        civil(one.made_at),
    ]


def _list(context: click.Context) -> None:

    say = words_of(context).gettext
    workspace = workspace_of(context)
    with workspace.begin(reading=True) as work:
        found = tuple(work.documents.all())
        documents: list[dict[str, object]] = [
            {
                "id": one.id,
                "no": one.no,
                "kind": one.kind,
                "subject": one.subject,
                "as_of": one.as_of.isoformat(),
                "formats": [form.value for form, _ in one.outputs],
                "made_at": one.made_at.isoformat(timespec="seconds"),
            }
            for one in found
        ]

    def text() -> None:
        if documents:
            show_table([say(head) for head in _COLUMNS], [_row(one, say) for one in found])
        else:
            click.echo(say(msgid("nothing has been printed yet")))

    emit(context, "report-list", {"documents": documents}, text)


def _again(context: click.Context, asked: _Asked, which: str) -> None:

    workspace = workspace_of(context)
    formats = _formats(context, asked.formats) if asked.formats else ()
    with workspace.begin(reading=True) as work:
        record = find_document(work, which)
    outputs = reprint(workspace.blobs, record, formats)
    folder = asked.output or workspace.path / report.DOCUMENTS
    again = words_for("zh").gettext(msgid("document no. {number}")).format(number=record.no)
    named = report.Named(
        title=_title(record.kind), subject=record.subject, as_of=record.as_of, apart=again
    )
    paths = named.paths(folder, tuple(outputs))
    if not asked.dry_run:
        report.write(paths, outputs)
    document = {
        "dry_run": asked.dry_run,
        "document": record.no,
        "files": list(map(str, paths.values())),
    }
    emit(context, "report", document, lambda: _say(context, asked, paths.values()))
