"""What a copy of a form holds when it comes back: text as it was typed, with its places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from secops.errors import InputError, Place
from secops.model.form import FormId


class FilledRow(NamedTuple):  # like a frozen dataclass, made in a third of the time
    """One row; its cells are the entries by their column's key, empty ones too."""

    id: str  # empty: somebody added the row
    revision: str
    cells: Mapping[str, str]
    place: Callable[[str], Place]  # of a cell by its key; of the row by ""
    problems: tuple[InputError, ...] = ()  # cells that hold no value, such as formulas


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledSheet:
    """One sheet, whatever it is called now."""

    key: str
    columns: frozenset[str]  # the keys of its entry columns
    rows: tuple[FilledRow, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """One copy, and what is wrong with it as a file."""

    path: Path
    form: FormId
    by: str  # whom the first sheet names: declared, no more
    by_place: Place
    post: str  # the post that it names beside; empty: it names none
    sheets: tuple[FilledSheet, ...]
    problems: tuple[InputError, ...] = ()
