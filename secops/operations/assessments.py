"""What the operations on assessments share: which one stands, what it asks, who answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.judging import (
    NoAssessmentError,
    NobodyError,
    NotATargetError,
    NotGradedError,
)
from secops.errors.platforms import ExpiredInheritanceError, InheritedItemError
from secops.errors.store import FrozenAssessmentError
from secops.judging.keeping import read_components, read_item_set
from secops.judging.scoring import asked_of
from secops.judging.tailoring import Asked, ItemSet
from secops.judging.traits import TraitShown, traits_of
from secops.model.answer import OfComponent, OfSystem, OfUnit
from secops.model.assessment import Assessed, Assessment
from secops.model.asset import Component
from secops.model.checklist import STANDARD, Item
from secops.model.common import NotApplicable
from secops.model.grades import Grades
from secops.model.ids import ItemId, PersonId, SystemId
from secops.model.platform_statement import Inherited
from secops.model.system import System
from secops.model.unit import Unit
from secops.operations.statements import inherited_by

_read_item_set = lru_cache(maxsize=64)(read_item_set)  # many systems share one set


@dataclass(frozen=True, slots=True)
class Series:
    """The revisions of one check: of whom, by which checklist, in which scope of it."""

    about: System | Unit
    pack: str = STANDARD
    scope: str = ""

    @property
    def subject(self) -> Assessed:
        """The subject that answers name."""
        one = self.about
        return OfSystem(one.id) if isinstance(one, System) else OfUnit(one.id)

    @property
    def name(self) -> str:
        """The subject's name."""
        return self.about.name

    @property
    def system(self) -> System | None:
        """The system, where it is about one."""
        return self.about if isinstance(self.about, System) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The assessment of a series that stands, and what it asks."""

    series: Series
    assessment: Assessment
    item_set: ItemSet
    components: tuple[Component, ...]  # in use, of any kind; of a frozen one as they stood
    inherited: Mapping[ItemId, Inherited] = field(default_factory=dict)  # from its platforms


def grades_of(system: System) -> Grades:
    """Give S and A; raises NotGradedError, NotATargetError."""
    if isinstance(system.grading.level, NotApplicable):
        raise NotATargetError(system=system.name, reason=system.grading.not_applicable)
    business, service = system.grading.business_information, system.grading.system_service
    if business is None or service is None:
        raise NotGradedError(system=system.name)
    return Grades(business_information=business, system_service=service)


def traits_shown(work: UnitOfWork, system: System) -> tuple[TraitShown, ...]:
    """Give the traits of a system as the inventory shows them."""
    return traits_of(system, work.units.get(system.ownership.operating_unit))


def components_of(work: UnitOfWork, system: System) -> tuple[Component, ...]:
    """Give the components of a system that are in use."""
    return in_use_of(work.components.find(system=system.id), system.id)


def in_use_of(components: Iterable[Component], system: SystemId) -> tuple[Component, ...]:
    """Choose those of a system that are in use."""
    return tuple(one for one in components if one.retired_on is None and system in one.systems)


def all_of(work: UnitOfWork, series: Series) -> tuple[Assessment, ...]:
    """Give every revision of a series, the oldest first."""
    return tuple(
        one
        for one in work.assessments.of(series.subject)
        if (one.pack, one.scope) == (series.pack, series.scope)
    )


def newest(work: UnitOfWork, series: Series, until: datetime | None = None) -> Assessment | None:
    """Give the newest revision; `until` hides what was started or frozen later."""
    shown = [
        _as_of(one, until)
        for one in all_of(work, series)
        if until is None or one.started_at <= until
    ]
    return max(shown, key=lambda one: one.revision, default=None)


def _as_of(assessment: Assessment, until: datetime | None) -> Assessment:
    frozen = assessment.frozen
    if frozen and until and frozen.at > until:
        return replace(assessment, frozen=None)
    return assessment


def item_set_of(blobs: Blobs, assessment: Assessment) -> ItemSet:
    """Give an assessment's own copy of what it asks."""
    return _read_item_set(blobs.get(assessment.item_set))


def opened(
    work: UnitOfWork,
    blobs: Blobs,
    series: Series,
    until: datetime | None = None,
    components: tuple[Component, ...] | None = None,
) -> Opened:
    """Open the newest assessment with its own copy of the item set; raises NoAssessmentError.

    A frozen one was asked of the components that stood then, whatever stands now; an open one is
    asked of those given, else of those that stand now.
    """
    assessment = newest(work, series, until)
    if assessment is None:
        raise NoAssessmentError(name=series.name, checklist=series.pack)
    system = series.system
    if system is None:
        components = ()
    elif assessment.frozen:
        components = read_components(blobs.get(assessment.frozen.state), system.id)
    elif components is None:
        components = components_of(work, system)
    return Opened(
        series=series,
        assessment=assessment,
        item_set=item_set_of(blobs, assessment),
        components=components,
        inherited=inherited_by(work, blobs, assessment.id, until),
    )


def subjects_of(item: Item, one: Opened) -> tuple[OfComponent, ...]:
    """Give the components that an item is asked of; none: the subject as a whole."""
    whole = one.series.subject
    if isinstance(whole, OfUnit):
        return ()
    return asked_of(item, whole.system, one.components)


def refuse_frozen(one: Opened) -> None:
    """Raise FrozenAssessmentError: a correction is a new revision."""
    if one.assessment.frozen:
        raise FrozenAssessmentError(no=str(one.assessment.no))


def refuse_expired(one: Opened, day: date) -> None:
    """Raise ExpiredInheritanceError: what is over cannot be frozen as if it held."""
    for inherited in one.inherited.values():
        statement = inherited.statement
        if statement.expired(day):
            raise ExpiredInheritanceError(
                name=one.series.name,
                platform=statement.platform.name,
                day=statement.valid_until.isoformat(),
            )


def refuse_inherited(one: Opened, asked: Asked) -> None:
    """Raise InheritedItemError: an answer that would not count is not taken."""
    inherited = one.inherited.get(asked.item.id)
    if inherited and inherited.whole:
        platform = inherited.statement.platform.name
        raise InheritedItemError(item=str(asked.at.clause), platform=platform)


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
