"""齐全率: how many systems of a unit have owners, grade, filing, contacts, IPv6; who lacks what.

Counts are whole numbers of systems; a percentage is worked out only where it is shown, and rounded
down, so that 100 % means all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from secops.model.answer import Measure
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.ids import PersonId, SystemId, UnitId
from secops.model.inventory_check import Aspect, Lack
from secops.model.system import FilingState, LifecycleStage, Responsibility, System, SystemKind
from secops.model.unit import Post, Unit, UnitKind

POSTS: Final = {
    Post.FIRST_RESPONSIBLE: Lack.FIRST_RESPONSIBLE,
    Post.DEPUTY_IN_CHARGE: Lack.DEPUTY_IN_CHARGE,
    Post.SECURITY_DEPARTMENT: Lack.SECURITY_DEPARTMENT,
    Post.TECHNICAL_SUPPORT: Lack.TECHNICAL_SUPPORT,
}
"""The four posts that every legal body fills (四类岗位)."""

FILED: Final = frozenset({FilingState.SUBMITTED, FilingState.ACCEPTED, FilingState.CERTIFIED})

NO_ADDRESS: Final = frozenset({SystemKind.OFFICIAL_ACCOUNT, SystemKind.MINI_PROGRAM})
"""They live on somebody else's platform, which answers for its addresses."""


def percent(measure: Measure) -> int | None:
    """Give whole percent, rounded down; None where nothing was to be counted."""
    return measure.n * 100 // measure.of if measure.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What coverage needs to know beside the systems themselves."""

    reachable: frozenset[PersonId]  # persons with a telephone or e-mail who have not left
    ipv6: frozenset[SystemId]  # systems with an IPv6 address, or seen over IPv6
    named: frozenset[SystemId]  # systems with a name or URL among their endpoints


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """One system, or the unit itself (no system), and what it lacks in one aspect."""

    aspect: Aspect
    unit: UnitId
    system: SystemId | None
    lacks: tuple[Lack, ...]


Verdicts = Mapping[Aspect, tuple[Lack, ...]]
"""Aspects that concern a system, with what it lacks; an aspect left out does not concern it."""


def responsibilities(system: System) -> tuple[tuple[Lack, Lack, Responsibility], ...]:
    """Pair each of the three responsibilities with the words for its lack."""
    own = system.ownership
    return (
        (Lack.SUPERVISES, Lack.CONTACT_OF_SUPERVISES, own.supervises),
        (Lack.MAINTAINS, Lack.CONTACT_OF_MAINTAINS, own.maintains),
        (Lack.USES, Lack.CONTACT_OF_USES, own.uses),
    )


def judged(system: System, reach: Reach) -> Verdicts:
    """Say what a system lacks. A retired or stopped one concerns nobody any more: see `counted`."""
    three = responsibilities(system)
    verdicts: dict[Aspect, tuple[Lack, ...]] = {
        Aspect.OWNERS: tuple(lack for lack, _, one in three if not one.complete),
        Aspect.GRADES: () if system.grading.level is not None else (Lack.GRADE,),
        Aspect.CONTACTS: tuple(
            lack
            for _, lack, one in three
            if one.person is None or one.person not in reach.reachable
        ),
    }
    level, filing = system.grading.level, system.filing
    if filing.number and filing.state is FilingState.NONE:
        verdicts[Aspect.FILING] = (Lack.FILING_STATE,)
    elif level is not None and not isinstance(level, NotApplicable) and level >= SecurityLevel.TWO:
        verdicts[Aspect.FILING] = () if filing.state in FILED else (Lack.FILING,)
    if system.kind is SystemKind.WEBSITE:
        named = system.business.domain_names or system.id in reach.named
        verdicts[Aspect.NAMES] = () if named else (Lack.NAME,)
    if system.stage is LifecycleStage.RUNNING and system.kind not in NO_ADDRESS:
        verdicts[Aspect.IPV6] = () if system.id in reach.ipv6 else (Lack.IPV6,)
    return verdicts


def counted(system: System) -> bool:
    """Whether a system counts: it is not retired and not stopped."""
    return system.retired_on is None and system.stage is not LifecycleStage.STOPPED


@dataclass(slots=True)
class Tally:
    """Counts of one unit while they are made; the one value here that changes."""

    good: dict[Aspect, int] = field(default_factory=dict)
    concerned: dict[Aspect, int] = field(default_factory=dict)
    systems: int = 0

    def count(self, aspect: Aspect, *, good: bool) -> None:
        """Count one system, or the unit, under one aspect."""
        self.concerned[aspect] = self.concerned.get(aspect, 0) + 1
        self.good[aspect] = self.good.get(aspect, 0) + good

    def add(self, other: Tally) -> None:
        """Take over the counts of a unit below."""
        self.systems += other.systems
        for aspect, concerned in other.concerned.items():
            self.concerned[aspect] = self.concerned.get(aspect, 0) + concerned
            self.good[aspect] = self.good.get(aspect, 0) + other.good[aspect]

    def measures(self) -> dict[Aspect, Measure]:
        """Give n of m for every aspect."""
        return {
            one: Measure(n=self.good.get(one, 0), of=self.concerned.get(one, 0)) for one in Aspect
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCoverage:
    """One unit: its own counts and those of everything below it, itself included."""

    unit: UnitId
    depth: int
    systems: int
    systems_below: int
    own: Mapping[Aspect, Measure]
    whole: Mapping[Aspect, Measure]


def lacking_posts(unit: Unit, filled: frozenset[tuple[UnitId, Post]]) -> tuple[Lack, ...] | None:
    """Say which of the four posts nobody holds; None for a unit that needs none of its own."""
    if unit.kind is not UnitKind.LEGAL or unit.retired_on:
        return None
    return tuple(lack for post, lack in POSTS.items() if (unit.id, post) not in filled)


def rolled_up(units: Iterable[Unit], own: Mapping[UnitId, Tally]) -> Iterator[UnitCoverage]:
    """Give the units in the order of the tree, each with the sum of all below it.

    A unit whose parents form a circle stands at the top, once.
    """
    known = {one.id: one for one in units}
    children: dict[UnitId | None, list[UnitId]] = {}
    for one in known.values():
        parent = one.parents.administrative
        children.setdefault(parent if parent in known else None, []).append(one.id)
    order = _walked(known, children)
    whole = {unit: Tally() for unit, _ in order}
    above: dict[int, UnitId] = {}
    parents: dict[UnitId, UnitId | None] = {}
    for unit, depth in order:
        above[depth] = unit
        parents[unit] = above.get(depth - 1) if depth else None
    for unit, _ in reversed(order):
        whole[unit].add(own.get(unit, Tally()))
        parent = parents[unit]
        if parent is not None:
            whole[parent].add(whole[unit])
    for unit, depth in order:
        mine = own.get(unit, Tally())
        yield UnitCoverage(
            unit=unit,
            depth=depth,
            systems=mine.systems,
            systems_below=whole[unit].systems,
            own=mine.measures(),
            whole=whole[unit].measures(),
        )


def _walked(
    known: Mapping[UnitId, Unit], children: Mapping[UnitId | None, list[UnitId]]
) -> list[tuple[UnitId, int]]:
    order: list[tuple[UnitId, int]] = []
    met: set[UnitId] = set()
    for start in [*children.get(None, []), *known]:  # the second half: units of a circle
        waiting = [(start, 0)]
        while waiting:
            unit, depth = waiting.pop()
            if unit not in met:
                met.add(unit)
                order.append((unit, depth))
                waiting += [(one, depth + 1) for one in reversed(children.get(unit, []))]
    return order
