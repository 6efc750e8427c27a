"""Counts a unit's inventory for the items of a self-check that ask for it.

What is counted is proposed to a person and never an answer by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from secops.model.answer import Measure, Value
from secops.model.assessment import AgencyReport
from secops.model.asset import DataCategory
from secops.model.checklist import Item
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.figure import Figure
from secops.model.system import FilingState, System, SystemKind
from secops.model.unit import Appointment, Post

ROLES: Final = (
    Post.FIRST_RESPONSIBLE,
    Post.DEPUTY_IN_CHARGE,
    Post.SECURITY_DEPARTMENT,
    Post.TECHNICAL_SUPPORT,
)
"""The four kinds of roles that a unit names: who leads, the deputy, the two departments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStock:
    """What a unit and its departments have, as it stands on a day; only what is in use."""

    day: date
    systems: tuple[System, ...]
    appointments: tuple[Appointment, ...]  # those of the unit itself
    data_categories: tuple[DataCategory, ...]
    agency_reports: tuple[AgencyReport, ...]
    critical: bool = False  # it operates 关键信息基础设施


@dataclass(frozen=True, slots=True)
class Counted:
    """n of so many; no n: it is only known how many there are."""

    n: int | None
    of: int


def proposed_by(item: Item, stock: UnitStock) -> Value | None:
    """Propose what the inventory says; none of none: that it does not apply, as usual."""
    if item.figure is None:
        return None
    counted = _COUNTS[item.figure](stock)
    if counted.of == 0:
        return NotApplicable(item.not_applicable) if item.not_applicable else None
    return None if counted.n is None else Measure(n=counted.n, of=counted.of)


def _of_kind(stock: UnitStock, kind: SystemKind) -> Counted:
    return Counted(None, sum(one.kind is kind for one in stock.systems))


def _roles(stock: UnitStock) -> Counted:
    held = {
        one.post
        for one in stock.appointments
        if (one.since is None or one.since <= stock.day)
        and (one.until is None or one.until >= stock.day)
    }
    return Counted(len(held & set(ROLES)), len(ROLES))


def _responsible(stock: UnitStock) -> Counted:
    return Counted(sum(one.ownership.complete for one in stock.systems), len(stock.systems))


def _graded(stock: UnitStock) -> Counted:
    targets = [one for one in stock.systems if not one.grading.not_applicable]
    return Counted(sum(_level(one) is not None for one in targets), len(targets))


def _filed(stock: UnitStock) -> Counted:
    must = [one for one in stock.systems if (_level(one) or 0) >= SecurityLevel.TWO]
    return Counted(sum(one.filing.state is FilingState.CERTIFIED for one in must), len(must))


def _agency(stock: UnitStock) -> Counted:
    must = [one for one in stock.systems if (_level(one) or 0) >= SecurityLevel.THREE]
    done = {one.system for one in stock.agency_reports if one.cover_date.year == stock.day.year}
    return Counted(sum(one.id in done for one in must), len(must))


def _data(stock: UnitStock) -> Counted:
    kept = stock.data_categories
    return Counted(sum(one.level is not None for one in kept), len(kept))


def _level(system: System) -> SecurityLevel | None:
    level = system.grading.level
    return level if isinstance(level, SecurityLevel) else None


_COUNTS: Final[Mapping[Figure, Callable[[UnitStock], Counted]]] = {
    Figure.SYSTEMS: lambda stock: Counted(None, len(stock.systems)),
    Figure.WEBSITES: lambda stock: _of_kind(stock, SystemKind.WEBSITE),
    Figure.APPS: lambda stock: _of_kind(stock, SystemKind.APP),
    Figure.CRITICAL_INFRASTRUCTURE: lambda stock: Counted(None, int(stock.critical)),
    Figure.ROLES_NAMED: _roles,
    Figure.THREE_RESPONSIBILITIES: _responsible,
    Figure.GRADED: _graded,
    Figure.FILED: _filed,
    Figure.AGENCY_ASSESSED: _agency,
    Figure.DATA_GRADED: _data,
}


def in_use(systems: Iterable[System], day: date) -> tuple[System, ...]:
    """Choose the systems that are not retired on the day."""
    return tuple(one for one in systems if one.retired_on is None or one.retired_on > day)
