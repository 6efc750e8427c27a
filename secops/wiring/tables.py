"""Loads what law and standards say, once per process."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from secops.errors import InFile, SecopsError
from secops.errors.checklists import FolderTakenError
from secops.files.cases import load_cases
from secops.files.checklists import EDITION, load_checklist, pack_of
from secops.files.regulation import load_bands
from secops.files.rules import load_rules
from secops.judging.tables import Tables, tables
from secops.model.checklist import Checklist
from secops.model.library import Library, Unread
from secops.settings.data import data_folder
from secops.wiring.today import SHANGHAI

OWN: Final = "checklists"
"""The folder of a workspace that holds its own checklists."""


@cache
def load_tables(workspace: Path | None = None) -> Tables:
    """Give all checklists, the rules and the bands, thresholds at their defaults.

    A workspace's own checklists stand beside those that come with the program.
    """
    folder = data_folder("checklists")
    items = load_library().items()  # rules and cases came with these, and are proved against them
    return tables(
        load_library(workspace),
        load_rules(folder / "rules", items),
        load_bands(folder / "regulation" / "conclusion-2025.yaml"),
        datetime.now(SHANGHAI).date(),
        load_cases(folder / "high-risk-2025", items),
    )


def load_library(workspace: Path | None = None) -> Library:
    """Give every edition that comes with the program, and a workspace's own."""
    own = load_own(workspace)
    return Library((*_built_in(), *own.checklists), own.unread)


@cache
def _built_in() -> tuple[Checklist, ...]:
    return tuple(load_checklist(one) for one in built_in_folders())


def load_own(workspace: Path | None) -> Library:
    """Give a workspace's own editions only.

    One that is not sound is left out, and said where its pack is asked for (ADR 15).
    """
    editions: list[Checklist] = []
    unread: list[Unread] = []
    for folder in own_folders(workspace):
        try:
            editions.append(load_own_edition(folder))
        except SecopsError as error:
            unread.append(Unread(folder=folder.name, pack=pack_of(folder), error=error))
    return Library(tuple(editions), tuple(unread))


def load_own_edition(folder: Path) -> Checklist:
    """Load one; raises FolderTakenError beside what is wrong in it."""
    if folder.name in {one.name for one in built_in_folders()}:
        raise FolderTakenError(name=folder.name, where=InFile(folder))
    return load_checklist(folder)


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
