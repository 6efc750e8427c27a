"""`secops inventory check`: coverage, duplicates, contradictions, answering and silent; read only.

Systems are read once, one after another; only what they are compared by is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from secops.contracts.store import UnitOfWork
from secops.judging.inventory_contradictions import (
    Around,
    Contradiction,
    of_category,
    of_system,
    of_units,
)
from secops.judging.inventory_coverage import (
    Lacking,
    Reach,
    Tally,
    UnitCoverage,
    counted,
    judged,
    lacking_posts,
    rolled_up,
)
from secops.judging.inventory_duplicates import Duplicates, Profile, find_duplicates
from secops.judging.inventory_presence import Unlisted, silent, unlisted
from secops.judging.name_words import NameWords
from secops.model.asset import Endpoint
from secops.model.evidence import Attempt
from secops.model.ids import EndpointId, PersonId, ScanId, SystemId, UnitId
from secops.model.inventory_check import Aspect
from secops.model.system import System
from secops.model.unit import Person, Unit
from secops.operations.inventory_places import (
    Places,
    answering,
    legal_bodies,
    named,
    over_ipv6,
    places_of,
    profile_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What the newest scan says about the list; `scan` is 0 when nothing was scanned yet."""

    scan: int = 0
    unlisted: tuple[Unlisted, ...] = ()
    silent: tuple[EndpointId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names and numbers of what the report speaks of."""

    units: Mapping[UnitId, Unit]
    systems: Mapping[SystemId, tuple[int, str]]
    endpoints: Mapping[EndpointId, Endpoint]
    records: Mapping[str, str]  # other records by id


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryReport:
    """Everything `inventory check` has to say."""

    coverage: tuple[UnitCoverage, ...]
    lacking: tuple[Lacking, ...]
    duplicates: Duplicates
    contradictions: tuple[Contradiction, ...]
    presence: Presence
    names: Names

    @property
    def good(self) -> bool:
        """Nothing lacks, nothing contradicts, nothing is doubtful."""
        return not (
            self.lacking
            or self.duplicates.pairs
            or self.duplicates.groups
            or self.contradictions
            or self.presence.unlisted
            or self.presence.silent
        )


def check_inventory(
    work: UnitOfWork, words: NameWords, today: date, within: frozenset[UnitId] | None = None
) -> InventoryReport:
    """Judge the inventory, or the part that the units `within` operate."""
    units = {one.id: one for one in work.units.all()}
    persons = {one.id: one for one in work.persons.all()}
    places = places_of(work)
    around = Around(
        units=units,
        persons=persons,
        bodies=legal_bodies(units),
        answering=answering(places),
        words=words,
        today=today,
    )
    at = _Held(
        places=places,
        reach=_reach(work, persons, places, today),
    )
    chosen = {id: one for id, one in units.items() if within is None or id in within}
    read = _Read()
    read.lacking += _posts(work, chosen, read.tallies, today)
    _read_systems(work, read, around, at, chosen)
    held = (one for one in work.appointments.all() if one.unit in chosen)
    read.clashes += of_units(chosen, persons, held, today)
    return InventoryReport(
        coverage=tuple(rolled_up(chosen.values(), read.tallies)),
        lacking=tuple(read.lacking),
        duplicates=find_duplicates(read.profiles),
        contradictions=tuple(read.clashes),
        presence=_presence(work, places, read.names, whole=within is None),
        names=Names(
            units=units,
            systems=read.names,
            endpoints=places.endpoints,
            records={one.id: one.name for one in work.data_categories.all()},
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What systems are held against beside `Around`."""

    places: Places
    reach: Reach


@dataclass(slots=True)
class _Read:
    """What grows while the systems are read."""

    lacking: list[Lacking] = field(default_factory=list)
    clashes: list[Contradiction] = field(default_factory=list)
    profiles: list[Profile] = field(default_factory=list)
    names: dict[SystemId, tuple[int, str]] = field(default_factory=dict)
    tallies: dict[UnitId, Tally] = field(default_factory=dict)


def _read_systems(
    work: UnitOfWork, read: _Read, around: Around, at: _Held, chosen: Mapping[UnitId, Unit]
) -> None:
    kept: dict[SystemId, System] = {}
    sheets = list(work.data_categories.all())
    with_sheets = {one.system for one in sheets}
    for system in work.systems.all():
        unit = system.ownership.operating_unit
        if unit not in chosen:
            continue
        read.names[system.id] = system.no, system.name
        read.clashes += of_system(system, around)
        if system.id in with_sheets:
            kept[system.id] = system
        if counted(system):
            read.lacking += _count(system, at.reach, read.tallies.setdefault(unit, Tally()))
            read.profiles.append(profile_of(system, around, at.places))
    for sheet in sheets:
        if sheet.system in kept:
            read.clashes += of_category(sheet, kept[sheet.system])


def reach_of(work: UnitOfWork, today: date) -> Reach:
    """Give who can be reached and what is seen over IPv6."""
    persons = {one.id: one for one in work.persons.all()}
    return _reach(work, persons, places_of(work), today)


def _reach(
    work: UnitOfWork, persons: Mapping[PersonId, Person], places: Places, today: date
) -> Reach:
    return Reach(
        reachable=_reachable(work, persons, today), ipv6=over_ipv6(places), named=named(places)
    )


def _reachable(
    work: UnitOfWork, persons: Mapping[PersonId, Person], today: date
) -> frozenset[PersonId]:
    def reached(id: PersonId) -> bool:
        person = persons.get(id)
        return person is not None and not (person.left_on and person.left_on <= today)

    return frozenset(
        one.id
        for one in work.contacts.all()
        if reached(one.id) and any(x.strip(" /") for x in (one.office_phone, one.mobile, one.email))
    )


def _posts(
    work: UnitOfWork, units: Mapping[UnitId, Unit], tallies: dict[UnitId, Tally], today: date
) -> Iterator[Lacking]:
    filled = frozenset(
        (one.unit, one.post)
        for one in work.appointments.all()
        if one.until is None or one.until > today
    )
    for unit in units.values():
        lacks = lacking_posts(unit, filled)
        if lacks is not None:
            tallies.setdefault(unit.id, Tally()).count(Aspect.POSTS, good=not lacks)
            if lacks:
                yield Lacking(aspect=Aspect.POSTS, unit=unit.id, system=None, lacks=lacks)


def _count(system: System, reach: Reach, tally: Tally) -> Iterator[Lacking]:
    tally.systems += 1
    unit = system.ownership.operating_unit
    for aspect, lacks in judged(system, reach).items():
        tally.count(aspect, good=not lacks)
        if lacks:
            yield Lacking(aspect=aspect, unit=unit, system=system.id, lacks=lacks)


def _presence(
    work: UnitOfWork, places: Places, names: Mapping[SystemId, tuple[int, str]], *, whole: bool
) -> Presence:
    scan = work.scans.newest()
    if scan is None:
        return Presence()
    quiet = silent(places.endpoints, _newest_attempts(work, places), places.seen)
    return Presence(
        scan=scan.no,
        unlisted=tuple(unlisted(places.endpoints, places.seen)) if whole else (),
        silent=tuple(
            one for one in quiet if any(system in names for system in places.systems_of(one))
        ),
    )


def _newest_attempts(work: UnitOfWork, places: Places) -> Iterator[Attempt]:
    """Give, per listed endpoint, the attempts of the newest scan that aimed at it."""
    newest: dict[EndpointId, ScanId] = {}
    for plan in work.scans.all():
        newest.update(
            (target.endpoint, plan.id)
            for target in plan.targets
            if places.systems_of(target.endpoint)
        )
    for scan in dict.fromkeys(newest.values()):
        for attempt in work.scans.attempts(scan):
            if newest.get(attempt.target.endpoint) == scan:
                yield attempt
