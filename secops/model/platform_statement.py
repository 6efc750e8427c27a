"""平台声明: what a shared platform's operator answers for its tenants; 继承: what they take over.

A statement is made of a frozen assessment and names it; it speaks of items that somebody answered,
and of no others. A tenant inherits item by item; its own persons answer nothing by that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, unique
from typing import NewType

from secops.model.actor import Actor
from secops.model.answer import Verdict
from secops.model.checklist import Clause, Duty
from secops.model.common import NotApplicable
from secops.model.grades import Grades
from secops.model.history import Head
from secops.model.ids import AssessmentId, Digest, ItemId, PersonId
from secops.model.key import KeyId

StatementId = NewType("StatementId", str)
InheritanceId = NewType("InheritanceId", str)

StatedValue = Verdict | NotApplicable
"""What a platform may say of an item; numbers and choices are about the tenant itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedItem:
    """One item as the platform's assessment has it."""

    item: ItemId
    clause: Clause  # at the platform's level
    value: StatedValue
    duty: Duty  # PLATFORM, or BOTH: the tenant has to answer its own half


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """Which platform speaks; its id tells it apart where two are called the same."""

    id: str
    name: str
    unit: str
    credit_code: str
    grades: Grades
    filing_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAssessment:
    """The frozen assessment that a statement is made of."""

    no: int
    revision: int
    pack: str
    edition: str
    item_set: Digest
    state: Digest
    frozen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformStatement:
    """What the operator of a platform states, until a day."""

    number: int  # of the workspace that made it: a newer one of the same platform is higher
    platform: Platform
    assessment: StatedAssessment
    items: tuple[StatedItem, ...]
    made_at: datetime
    made_by: str  # name of the person who states it
    means: str  # how that was known where it was made
    valid_until: date
    head: Head  # of the history that it was made in

    @property
    def order(self) -> tuple[int, int]:
        """What puts the statements of one platform in order; never a clock."""
        return self.assessment.revision, self.number

    def expired(self, day: date) -> bool:
        """Whether its last day is over."""
        return day > self.valid_until

    def of(self, item: ItemId) -> StatedItem | None:
        """Give what it says of an item."""
        return next((one for one in self.items if one.item == item), None)


@unique
class StatementOrigin(Enum):
    """How a statement came here."""

    MADE = "made"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord:
    """That a statement is kept: its bytes by digest, and the signed file that it came in."""

    id: StatementId
    no: int
    platform: str  # the platform's id
    unit: str  # its operator's name: two units never speak for one platform
    origin: StatementOrigin
    digest: Digest  # of the stored bytes
    envelope: Digest | None  # of the signed file; None: made here and never signed
    key: KeyId | None
    valid_until: date
    kept_at: datetime
    kept_by: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A statement with its record."""

    record: StatementRecord
    statement: PlatformStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class Inheritance:
    """Who answers one item of one assessment, by which statement; append-only."""

    id: InheritanceId
    assessment: AssessmentId
    item: ItemId
    revision: int
    duty: Duty  # TENANT: given back, nothing is inherited any more
    statement: Digest
    taken_by: PersonId  # who decided so
    recorded_by: Actor
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherited:
    """What an item takes over: the statement, what it says, and who took it over."""

    inheritance: Inheritance
    statement: PlatformStatement
    stated: StatedItem

    @property
    def whole(self) -> bool:
        """Whether the platform answers alone; else the worse of the two halves counts."""
        return self.inheritance.duty is Duty.PLATFORM


@unique
class PlatformTrouble(Enum):
    """What is wrong between a tenant and its platform."""

    LOWER = "lower"
    EXPIRED = "expired"
    WORSE = "worse"
    DROPPED = "dropped"
    OUTDATED = "outdated"
    MISSING = "missing"
