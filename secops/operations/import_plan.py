"""What an import will do: shown as the preview, then carried out as it was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, unique

from secops.contracts.inventory_files import Notice
from secops.errors import InputError, Place
from secops.model.inventory import InventoryRecord
from secops.operations.inventory_base import Flat


@unique
class OnConflict(Enum):
    """What to do where file and workspace changed the same cell to different values."""

    REFUSE = "refuse"
    TAKE_FILE = "take_file"
    KEEP_NOW = "keep_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One cell before and after; references are said by name."""

    path: str
    before: Flat
    after: Flat


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One record that will be written."""

    kind: str
    no: int
    name: str
    is_new: bool
    retired: bool
    changes: tuple[CellChange, ...]  # none of a new record
    record: InventoryRecord
    within: str = ""  # of a new person or unit: the unit that it belongs to
    named_at: str = ""  # of one that no row states: the cell that names it


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One cell that file and workspace changed to different values since the export."""

    kind: str
    name: str
    path: str
    where: Place
    base: Flat
    file: Flat
    now: Flat


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """Everything at once: either all of it is written or nothing."""

    rows: tuple[PlannedRow, ...]
    conflicts: tuple[Conflict, ...]
    unchanged: int
    notices: tuple[Notice, ...]

    @property
    def added(self) -> Sequence[PlannedRow]:
        """The records that are new."""
        return [one for one in self.rows if one.is_new]

    @property
    def changed(self) -> Sequence[PlannedRow]:
        """The records that are there and will change, retired ones apart."""
        return [one for one in self.rows if not one.is_new and not one.retired]

    @property
    def retired(self) -> Sequence[PlannedRow]:
        """The records that a mark retires."""
        return [one for one in self.rows if one.retired]


class ConflictError(InputError):
    """A conflict that nobody decided; all three values are named."""

    code = "import.conflict"
    what = "{key!r}: exported {base!r}, in the file {found!r}, now {now!r}"
    mend = "decide with --take-file or --keep-now, or export anew"

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        super().__init__(
            where=conflict.where,
            key=conflict.path,
            base=str(conflict.base),
            found=str(conflict.file),
            now=str(conflict.now),
        )
