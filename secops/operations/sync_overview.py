"""Systems and gates: how each stands, and the share of new systems that passed (target 100 %)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from secops.contracts.store import Blobs, UnitOfWork
from secops.judging.gates import REACHED
from secops.model.answer import Measure, OfSystem
from secops.model.assessment import Assessed
from secops.model.checklist import Checklist, Domain
from secops.model.gate import GateState
from secops.model.system import LifecycleStage, System
from secops.operations.gate_looking import Place, When, stages_asked, state_of, unbegun

_NEW_STAGES = (LifecycleStage.PLANNING, LifecycleStage.BUILDING)
_UNTOUCHED = (GateState.NOT_ASKED, GateState.NOT_BEGUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLine:
    """One gate of one system; due: the system has come that far, or somebody has begun it."""

    stage: Domain
    state: GateState
    due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemLine:
    """One system with its gates, in the order of the stages."""

    system: System
    new: bool  # in planning or building, or in use since the cycle's start
    gates: tuple[GateLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageShare:
    """Of the new systems for which a gate is due, how many passed; with a waiver counts apart."""

    stage: Domain
    due: int
    passed: int
    with_waiver: int
    reopened: int

    @property
    def share(self) -> Measure:
        """Passed without a waiver, of all that are due; the target is all of them."""
        return Measure(n=self.passed, of=self.due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All systems in use, and the shares of the new ones."""

    since: date
    systems: tuple[SystemLine, ...]
    shares: tuple[StageShare, ...]

    @property
    def new(self) -> int:
        """How many systems are new."""
        return sum(one.new for one in self.systems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlooking:
    """By which checklist, on which day, and since when a system counts as new."""

    checklist: Checklist
    when: When
    since: date


def sync_overview(
    work: UnitOfWork, blobs: Blobs, systems: Iterable[System], how: Overlooking
) -> Overview:
    """Look at every gate of the systems in use."""
    day, pack = how.when.day, how.checklist.pack
    begun = {(one.subject, one.scope) for one in work.assessments.all() if one.pack == pack}
    used = (one for one in systems if one.retired_on is None or one.retired_on > day)
    lines = tuple(
        SystemLine(
            system=one,
            new=_is_new(one, how),
            gates=tuple(_gates(work, blobs, one, (how, begun))),
        )
        for one in used
    )
    new = [one for one in lines if one.new]
    stages = how.checklist.domains
    return Overview(
        since=how.since,
        systems=lines,
        shares=tuple(
            _share(stage, [one.gates[n] for one in new]) for n, stage in enumerate(stages)
        ),
    )


def _is_new(system: System, how: Overlooking) -> bool:
    begun = system.business.in_use_since
    recent = begun is not None and how.since <= begun <= how.when.day
    return system.stage in _NEW_STAGES or recent


def _gates(
    work: UnitOfWork,
    blobs: Blobs,
    system: System,
    how_and_begun: tuple[Overlooking, Collection[tuple[Assessed, str]]],
) -> Iterator[GateLine]:
    how, begun = how_and_begun
    asked: frozenset[str] | None = None
    for stage in how.checklist.domains:
        place = Place(system=system, stage=stage, checklist=how.checklist)
        asked = stages_asked(work, place) if asked is None else asked
        if (OfSystem(system.id), stage.code) in begun:
            state = state_of(work, blobs, place, how.when, asked)
        else:
            state = unbegun(stage, asked)
        reached = stage.code in REACHED[system.stage] and state is not GateState.NOT_ASKED
        yield GateLine(stage=stage, state=state, due=reached or state not in _UNTOUCHED)


def _share(stage: Domain, gates: Sequence[GateLine]) -> StageShare:
    due = [one.state for one in gates if one.due]
    return StageShare(
        stage=stage,
        due=len(due),
        passed=due.count(GateState.PASSED),
        with_waiver=due.count(GateState.PASSED_WITH_WAIVER),
        reopened=due.count(GateState.REOPENED),
    )
