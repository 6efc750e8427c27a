"""填报表: a workbook that people fill in far away, and what stood in it when it was made.

What a form asks is one frozen value, written as a workbook and kept as the base of a later
three-way merge. A copy that comes back is never trusted for it: only what was typed counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, unique
from typing import NewType

from secops.model.actor import Actor
from secops.model.ids import AssessmentId, Digest, UnitId

FormId = NewType("FormId", str)


@unique
class FormPurpose(Enum):
    """What is done with the copies that come back."""

    ASSESSMENT = "assessment"
    KIT = "kit"


@unique
class EntryKind(Enum):
    """What may be typed in a column."""

    FIXED = "fixed"  # nothing: it is there to be read
    TEXT = "text"
    CHOICE = "choice"
    WHOLE = "whole"  # a whole number


Choices = tuple[tuple[str, str], ...]
"""Code and title of each line of a drop-down list; cells hold the code."""


@dataclass(frozen=True, slots=True)
class FormSubject:
    """What a form is about: an assessment, and of a kit the unit whose inventory it holds."""

    assessment: AssessmentId
    unit: UnitId | None = None

    @classmethod
    def parse(cls, text: str) -> FormSubject:
        """Read what `__str__` wrote."""
        kind, *ids = text.split(" ")
        if kind == FormPurpose.KIT.value:
            unit, assessment = ids
            return cls(AssessmentId(assessment), UnitId(unit))
        (assessment,) = ids
        return cls(AssessmentId(assessment))

    def __str__(self) -> str:
        if self.unit is None:
            return f"{FormPurpose.ASSESSMENT.value} {self.assessment}"
        return f"{FormPurpose.KIT.value} {self.unit} {self.assessment}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """One column. Of a `private` one the base keeps no value, only whether it was changed."""

    key: str
    title: str
    entry: EntryKind = EntryKind.FIXED
    width: int = 12
    needed: bool = False  # while empty it is marked
    quiet: bool = False  # help beside the question: small and grey
    private: bool = False
    choices: Choices = ()  # of rows that have none of their own; of text only offered


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One row; its id is unique in the form and the same in every form about the same thing."""

    id: str
    revision: str  # of what it is about, as it stood
    cells: Mapping[str, str]  # by the column's key; of a choice its code
    choices: Mapping[str, Choices] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()  # columns that this row does not ask for
    optional: bool = False  # nobody waits for it: it is neither counted nor marked while empty


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """One sheet. A row counts as done once one of the `counted` columns is filled."""

    key: str
    title: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    counted: tuple[str, ...] = ()
    spare: int = 0  # empty rows for what people add; 0: nothing can be added
    entries: tuple[FormColumn, ...] = field(init=False, repr=False, compare=False)
    """The columns that somebody fills in."""

    def __post_init__(self) -> None:
        entries = tuple(one for one in self.columns if one.entry is not EntryKind.FIXED)
        object.__setattr__(self, "entries", entries)

    @property
    def asked(self) -> tuple[FormRow, ...]:
        """The rows that somebody waits for."""
        return tuple(one for one in self.rows if not one.optional)

    @property
    def done(self) -> int:
        """How many of these are done."""
        return sum(any(row.cells.get(key) for key in self.counted) for row in self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The whole workbook: a first sheet that says how, then the sheets that are filled in."""

    id: FormId
    purpose: FormPurpose
    subject: FormSubject
    title: str
    facts: tuple[tuple[str, str], ...]  # what the first sheet says of it, by their titles
    guide: tuple[str, ...]  # how it is filled in, step by step
    sheets: tuple[FormSheet, ...]
    by: str = ""  # who is asked; whoever fills it in may write another name over it
    asks_post: bool = False  # the first sheet asks for their post too
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRecord:
    """That a form was made: a copy which no record tells of is of another workspace."""

    id: FormId
    no: int
    purpose: FormPurpose
    subject: FormSubject
    title: str
    made_at: datetime
    made_by: Actor
    base: Digest  # of what stood in it
    due: date | None = None
