"""What taking over sheets of answers will do: shown as the preview, carried out as shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from secops.errors import SecopsError
from secops.judging.form_check import Spelled
from secops.judging.form_merge import Claim, MergedCell, MergedRow, Preference
from secops.judging.tailoring import Asked
from secops.model.unit import Person
from secops.operations.answer_item import Answered, Reply
from secops.operations.assessments import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """How an import decides what it cannot know by itself."""

    spelled: Spelled
    prefer: Preference = field(default_factory=Preference)
    by: Person | None = None  # who states it all; None: whom each first sheet names
    only: tuple[str, ...] = ()  # items or clauses; none: all
    unconflicted: bool = False  # take the rest where something is wrong or undecided
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySeen:
    """One file, and who is said to have filled it in."""

    path: Path
    form: int
    title: str
    by: str
    missing: int  # rows of the form that the file no longer has


class RowSeen(NamedTuple):  # like a frozen dataclass, made in a third of the time
    """One row that some copy changes, and what it is about."""

    series: Series
    asked: Asked
    component: str  # its name; empty: the subject as a whole
    row: MergedRow

    @property
    def said(self) -> str:
        """Name it as people know it."""
        return f"{self.asked.at.clause} {self.component}".strip()

    def shown(self, cell: MergedCell, code: str) -> str:
        """Say what stands in a cell as the form shows it."""
        choices = self.row.base.choices.get(cell.column.key, cell.column.choices)
        return dict(choices).get(code, code)


class PlannedAnswer(NamedTuple):  # as RowSeen
    """One answer that will be recorded."""

    about: RowSeen
    reply: Reply
    by: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedConflict:
    """One cell that nobody decided."""

    about: RowSeen
    cell: MergedCell

    def claimed(self, claim: Claim) -> str:
        """Say what one copy says, where and by whom."""
        return f"{claim.place} {claim.by}: {self.about.shown(self.cell, claim.value) or '-'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPlan:
    """Everything at once: all of it is recorded, or what is whole, or nothing."""

    copies: tuple[CopySeen, ...]
    answers: tuple[PlannedAnswer, ...]
    conflicts: tuple[PlannedConflict, ...]
    refused: tuple[SecopsError, ...]
    recorded: Answered = field(default_factory=lambda: Answered(answers=(), findings=()))

    @property
    def whole(self) -> bool:
        """Nothing is left out."""
        return not (self.conflicts or self.refused)
