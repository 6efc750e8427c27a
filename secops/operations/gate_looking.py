"""One gate of the three synchronies as it stands on a day; nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from secops.contracts.store import Blobs, UnitOfWork
from secops.errors.judging import NotATargetError
from secops.errors.sync import LevelSettledError, LevelUnknownError, UnknownStageError
from secops.judging.gates import ONGOING, GateItem, gate_state, judge_items
from secops.judging.scoring import current
from secops.judging.tailoring import ItemSet
from secops.model.answer import Answer, OfSystem
from secops.model.assessment import Assessment, AssessmentKind
from secops.model.checklist import Checklist, Domain
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.gate import PASSED, GateState, LevelOrigin
from secops.model.grades import Grades
from secops.model.ids import ItemId
from secops.model.system import System
from secops.model.waiver import Waiver
from secops.operations.assessments import Series, item_set_of, near, newest
from secops.operations.start_assessment import Beginning, choose


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which gate of which system; the level only where the system has none."""

    system: System
    stage: Domain
    checklist: Checklist
    level: SecurityLevel | None = None

    @property
    def series(self) -> Series:
        """The revisions of this gate."""
        return Series(self.system, self.checklist.pack, self.stage.code)


@dataclass(frozen=True, slots=True)
class When:
    """The civil day that is looked at, and what hides later records; None: nothing is hidden."""

    day: date
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What a gate asks, what is there, and how it stands."""

    place: Place
    when: When
    assessment: Assessment | None
    item_set: ItemSet
    origin: LevelOrigin
    items: tuple[GateItem, ...]
    state: GateState
    earlier: tuple[tuple[Domain, GateState], ...]  # stages before it whose gates are not passed
    level_now: SecurityLevel | None  # what would be asked today

    @property
    def level(self) -> SecurityLevel | None:
        """The level that it asks at."""
        return self.item_set.grades.level if self.item_set.grades else None

    @property
    def blocking(self) -> tuple[GateItem, ...]:
        """The open mandatory items."""
        return tuple(one for one in self.items if one.blocks)


def find_stage(checklist: Checklist, text: str) -> Domain:
    """Find a stage by code or title; raises UnknownStageError with near ones."""
    wanted = text.strip().casefold()
    names = {name.casefold(): one for one in checklist.domains for name in (one.code, one.title)}
    if wanted not in names:
        choices = ", ".join(f"{one.code} {one.title}" for one in checklist.domains)
        raise UnknownStageError(stage=text, choices=choices, near=near(wanted, [*names]))
    return names[wanted]


def is_graded(system: System) -> bool:
    """Whether S and A are more than preliminary: a day, a report or a filing stands behind them."""
    grading, filing = system.grading, system.filing
    behind = grading.graded_on or grading.report_written or filing.number or filing.certified_on
    return isinstance(grading.level, SecurityLevel) and bool(behind)


def grades_for(system: System, stated: SecurityLevel | None) -> tuple[Grades, LevelOrigin]:
    """Give the grades to ask by; raises NotATarget-, LevelSettled- and LevelUnknownError."""
    grading = system.grading
    if isinstance(grading.level, NotApplicable):
        raise NotATargetError(system=system.name, reason=grading.not_applicable)
    known = [one for one in (grading.business_information, grading.system_service) if one]
    settled = is_graded(system)
    if settled and stated not in (None, grading.level):
        level, wanted = str(int(max(known))), str(int(stated or 0))
        raise LevelSettledError(system=system.name, level=level, wanted=wanted)
    if stated and not settled:
        return _same(stated), LevelOrigin.STATED
    if len(known) > 1:
        grades = Grades(business_information=known[0], system_service=known[1])
        return grades, LevelOrigin.GRADED if settled else LevelOrigin.PRELIMINARY
    if known:
        return _same(known[0]), LevelOrigin.PRELIMINARY
    if system.filing.level:
        return _same(system.filing.level), LevelOrigin.FILED
    raise LevelUnknownError(system=system.name)


def _same(level: SecurityLevel) -> Grades:
    return Grades(business_information=level, system_service=level)


def beginning_of(place: Place) -> Beginning:
    """Say what would be begun today."""
    grades, _ = grades_for(place.system, place.level)
    return Beginning(
        about=place.system,
        checklist=place.checklist,
        kind=AssessmentKind.GATE,
        scope=place.stage.code,
        grades=grades,
    )


def look(work: UnitOfWork, blobs: Blobs, place: Place, when: When) -> Gate:
    """Look at a gate; raises as `grades_for` where nobody has begun it."""
    assessment = newest(work, place.series, when.until)
    said: Mapping[ItemId, Answer] = {}
    if assessment is None:
        beginning = beginning_of(place)
        item_set, _ = choose(work, beginning)
        origin = grades_for(place.system, place.level)[1]
    else:
        item_set = item_set_of(blobs, assessment)
        said = said_in(work, assessment, when.until)
        origin = LevelOrigin.KEPT
    items = judge_items(item_set.asked, said, waivers_of(work, place.system, when), when.day)
    frozen = bool(assessment and assessment.frozen)
    return Gate(
        place=place,
        when=when,
        assessment=assessment,
        item_set=item_set,
        origin=origin,
        items=items,
        state=gate_state(items, begun=assessment is not None, frozen=frozen),
        earlier=tuple(_earlier(work, blobs, place, when)),
        level_now=_level_now(place.system),
    )


def said_in(
    work: UnitOfWork, assessment: Assessment, until: datetime | None
) -> dict[ItemId, Answer]:
    """Give the answers that stand, by item: a gate is answered for the system as a whole."""
    said = current(work.answers.of(assessment.id), until)
    return {item: one for (item, about), one in said.items() if isinstance(about, OfSystem)}


def waivers_of(work: UnitOfWork, system: System, when: When) -> tuple[Waiver, ...]:
    """Give the waivers that were granted by then."""
    return tuple(
        one
        for one in work.waivers.find(system=system.id)
        if when.until is None or one.granted_at <= when.until
    )


def state_of(
    work: UnitOfWork, blobs: Blobs, place: Place, when: When, asked: Collection[str]
) -> GateState:
    """Say how one gate stands; `asked`: the stages of the system at which anything is asked."""
    assessment = newest(work, place.series, when.until)
    if assessment is None:
        return unbegun(place.stage, asked)
    said = said_in(work, assessment, when.until)
    asks = item_set_of(blobs, assessment).asked
    items = judge_items(asks, said, waivers_of(work, place.system, when), when.day)
    return gate_state(items, begun=True, frozen=bool(assessment.frozen))


def unbegun(stage: Domain, asked: Collection[str]) -> GateState:
    """Say how a gate stands that nobody has begun."""
    return GateState.NOT_BEGUN if stage.code in asked else GateState.NOT_ASKED


def stages_asked(work: UnitOfWork, place: Place) -> frozenset[str]:
    """Give the stages at which anything is asked; of a system without a level rather all."""
    try:
        item_set, _ = choose(work, replace(beginning_of(place), scope=""))
    except (LevelUnknownError, NotATargetError):
        return frozenset(one.code for one in place.checklist.domains)
    return frozenset(one.item.domain.code for one in item_set.asked)


def _earlier(
    work: UnitOfWork, blobs: Blobs, place: Place, when: When
) -> Iterable[tuple[Domain, GateState]]:
    """Give the stages before this one whose gates are not passed; no stage waits for ongoing ones.

    They are said, never demanded: a gate does not need those before it.
    """
    fine = (*PASSED, GateState.NOT_ASKED)
    asked = stages_asked(work, place)
    for stage in place.checklist.domains:
        if stage.code == place.stage.code:
            return
        if stage.code in ONGOING:
            continue
        state = state_of(work, blobs, replace(place, stage=stage), when, asked)
        if state not in fine:
            yield stage, state


def _level_now(system: System) -> SecurityLevel | None:
    try:
        return grades_for(system, None)[0].level
    except (LevelUnknownError, NotATargetError):
        return None
