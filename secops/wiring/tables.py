"""Loads what law and standards say, once per process."""

from __future__ import annotations

from functools import cache

from secops.files.checklists import load_checklist
from secops.files.regulation import load_bands
from secops.files.rules import load_rules
from secops.judging.tables import Tables, tables
from secops.settings.data import data_folder


@cache
def load_tables() -> Tables:
    """Give the checklist in force, its rules and the bands, thresholds at their defaults."""
    folder = data_folder("checklists")
    return tables(
        load_checklist(folder / "gbt22239-2019"),
        load_rules(folder / "rules"),
        load_bands(folder / "regulation" / "conclusion-2025.yaml"),
    )
