"""The administrative tree of units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from secops.model.ids import UnitId
from secops.model.unit import Unit


def units_under(units: Iterable[Unit], top: Unit) -> tuple[Unit, ...]:
    """Give the unit and all below it in the administrative tree; a cycle ends the walk."""
    children: dict[UnitId, list[Unit]] = {}
    for one in units:
        if one.parents.administrative:
            children.setdefault(one.parents.administrative, []).append(one)
    return tuple(_walk(top, children))


def _walk(top: Unit, children: dict[UnitId, list[Unit]]) -> Iterator[Unit]:
    waiting, met = [top], set[UnitId]()
    while waiting:
        unit = waiting.pop()
        if unit.id not in met:
            met.add(unit.id)
            yield unit
            waiting += reversed(children.get(unit.id, []))
