"""Which unit, person or system is meant: the same words in every command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.errors import UnknownNameError
from secops.errors.judging import NothingStartedError, SeveralChecklistsError
from secops.model.checklist import STANDARD, AboutKind, Checklist
from secops.model.ids import PersonId
from secops.model.system import System
from secops.model.unit import Person, Unit
from secops.operations.assessments import Series
from secops.operations.find_record import find_record
from secops.operations.unit_tree import units_under
from secops.wiring.assess import Assessing, today_of


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


def person_named(work: UnitOfWork, text: str) -> PersonId | None:
    """Give the person of `--by`; None: nobody is named."""
    return chosen_person(work, text).id if text else None


def chosen_system(work: UnitOfWork, text: str) -> System:
    """Find a system by number, id, name or unique beginning of its name."""
    found = find_record(work, "system", text)
    assert isinstance(found, System)  # noqa: S101  # as above
    return found


UNIT: Final = "unit:"
"""Before a unit's name or number where a system could be meant as well."""


def chosen_about(work: UnitOfWork, text: str) -> System | Unit:
    """Find a system; `unit:NAME`, or a name that only a unit has, finds a unit."""
    if text.startswith(UNIT):
        return chosen_unit(work, text.removeprefix(UNIT))
    try:
        return chosen_system(work, text)
    except UnknownNameError as error:
        try:
            return chosen_unit(work, text)
        except UnknownNameError:
            raise error from None


def chosen_series(work: UnitOfWork, text: str, checklist: str = "") -> Series:
    """Find what was started: of a system by the standard, of a unit by its only checklist.

    Raises NothingStartedError, SeveralChecklistsError.
    """
    about = chosen_about(work, text)
    pack = checklist.partition("@")[0]
    if pack or isinstance(about, System):
        return Series(about, pack or STANDARD)
    started = sorted({one.pack for one in work.assessments.of(Series(about).subject)})
    if not started:
        raise NothingStartedError(name=about.name)
    if len(started) > 1:
        raise SeveralChecklistsError(name=about.name, choices=", ".join(started))
    return Series(about, started[0])


def chosen_checklist(one: Assessing, about: System | Unit, text: str) -> Checklist:
    """Find the edition to begin by; raises UnknownChecklistError, SeveralChecklistsError."""
    today = today_of(one)
    if text or isinstance(about, System):
        return one.tables.library.named(text or STANDARD, today)
    packs = {c.pack for c in one.tables.library.checklists if c.about is AboutKind.UNIT}
    if len(packs) != 1:
        raise SeveralChecklistsError(name=about.name, choices=", ".join(sorted(packs)))
    return one.tables.library.in_force(packs.pop(), today)


def spelled(series: Series) -> str:
    """Give what to type for it on the command line."""
    about = series.about
    text = str(about.no) if isinstance(about, System) else f"{UNIT}{about.no}"
    return text if series.pack == STANDARD else f"{text} --checklist {series.pack}"


def units_below(work: UnitOfWork, top: Unit) -> tuple[Unit, ...]:
    """Give the unit and all below it in the administrative tree."""
    return units_under(work.units.all(), top)


def systems_below(work: UnitOfWork, top: Unit) -> Iterator[System]:
    """Give the systems that the unit and those below it operate."""
    for unit in units_below(work, top):
        yield from work.systems.find(unit=unit.id)
