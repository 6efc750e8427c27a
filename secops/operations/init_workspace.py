"""The first records of a workspace: its own unit, the person who acts, which copy it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Acting
from secops.errors import MissingKeyError
from secops.guards.plain_text import plain, plain_place
from secops.model.actor import Actor
from secops.model.ids import PersonId, UnitId
from secops.model.unit import Person, Unit

OWN_UNIT: Final = "workspace.unit"
INSTANCE: Final = "workspace.instance"
SAMPLE: Final = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """Whose workspace it is, and who makes it."""

    unit: str
    credit_code: str = ""
    person: str = ""
    post: str = ""
    sample: bool = False  # every printed page then says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """What was written."""

    unit: Unit
    person: Person | None
    instance: str


def init_workspace(work: UnitOfWork, acting: Acting, beginning: Beginning) -> Founded:
    """Write the first records; the person, if one is named, is the first who acts."""
    if not plain(beginning.unit).strip():
        raise MissingKeyError(key="unit")
    unit = Unit(
        id=UnitId(acting.new_id()),
        no=work.units.next_no(),
        name=plain(beginning.unit).strip(),
        credit_code=plain_place(beginning.credit_code).strip(),
    )
    person = None
    if plain(beginning.person).strip():
        person = Person(
            id=PersonId(acting.new_id()),
            no=work.persons.next_no(),
            name=plain(beginning.person).strip(),
            unit=unit.id,
            title=plain(beginning.post).strip(),
        )
    actor = Actor(account=acting.actor.account, person=person.id if person else None)
    instance = acting.new_id()
    work.chain.note(actor, "workspace.init", f"workspace {instance}")
    work.units.put_many(actor, [unit])
    work.persons.put_many(actor, [person] if person else [])
    work.settings.put(actor, INSTANCE, instance)
    work.settings.put(actor, OWN_UNIT, unit.id)
    if beginning.sample:
        work.settings.put(actor, SAMPLE, "yes")
    work.commit()
    return Founded(unit=unit, person=person, instance=instance)
