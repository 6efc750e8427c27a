"""Begin to assess a system: choose the items by its grades and keep a copy of the choice."""

from __future__ import annotations

from dataclasses import dataclass

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.judging import AssessmentOpenError
from secops.judging.keeping import item_set_bytes
from secops.judging.tables import Tables
from secops.judging.tailoring import Grades, ItemSet, tailor
from secops.model.assessment import Assessment, AssessmentKind
from secops.model.checklist import Attribute
from secops.model.common import SecurityLevel
from secops.model.evidence import digest_of
from secops.model.ids import AssessmentId
from secops.model.system import System
from secops.operations.assessments import grades_of, newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The new assessment and what it asks."""

    assessment: Assessment
    item_set: ItemSet


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Why so many items: those of one attribute, at the level that decides for it."""

    attribute: Attribute
    level: SecurityLevel
    items: int


def choices_of(item_set: ItemSet) -> tuple[Choice, ...]:
    """Explain an item set."""
    return tuple(
        Choice(attribute=one, level=item_set.grades.deciding(one), items=_count(item_set, one))
        for one in Attribute
    )


def _count(item_set: ItemSet, attribute: Attribute) -> int:
    return sum(one.at.attribute is attribute for one in item_set.asked)


def choose(work: UnitOfWork, system: System, tables: Tables) -> tuple[Grades, ItemSet, int]:
    """Give grades, items and revision of the assessment that would be started.

    Raises NotGradedError, NotATargetError, LevelNotCoveredError, AssessmentOpenError.
    """
    grades = grades_of(system)
    before = newest(work, system)
    if before and not before.frozen:
        raise AssessmentOpenError(system=system.name, revision=str(before.revision))
    return grades, tailor(tables.checklist, grades), before.revision + 1 if before else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Of what, by which tables, in which cycle."""

    system: System
    tables: Tables
    cycle: str = ""
    kind: AssessmentKind = AssessmentKind.SELF


def start_assessment(work: UnitOfWork, blobs: Blobs, acting: Acting, beginning: Beginning) -> Begun:
    """Start; the item set is kept, so that it stays what it was when the checklist changes."""
    system = beginning.system
    grades, item_set, revision = choose(work, system, beginning.tables)
    content = item_set_bytes(item_set)
    assessment = Assessment(
        id=AssessmentId(acting.new_id()),
        no=work.assessments.next_no(),
        system=system.id,
        kind=beginning.kind,
        business_information=grades.business_information,
        system_service=grades.system_service,
        item_set=digest_of(content),
        revision=revision,
        started_at=acting.now(),
        started_by=acting.actor,
        cycle=beginning.cycle,
    )
    blobs.put(content)
    work.assessments.put(acting.actor, assessment)
    return Begun(assessment=assessment, item_set=item_set)
