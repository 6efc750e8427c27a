"""Loads what law and standards say, once per process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Final

from secops.errors import InFile, SecopsError
from secops.errors.checklists import FolderTakenError
from secops.files.folder_content import EDITION, digest_of_folder
from secops.files.value_cache import kept_or_made
from secops.judging.tables import RuleTable, Tables, tables
from secops.model.case import CaseBook
from secops.model.checklist import Checklist
from secops.model.library import Library, Unread
from secops.model.score import Bands
from secops.settings.data import cache_folder, data_folder
from secops.wiring.today import SHANGHAI

OWN: Final = "checklists"
"""The folder of a workspace that holds its own checklists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltIn:
    """What comes with the program: it fits together, and is proved to when it is read."""

    checklists: tuple[Checklist, ...]
    rules: RuleTable
    bands: Bands
    guide: CaseBook


@cache
def load_tables(workspace: Path | None = None) -> Tables:
    """Give all checklists, the rules and the bands, thresholds at their defaults.

    A workspace's own checklists stand beside those that come with the program.
    """
    ours = built_in()
    today = datetime.now(SHANGHAI).date()
    return tables(load_library(workspace), ours.rules, ours.bands, today, ours.guide)


def load_library(workspace: Path | None = None) -> Library:
    """Give every edition that comes with the program, and a workspace's own."""
    supplied, own = built_in().checklists, load_own(workspace)
    packs = {one.pack for one in supplied}
    marked = (
        replace(one, stands_in=one.folder) if one.pack in packs else one for one in own.checklists
    )
    return Library((*supplied, *marked), own.unread)


@cache
def built_in() -> BuiltIn:
    """Give what comes with the program: as it was kept, or read."""
    folder = data_folder("checklists")
    return kept_or_made(cache_folder(), BuiltIn, partial(digest_of_folder, folder), read_built_in)


def read_built_in() -> BuiltIn:
    """Read what comes with the program; raises what is wrong in it."""
    from secops.files.cases import load_cases  # noqa: PLC0415  # what was kept needs no YAML
    from secops.files.regulation import load_bands  # noqa: PLC0415  # as above
    from secops.files.rules import load_rules  # noqa: PLC0415  # as above

    folder = data_folder("checklists")
    checklists = tuple(read_edition(one) for one in built_in_folders())
    items = Library(checklists).items()
    return BuiltIn(
        checklists=checklists,
        rules=load_rules(folder / "rules", items),
        bands=load_bands(folder / "regulation" / "conclusion-2025.yaml"),
        guide=load_cases(folder / "high-risk-2025", items),
    )


def load_own(workspace: Path | None) -> Library:
    """Give a workspace's own editions only.

    One that is not sound is left out, and said where its pack is asked for (ADR 15).
    """
    editions: list[Checklist] = []
    unread: list[Unread] = []
    for folder in own_folders(workspace):
        try:
            editions.append(_own_edition(folder))
        except SecopsError as error:
            from secops.files.checklists import pack_of  # noqa: PLC0415  # as in `read_built_in`

            unread.append(Unread(folder=folder.name, pack=pack_of(folder), error=error))
    return Library(tuple(editions), tuple(unread))


def read_own_edition(folder: Path) -> Checklist:
    """Read one; raises FolderTakenError beside what is wrong in it."""
    if folder.name in {one.name for one in built_in_folders()}:
        raise FolderTakenError(name=folder.name, where=InFile(folder))
    return read_edition(folder)


def read_edition(folder: Path) -> Checklist:
    """Read one edition; raises what is wrong in it."""
    from secops.files.checklists import load_checklist  # noqa: PLC0415  # as in `read_built_in`

    return load_checklist(folder)


def _own_edition(folder: Path) -> Checklist:
    def named() -> str:
        return f"{folder.name} {digest_of_folder(folder)}"

    return kept_or_made(cache_folder(), Checklist, named, partial(read_own_edition, folder))


def built_in_folders() -> tuple[Path, ...]:
    """Give the folders that come with the program and hold an edition."""
    heads = data_folder("checklists").glob(f"*/{EDITION}.yaml")
    return tuple(head.parent for head in sorted(heads))


def own_folders(workspace: Path | None) -> tuple[Path, ...]:
    """Give the folders of a workspace's `checklists`; each is meant to be an edition."""
    root = workspace / OWN if workspace else None
    if root is None or not root.is_dir():
        return ()
    return tuple(one for one in sorted(root.iterdir()) if one.is_dir())
