"""Inventory files as operations see them: rows of cells that know where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from secops.errors import InputError, Place
from secops.model.record import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One record as a file states it. A path that is absent was not stated; None: stated empty.

    References are text as it was written; everything else has its kind already.
    """

    kind: str
    cells: Mapping[str, Cell]
    place: Callable[[str], Place]  # of a cell by its path; of the row by ""
    id: str = ""
    revision: str = ""  # of the export that the row comes from; empty: no export of ours made it
    retire: bool = False  # marked for removal
    titles: Mapping[str, str] = field(default_factory=dict)  # what the file calls each path
    contacts: Mapping[str, Cell] = field(default_factory=dict)  # `a.person.mobile` of who is named
    adds: frozenset[str] = frozenset()  # kinds that may be added because the row names them


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that a reader decided and that people should see; `said` is a msgid."""

    where: Place
    said: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryFile:
    """What one file states, and every mistake in it."""

    path: Path
    format: str
    rows: tuple[FileRow, ...]
    notices: tuple[Notice, ...] = ()
    problems: tuple[InputError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All records of one kind, ready to be written: references are labels that lead back."""

    kind: str
    rows: Iterable[tuple[str, Mapping[str, Cell]]]  # id and cells


class WriteInventory(Protocol):
    """Writes one export."""

    def __call__(self, sheets: Iterable[Sheet], revision: str) -> bytes:
        """Give the file's bytes."""
