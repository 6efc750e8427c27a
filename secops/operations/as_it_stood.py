"""The inventory and the settings as they stood at an instant: what `--as-of` looks at.

Where nothing was recorded since, the records are read one by one as they are; only a look back
rebuilds them out of the history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeVar

from secops.contracts.store import Records, UnitOfWork
from secops.model.asset import Component
from secops.model.ids import SystemId, UnitId
from secops.model.system import System
from secops.model.unit import Person, Unit
from secops.operations.assessments import in_use_of

Kind = TypeVar("Kind", Unit, Person, System, Component)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """How to look things up as they stood."""

    settings: Mapping[str, str]
    units: Callable[[], Iterable[Unit]]
    unit: Callable[[str], Unit | None]
    person: Callable[[str], Person | None]
    system: Callable[[str], System | None]
    component: Callable[[str], Component | None]
    operated_by: Callable[[UnitId], Iterable[System]]
    components_of: Callable[[SystemId], tuple[Component, ...]]


def last_instant(day: date, zone: tzinfo) -> datetime:
    """Give the end of a civil day: what was recorded later is hidden."""
    following = datetime.combine(day + timedelta(days=1), time(), zone)
    return following.astimezone(UTC) - timedelta(microseconds=1)


def as_it_stood(work: UnitOfWork, until: datetime) -> Stood:
    """Look at the records as they stood then."""
    newest = work.chain.head().at
    if newest is None or newest <= until:
        return _as_it_is(work)
    units, persons = _then(work.units, until), _then(work.persons, until)
    systems, components = _then(work.systems, until), _then(work.components, until)
    return Stood(
        settings=work.settings.as_of(until),
        units=units.values,
        unit=units.get,
        person=persons.get,
        system=systems.get,
        component=components.get,
        operated_by=lambda unit: (
            one for one in systems.values() if one.ownership.operating_unit == unit
        ),
        components_of=lambda system: in_use_of(components.values(), system),
    )


def _as_it_is(work: UnitOfWork) -> Stood:
    return Stood(
        settings=work.settings.all(),
        units=work.units.all,
        unit=work.units.get,
        person=work.persons.get,
        system=work.systems.get,
        component=work.components.get,
        operated_by=lambda unit: work.systems.find(unit=unit),
        components_of=lambda system: in_use_of(work.components.find(system=system), system),
    )


def _then(records: Records[Kind], until: datetime) -> dict[str, Kind]:
    return {one.id: one for one in records.as_of(until)}
