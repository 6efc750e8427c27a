"""豁免: a leader lets an item wait, with a reason, a measure in its place, and an end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import msgid
from secops.errors.sync import NoLeaderError, NothingToWaiveError, WaiverEndError
from secops.judging.gates import DEFAULT_LONGEST, LONGEST_WAIVER, GateItem
from secops.judging.mending_days import days_of
from secops.model.gate import ItemState
from secops.model.ids import PersonId, UnitId, WaiverId
from secops.model.system import System
from secops.model.unit import Appointment, Person, Post
from secops.model.waiver import Waiver
from secops.operations.answer_item import find_asked
from secops.operations.gate_looking import Place, When, look
from secops.operations.gate_writing import open_gate

_LEAD = (Post.FIRST_RESPONSIBLE, Post.DEPUTY_IN_CHARGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a leader states."""

    item: str
    leader: Person
    reason: str
    measure: str
    until: date
    today: date


def waive_item(
    work: UnitOfWork, blobs: Blobs, acting: Acting, place: Place, grant: Grant
) -> Waiver:
    """Record it.

    Raises NoLeader-, WaiverEnd-, NothingToWaive-, WrongValueError and as opening the gate.
    """
    one = open_gate(work, blobs, acting, place)
    asked = find_asked(one.item_set, one.series.name, grant.item)
    gate = look(work, blobs, place, When(grant.today))
    (stands,) = (item for item in gate.items if item.asked.item.id == asked.item.id)
    if problem := _needless(stands):
        raise NothingToWaiveError(item=str(asked.at.clause), problem=problem)
    appointment = _appointment(work, place.system, grant)
    _refuse_end(grant, longest_waiver(work))
    waiver = Waiver(
        id=WaiverId(acting.new_id()),
        no=work.waivers.next_no(),
        system=place.system.id,
        item=asked.item.id,
        leader=grant.leader.id,
        post=appointment.post.value,
        reason=grant.reason.strip(),
        measure=grant.measure.strip(),
        until=grant.until,
        granted_at=acting.now(),
    )
    work.waivers.put_many(acting.actor, [waiver])
    return waiver


def _needless(item: GateItem) -> str:
    if not item.asked.item.mandatory:
        return msgid("it is optional")
    if item.state is ItemState.DONE:
        return msgid("it is done")
    if item.state is ItemState.NOT_APPLICABLE:
        return msgid("it does not apply")
    return ""


def longest_waiver(work: UnitOfWork) -> int:
    """Give how many days a waiver may last."""
    said = work.settings.get(LONGEST_WAIVER) or str(DEFAULT_LONGEST)
    return days_of(LONGEST_WAIVER, said)


def _refuse_end(grant: Grant, days: int) -> None:
    first, last = grant.today + timedelta(days=1), grant.today + timedelta(days=days)
    if not first <= grant.until <= last:
        raise WaiverEndError(
            until=grant.until.isoformat(),
            today=grant.today.isoformat(),
            days=str(days),
            first=first.isoformat(),
            last=last.isoformat(),
            setting=LONGEST_WAIVER,
        )


def _appointment(work: UnitOfWork, system: System, grant: Grant) -> Appointment:
    """Give the appointment by which the person leads; raises NoLeaderError with those who do."""
    leaders = dict(leaders_of(work, system, grant.today))
    if grant.leader.id not in leaders:
        persons = (work.persons.get(one) for one in leaders)
        names = ", ".join(f"{one.name} ({one.no})" for one in persons if one) or "-"
        day = grant.today.isoformat()
        raise NoLeaderError(person=grant.leader.name, system=system.name, day=day, leaders=names)
    return leaders[grant.leader.id]


def leaders_of(
    work: UnitOfWork, system: System, day: date
) -> Iterator[tuple[PersonId, Appointment]]:
    """Give who leads, on a day, a unit that answers for the system, or one above it."""
    for unit in _answering(work, system):
        for one in work.appointments.find(unit=unit):
            person = work.persons.get(one.person)
            gone = person is None or (person.left_on is not None and person.left_on <= day)
            began = one.since is None or one.since <= day
            holds = began and (one.until is None or one.until >= day)
            if one.post in _LEAD and holds and not gone:
                yield one.person, one


def _answering(work: UnitOfWork, system: System) -> tuple[UnitId, ...]:
    """Give the operating unit, whoever supervises the system, and the units above them."""
    waiting = [system.ownership.operating_unit, system.ownership.supervises.unit]
    met: dict[UnitId, None] = {}
    while waiting:
        id_ = waiting.pop(0)
        unit = work.units.get(id_) if id_ and id_ not in met else None
        if unit:
            met[unit.id] = None
            waiting.append(unit.parents.administrative)
    return tuple(met)
