"""Puts system, stage and day together for `secops sync`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from secops.judging.gates import GATES
from secops.model.checking import HowToCheck
from secops.model.checklist import Checklist
from secops.model.common import SecurityLevel
from secops.model.ids import ItemId, PersonId
from secops.model.system import System
from secops.operations.as_it_stood import as_it_stood
from secops.operations.gate_looking import Gate, Place, When, find_stage, look
from secops.wiring.assess import Assessing, end_of, today_of


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSeen:
    """A gate with what is shown beside it: names, guidance, and where its checklist comes from."""

    gate: Gate
    names: Mapping[PersonId, str]
    checks: Mapping[ItemId, HowToCheck]
    checklist: Checklist


def day_of(one: Assessing, as_of: date | None) -> When:
    """Give the day that is looked at: today, or an earlier one with later records hidden."""
    return When(as_of or today_of(one), end_of(as_of))


def gates_in_force(one: Assessing) -> Checklist:
    """Give the edition of the gates that is in force today."""
    return one.tables.library.in_force(GATES, today_of(one))


def place_of(one: Assessing, system: System, stage: str, level: int | None) -> Place:
    """Name one gate; raises UnknownStageError."""
    checklist = gates_in_force(one)
    return Place(
        system=system,
        stage=find_stage(checklist, stage),
        checklist=checklist,
        level=SecurityLevel(level) if level else None,
    )


def seen(one: Assessing, place: Place, when: When) -> GateSeen:
    """Look at a gate; the system as it stood on that day."""
    if when.until:
        stood = as_it_stood(one.work, when.until).system(place.system.id)
        place = replace(place, system=stood or place.system)
    gate = look(one.work, one.blobs, place, when)
    return GateSeen(
        gate=gate,
        names=dict(_names(one, gate)),
        checks={item.id: item.check for item in place.checklist.items if item.check},
        checklist=place.checklist,
    )


def _names(one: Assessing, gate: Gate) -> Iterator[tuple[PersonId, str]]:
    frozen = gate.assessment.frozen if gate.assessment else None
    persons = [frozen.by] if frozen else []
    persons += [item.answer.answered_by for item in gate.items if item.answer]
    persons += [item.waiver.leader for item in gate.items if item.waiver]
    for id_ in dict.fromkeys(persons):
        person = one.work.persons.get(id_)
        yield id_, person.name if person else id_
