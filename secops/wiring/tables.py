"""Loads what law and standards say, once per process."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from secops.files.cases import load_cases
from secops.files.checklists import EDITION, load_checklist
from secops.files.regulation import load_bands
from secops.files.rules import load_rules
from secops.judging.tables import Tables, tables
from secops.model.library import Library
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
    library = load_library(workspace)
    return tables(
        library,
        load_rules(folder / "rules"),
        load_bands(folder / "regulation" / "conclusion-2025.yaml"),
        datetime.now(SHANGHAI).date(),
        load_cases(folder / "high-risk-2025", library.items()),
    )


def load_library(workspace: Path | None = None) -> Library:
    """Give every checklist folder that comes with the program, and a workspace's own."""
    return Library(tuple(load_checklist(one) for one in checklist_folders(workspace)))


def checklist_folders(workspace: Path | None = None) -> tuple[Path, ...]:
    """Give the folders that hold an edition."""
    roots = [data_folder("checklists"), *([workspace / OWN] if workspace else [])]
    return tuple(head.parent for root in roots for head in sorted(root.glob(f"*/{EDITION}.yaml")))
