"""What the inventory counts for a unit's self-check: a proposal, until a person confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from secops.contracts.store import UnitOfWork
from secops.judging.proposing import Proposal
from secops.judging.unit_figures import UnitStock, in_use, proposed_by
from secops.model.checklist import Item
from secops.model.ids import ItemId
from secops.model.proposal import FromInventory
from secops.model.unit import Unit, UnitKind
from secops.operations.assessments import Opened
from secops.operations.unit_tree import units_under


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted for: the items as their newest edition has them, and the day."""

    items: Mapping[ItemId, Item]
    day: date


def inventory_proposals(
    work: UnitOfWork, one: Opened, counting: Counting
) -> dict[ItemId, Proposal]:
    """Propose for the items of a unit's self-check what its inventory says."""
    about = one.series.about
    if not isinstance(about, Unit):
        return {}
    asked = [(it, counting.items.get(it.item.id)) for it in one.item_set.asked]
    if not any(item and item.figure for _, item in asked):
        return {}
    stock = stock_of(work, about, counting.day)
    values = ((it, proposed_by(item, stock)) for it, item in asked if item)
    return {
        it.item.id: Proposal(
            asked=it,
            subject=one.series.subject,
            value=value,
            source=FromInventory(day=counting.day),
        )
        for it, value in values
        if value is not None
    }


def stock_of(work: UnitOfWork, unit: Unit, day: date) -> UnitStock:
    """Gather what the unit and its departments have; legal units below it check themselves."""
    departments = (one for one in work.units.all() if one.kind is UnitKind.DEPARTMENT)
    own = units_under(departments, unit)
    systems = in_use((it for one in own for it in work.systems.find(unit=one.id)), day)
    kept = [one for it in systems for one in work.data_categories.find(system=it.id)]
    known = {one.id for one in systems}
    return UnitStock(
        day=day,
        systems=systems,
        appointments=tuple(work.appointments.find(unit=unit.id)),
        data_categories=tuple(kept),
        critical=unit.standing.cii_operator,
        agency_reports=tuple(one for one in work.agency_reports.all() if one.system in known),
    )
