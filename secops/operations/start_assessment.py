"""Begin to assess: choose the items by grades and traits, and keep a copy of the choice."""

from __future__ import annotations

from dataclasses import dataclass

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.judging import AssessmentOpenError, OtherSubjectError
from secops.errors.sync import ByStageError
from secops.judging.gates import GATES
from secops.judging.hazards import with_cases
from secops.judging.keeping import item_set_bytes
from secops.judging.tailoring import ItemSet, tailor
from secops.judging.traits import TraitShown
from secops.model.assessment import Assessment, AssessmentKind
from secops.model.case import CaseBook
from secops.model.checklist import AboutKind, Checklist
from secops.model.common import SecurityLevel
from secops.model.evidence import digest_of
from secops.model.grades import Grades
from secops.model.ids import AssessmentId
from secops.model.system import System
from secops.model.unit import Unit
from secops.operations.assessments import Series, grades_of, newest, traits_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Of whom, by which edition, in which cycle."""

    about: System | Unit
    checklist: Checklist
    cycle: str = ""
    kind: AssessmentKind = AssessmentKind.SELF
    scope: str = ""
    grades: Grades | None = None  # None: those of the system, where the checklist asks for any
    guide: CaseBook | None = None  # asked besides, where it is about this checklist

    @property
    def series(self) -> Series:
        """The series that the new assessment is a revision of."""
        return Series(self.about, self.checklist.pack, self.scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The new assessment, what it asks, and the traits that were seen."""

    assessment: Assessment
    item_set: ItemSet
    traits: tuple[TraitShown, ...]


def choose(work: UnitOfWork, beginning: Beginning) -> tuple[ItemSet, tuple[TraitShown, ...]]:
    """Give the items that would be asked.

    Raises OtherSubjectError, NotGradedError, NotATargetError, LevelNotCoveredError.
    """
    about, checklist = beginning.about, beginning.checklist
    is_system = isinstance(about, System)
    if is_system is not (checklist.about is AboutKind.SYSTEM):
        raise OtherSubjectError(name=about.name, checklist=checklist.pack)
    if not isinstance(about, System):
        return tailor(checklist, None, (), beginning.scope), ()
    grades = beginning.grades
    if grades is None and (checklist.levels or isinstance(about.grading.level, SecurityLevel)):
        grades = grades_of(about)
    shown = traits_shown(work, about)
    traits = tuple(one.trait for one in shown)
    chosen, guide = tailor(checklist, grades, traits, beginning.scope), beginning.guide
    if guide and guide.about == checklist.pack:
        chosen = with_cases(chosen, guide)
    return chosen, shown


def start_assessment(work: UnitOfWork, blobs: Blobs, acting: Acting, beginning: Beginning) -> Begun:
    """Start; the item set is kept, so that it stays what it was when the checklist changes.

    Raises AssessmentOpenError, ByStageError, and as `choose`.
    """
    if beginning.checklist.pack == GATES and not beginning.scope:
        raise ByStageError(checklist=GATES)
    item_set, traits = choose(work, beginning)
    series = beginning.series
    before = newest(work, series)
    if before and not before.frozen:
        raise AssessmentOpenError(name=series.name, revision=str(before.revision))
    content = item_set_bytes(item_set)
    assessment = Assessment(
        id=AssessmentId(acting.new_id()),
        no=work.assessments.next_no(),
        subject=series.subject,
        kind=beginning.kind,
        pack=series.pack,
        scope=series.scope,
        grades=item_set.grades,
        item_set=digest_of(content),
        revision=before.revision + 1 if before else 1,
        started_at=acting.now(),
        started_by=acting.actor,
        cycle=beginning.cycle,
    )
    blobs.put(content)
    work.assessments.put(acting.actor, assessment)
    return Begun(assessment=assessment, item_set=item_set, traits=traits)
