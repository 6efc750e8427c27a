"""A subject <-> its three columns: unit, system, component."""

from __future__ import annotations

from typing import assert_never

from secops.model.answer import OfComponent, OfSystem, OfUnit, Subject
from secops.model.ids import ComponentId, SystemId, UnitId


def subject_cells(subject: Subject) -> tuple[str, str, str]:
    """Give unit, system and component; empty where there is none."""
    match subject:
        case OfUnit(unit):
            return unit, "", ""
        case OfSystem(system):
            return "", system, ""
        case OfComponent(system, component):
            return "", system, component
        case _:
            assert_never(subject)


def read_subject(unit: str, system: str, component: str) -> Subject:
    """Read what `subject_cells` wrote."""
    if component:
        return OfComponent(system=SystemId(system), component=ComponentId(component))
    return OfSystem(SystemId(system)) if system else OfUnit(UnitId(unit))
