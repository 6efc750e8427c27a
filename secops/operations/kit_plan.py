"""What merging kits does, unit by unit: shown as the preview, carried out as shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from secops.errors import SecopsError
from secops.errors.kits import KitConflictError
from secops.judging.form_check import Spelled
from secops.judging.form_merge import MergedCell, MergedRow, Preference
from secops.model.ids import UnitId
from secops.model.inventory import InventoryRecord
from secops.model.kit import KitState
from secops.model.unit import Person, Unit
from secops.operations.assessments import Opened
from secops.operations.form_plan import PlannedAnswer
from secops.operations.kit_records import Telling

HIDDEN: Final = "…"
"""Stands for contact data, which is never shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """How a merge decides what it cannot know by itself."""

    spelled: Spelled
    telling: Telling
    prefer: Preference = field(default_factory=Preference)
    unconflicted: bool = False  # take the rest where something is wrong or undecided
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRun:
    """What the merge of many kits shares."""

    merging: Merging
    day: date
    units: frozenset[UnitId] = frozenset()  # none: whatever the files are about
    departments: tuple[Unit, ...] = ()  # of every unit


@dataclass(frozen=True, slots=True, kw_only=True)
class CellMoved:
    """One cell before and after, as people know it."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """One record that is added or changed."""

    kind: str
    record: InventoryRecord
    name: str
    is_new: bool
    cells: tuple[CellMoved, ...]
    by: str  # who is said to have stated it
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class KitConflict:
    """One cell that nobody decided."""

    row: MergedRow
    cell: MergedCell
    name: str  # what the row is about

    def said(self, code: str) -> str:
        """Say what stands in the cell as the workbook shows it."""
        if self.cell.column.private:
            return HIDDEN
        key, column = self.cell.column.key, self.cell.column
        return dict(self.row.base.choices.get(key, column.choices)).get(code, code) or "-"

    @property
    def claims(self) -> Sequence[str]:
        """Say what each copy says, where and by whom."""
        return [f"{one.place} {one.by}: {self.said(one.value)}" for one in self.cell.claims]

    @property
    def error(self) -> KitConflictError:
        """Say it as what is wrong."""
        return KitConflictError(
            where=self.cell.claims[0].place,
            name=self.name,
            key=self.cell.column.title,
            base=self.said(self.cell.base),
            now=self.said(self.cell.now),
            claims="; ".join(self.claims),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KitSeen:
    """One file, and who is said to have filled it in."""

    path: Path
    form: int
    by: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMerge:
    """One line of the table: one unit, all its copies."""

    unit: Unit
    state: KitState
    answered: int = 0  # items, after it
    asked: int = 0
    copies: tuple[KitSeen, ...] = ()
    changes: tuple[RecordChange, ...] = ()
    answers: tuple[PlannedAnswer, ...] = ()
    conflicts: tuple[KitConflict, ...] = ()
    refused: tuple[SecopsError, ...] = ()
    opened: Opened | None = None
    persons: Mapping[Path, Person] = field(default_factory=dict)  # who states what a file says

    @property
    def taken(self) -> bool:
        """Whether anything of it is taken over."""
        return self.state is KitState.TAKEN

    @property
    def failed(self) -> bool:
        """Whether something of it was left out."""
        return bool(self.conflicts or self.refused)

    def count(self, *kinds: str, new: bool | None = None) -> int:
        """Count changes of these kinds, only the new ones or only the others."""
        return sum(one.kind in kinds and new in (None, one.is_new) for one in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRefused:
    """One file of which nobody can say whose it is."""

    path: Path
    error: SecopsError


@dataclass(frozen=True, slots=True, kw_only=True)
class KitTable:
    """The whole table."""

    units: tuple[UnitMerge, ...]
    files: tuple[FileRefused, ...]

    @property
    def returned(self) -> Sequence[UnitMerge]:
        """The units of which a file was read now."""
        return [one for one in self.units if one.state not in (KitState.EARLIER, KitState.MISSING)]

    @property
    def failed(self) -> int:
        """How many units and files have something left out."""
        return len(self.files) + sum(one.failed for one in self.units)
