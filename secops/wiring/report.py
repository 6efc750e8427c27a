"""Builds the printer out of settings and workspace, and runs a report from facts to files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from secops import __version__
from secops.contracts.words import Words
from secops.documents.fonts import Fonts
from secops.documents.printer import (
    Means,
    TemplatePrinter,
    rectification_printer,
    selfcheck_printer,
)
from secops.files.atomic import write_atomically
from secops.guards.file_names import in_files
from secops.model.document import DocumentFormat, DocumentRecord
from secops.model.system import System
from secops.model.unit import Unit
from secops.operations.assessments import Series
from secops.operations.make_report import (
    Outputs,
    Prepared,
    keep_report,
    prepare_report,
    print_report,
    refuse_without_glyph,
)
from secops.operations.report_facts import report_facts
from secops.operations.report_head import Occasion
from secops.operations.selfcheck_facts import selfcheck_facts
from secops.settings.data import data_folder
from secops.wiring.tables import load_tables
from secops.wiring.today import SHANGHAI, today
from secops.wiring.workspace import Workspace

DOCUMENTS: Final = "documents"
_SYSTEM_FONTS: Final = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person asked for."""

    about: System | Unit
    as_of: date
    strict: bool = False
    checklist: str = ""  # of a self-check: which one
    stage: str = ""  # of a gate: its title


def user_folder() -> Path:
    """Give the folder of this user's own data, where fonts may lie."""
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "secops"


def fonts_at_hand() -> Fonts:
    """SECOPS_FONTS, the checkout's own, the user's own, then those of the system."""
    named = [Path(one) for one in os.environ.get("SECOPS_FONTS", "").split(os.pathsep) if one]
    own = [data_folder("templates").parent / ".fonts", user_folder() / "fonts"]
    system = next((one for one in _SYSTEM_FONTS if one.is_dir()), None)
    folders = [one for one in (*named, *own, system) if one and one.is_dir()]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "secops"
    return Fonts(tuple(one.resolve() for one in folders), cache)


def means_for(workspace: Path, words: Words) -> Means:
    """Say what is printed with: the workspace's templates stand before those supplied."""
    return Means(
        folders=(workspace / "templates", data_folder("templates")),
        fonts=fonts_at_hand(),
        words=words,
        zone=SHANGHAI,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A document before it is printed, and what prints it."""

    prepared: Prepared
    printer: TemplatePrinter[Any]


def occasion_of(workspace: Workspace, wanted: Wanted) -> Occasion:
    """Say of which day a paper speaks, and that we print it now."""
    return Occasion(
        as_of=wanted.as_of, today=today(workspace), zone=SHANGHAI, program=f"secops {__version__}"
    )


def prepare(workspace: Workspace, wanted: Wanted, means: Means) -> Ready:
    """Gather the facts of a rectification report in one reading transaction."""
    tables, occasion = load_tables(workspace.path), occasion_of(workspace, wanted)
    with workspace.begin(reading=True) as work:
        facts = report_facts(work, workspace.blobs, tables, wanted.about, occasion)
    printer = rectification_printer(means)
    return ready(prepare_report(printer, facts), printer, wanted)


def prepare_selfcheck(workspace: Workspace, wanted: Wanted, means: Means) -> Ready:
    """Gather the facts of a unit's self-check in one reading transaction."""
    tables, occasion = load_tables(workspace.path), occasion_of(workspace, wanted)
    series = Series(wanted.about, wanted.checklist)
    with workspace.begin(reading=True) as work:
        facts = selfcheck_facts(work, workspace.blobs, tables, series, occasion)
    printer = selfcheck_printer(means)
    return ready(prepare_report(printer, facts), printer, wanted)


def ready(prepared: Prepared, printer: TemplatePrinter[Any], wanted: Wanted) -> Ready:
    """Put them together; raises NoGlyphError where `--strict` asks for it."""
    if wanted.strict:
        refuse_without_glyph(prepared)
    return Ready(prepared=prepared, printer=printer)


def print_and_keep(
    workspace: Workspace, ready: Ready, paths: dict[DocumentFormat, Path]
) -> DocumentRecord:
    """Print all formats, then keep and write them: a failure leaves nothing behind."""
    prepared = ready.prepared
    outputs = print_report(ready.printer, prepared, tuple(paths))
    with workspace.begin() as work:
        acting = workspace.acting
        record = keep_report(work, workspace.blobs, acting, prepared, outputs)
        work.commit()
    write(paths, outputs)
    return record


def write(paths: dict[DocumentFormat, Path], outputs: Outputs) -> None:
    """Write each file whole or not at all."""
    for fmt, path in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(path, outputs[fmt])


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the file of a document is called after."""

    title: str
    subject: str
    as_of: date
    apart: str = ""  # what tells it from another of the same title, subject and date

    def paths(self, folder: Path, formats: Sequence[DocumentFormat]) -> dict[DocumentFormat, Path]:
        """Name the files; of all parts only a long subject is cut."""
        parts = (self.title, in_files(self.subject), str(self.as_of), self.apart)
        stem = "-".join(filter(None, parts))
        return {fmt: folder / f"{stem}.{fmt.value}" for fmt in formats}


def is_shared(workspace: Workspace, about: System | Unit, subject: str) -> bool:
    """Whether files about another system or unit would be called the same."""
    called = in_files(subject).casefold()
    with workspace.begin(reading=True) as work:
        names: dict[str, str] = {one.id: one.name for one in work.systems.all()}
        names |= {one.id: one.name for one in work.units.all()}
    return any(
        in_files(name).casefold() == called for id_, name in names.items() if id_ != about.id
    )
