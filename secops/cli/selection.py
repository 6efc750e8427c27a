"""Which unit, person or system is meant: the same words in every command."""

from __future__ import annotations

from collections.abc import Iterator

from secops.contracts.store import UnitOfWork
from secops.model.system import System
from secops.model.unit import Person, Unit
from secops.operations.find_record import find_record
from secops.operations.unit_tree import units_under


def chosen_unit(work: UnitOfWork, text: str) -> Unit:
    """Find a unit by number, id, name or unique beginning of its name."""
    found = find_record(work, "unit", text)
    assert isinstance(found, Unit)  # noqa: S101  # narrows what the generic finder gives
    return found


def chosen_person(work: UnitOfWork, text: str) -> Person:
    """Find a person by number, id, name or unique beginning of the name."""
    found = find_record(work, "person", text)
    assert isinstance(found, Person)  # noqa: S101  # as above
    return found


def chosen_system(work: UnitOfWork, text: str) -> System:
    """Find a system by number, id, name or unique beginning of its name."""
    found = find_record(work, "system", text)
    assert isinstance(found, System)  # noqa: S101  # as above
    return found


def units_below(work: UnitOfWork, top: Unit) -> tuple[Unit, ...]:
    """Give the unit and all below it in the administrative tree."""
    return units_under(work.units.all(), top)


def systems_below(work: UnitOfWork, top: Unit) -> Iterator[System]:
    """Give the systems that the unit and those below it operate."""
    for unit in units_below(work, top):
        yield from work.systems.find(unit=unit.id)
