"""What the operations on assessments share: which one stands, what it asks, who answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.judging import (
    NoAssessmentError,
    NobodyError,
    NotATargetError,
    NotGradedError,
)
from secops.errors.store import FrozenAssessmentError
from secops.judging.keeping import read_components, read_item_set
from secops.judging.tailoring import Grades, ItemSet
from secops.model.assessment import Assessment
from secops.model.asset import Component
from secops.model.common import NotApplicable
from secops.model.ids import PersonId, SystemId
from secops.model.system import System

_read_item_set = lru_cache(maxsize=64)(read_item_set)  # many systems share one set


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A system, the assessment of it that stands, and what that asks."""

    system: System
    assessment: Assessment
    item_set: ItemSet
    components: tuple[Component, ...]  # in use, of any kind; of a frozen one as they stood


def grades_of(system: System) -> Grades:
    """Give S and A; raises NotGradedError, NotATargetError."""
    if isinstance(system.grading.level, NotApplicable):
        raise NotATargetError(system=system.name, reason=system.grading.not_applicable)
    business, service = system.grading.business_information, system.grading.system_service
    if business is None or service is None:
        raise NotGradedError(system=system.name)
    return Grades(business_information=business, system_service=service)


def components_of(work: UnitOfWork, system: System) -> tuple[Component, ...]:
    """Give the components of a system that are in use."""
    return in_use_of(work.components.find(system=system.id), system.id)


def in_use_of(components: Iterable[Component], system: SystemId) -> tuple[Component, ...]:
    """Choose those of a system that are in use."""
    return tuple(one for one in components if one.retired_on is None and system in one.systems)


def newest(work: UnitOfWork, system: System, until: datetime | None = None) -> Assessment | None:
    """Give the newest revision; `until` hides what was started or frozen later."""
    shown = [
        _as_of(one, until)
        for one in work.assessments.of_system(system.id)
        if until is None or one.started_at <= until
    ]
    return max(shown, key=lambda one: one.revision, default=None)


def _as_of(assessment: Assessment, until: datetime | None) -> Assessment:
    frozen = assessment.frozen
    if frozen and until and frozen.at > until:
        return replace(assessment, frozen=None)
    return assessment


def opened(
    work: UnitOfWork,
    blobs: Blobs,
    system: System,
    until: datetime | None = None,
    components: tuple[Component, ...] | None = None,
) -> Opened:
    """Open the newest assessment with its own copy of the item set; raises NoAssessmentError.

    A frozen one was asked of the components that stood then, whatever stands now; an open one is
    asked of those given, else of those that stand now.
    """
    assessment = newest(work, system, until)
    if assessment is None:
        raise NoAssessmentError(system=system.name)
    if assessment.frozen:
        components = read_components(blobs.get(assessment.frozen.state), system.id)
    elif components is None:
        components = components_of(work, system)
    return Opened(
        system=system,
        assessment=assessment,
        item_set=_read_item_set(blobs.get(assessment.item_set)),
        components=components,
    )


def refuse_frozen(one: Opened) -> None:
    """Raise FrozenAssessmentError: a correction is a new revision."""
    if one.assessment.frozen:
        raise FrozenAssessmentError(no=str(one.assessment.no))


def who(acting: Acting, by: PersonId | None = None) -> PersonId:
    """Give the person who states it: the one named, else the one who acts."""
    person = by or acting.actor.person
    if person is None:
        raise NobodyError
    return person


def near(wanted: str, names: Sequence[str]) -> str:
    """Name a few that look alike, for an error's mend."""
    from difflib import get_close_matches  # noqa: PLC0415  # only when somebody mistyped

    return ", ".join(get_close_matches(wanted, names, 3, 0.6)) or "-"
