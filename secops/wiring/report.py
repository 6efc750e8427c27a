"""Builds the printer out of settings and workspace, and runs a report from facts to files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from secops import __version__
from secops.contracts.words import Words
from secops.documents.fonts import Fonts
from secops.documents.printer import RectificationPrinter
from secops.files.atomic import write_atomically
from secops.model.document import DocumentFormat, DocumentRecord
from secops.model.system import System
from secops.model.unit import Unit
from secops.operations.make_report import (
    Outputs,
    Prepared,
    keep_report,
    prepare_report,
    print_report,
    refuse_without_glyph,
)
from secops.operations.report_facts import Scope, report_facts
from secops.settings.data import data_folder
from secops.wiring.tables import load_tables
from secops.wiring.today import SHANGHAI
from secops.wiring.workspace import Workspace

DOCUMENTS: Final = "documents"
_MOST_BYTES: Final = 240  # of a file's name, before its ending; file systems take 255
_SYSTEM_FONTS: Final = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person asked for."""

    about: System | Unit
    as_of: date
    strict: bool = False


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


def printer_for(workspace: Path, words: Words) -> RectificationPrinter:
    """Make the printer: the workspace's templates stand before those supplied."""
    return RectificationPrinter(
        folders=(workspace / "templates", data_folder("templates")),
        fonts=fonts_at_hand(),
        words=words,
        zone=SHANGHAI,
    )


def prepare(workspace: Workspace, wanted: Wanted, printer: RectificationPrinter) -> Prepared:
    """Gather the facts in one reading transaction and build the context."""
    scope = Scope(
        about=wanted.about,
        as_of=wanted.as_of,
        zone=SHANGHAI,
        program=f"secops {__version__}",
    )
    with workspace.begin(reading=True) as work:
        facts = report_facts(work, workspace.blobs, load_tables(), scope)
    prepared = prepare_report(printer, facts)
    if wanted.strict:
        refuse_without_glyph(prepared)
    return prepared


def print_and_keep(
    workspace: Workspace,
    printer: RectificationPrinter,
    prepared: Prepared,
    paths: dict[DocumentFormat, Path],
) -> DocumentRecord:
    """Print all formats, then keep and write them: a failure leaves nothing behind."""
    outputs = print_report(printer, prepared, tuple(paths))
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


def paths_for(
    folder: Path, stem: str, formats: Sequence[DocumentFormat]
) -> dict[DocumentFormat, Path]:
    """Name the files; what a file system refuses becomes a hyphen."""
    safe = "".join("-" if one in '<>:"/\\|?*' or ord(one) < 32 else one for one in stem)  # noqa: PLR2004  # controls
    short = safe.strip(". ")[:80].encode()[:_MOST_BYTES].decode(errors="ignore")
    return {fmt: folder / f"{short}.{fmt.value}" for fmt in formats}
