"""The kinds of record that make up the inventory, under the names that files and commands use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from secops.model.asset import Component, DataCategory, Endpoint, Supply
from secops.model.system import System
from secops.model.unit import Appointment, Contact, Person, Unit

InventoryRecord = (
    Unit | Person | Contact | Appointment | System | Component | Endpoint | Supply | DataCategory
)

KINDS: Final[Mapping[str, type[InventoryRecord]]] = {
    "unit": Unit,
    "person": Person,
    "contact": Contact,  # erasable: never in history
    "appointment": Appointment,
    "system": System,
    "component": Component,
    "endpoint": Endpoint,
    "supply": Supply,
    "data_category": DataCategory,
}
"""In the order in which they may refer to each other (units and systems also to themselves)."""

LISTS: Final[Mapping[str, str]] = {
    "unit": "units",
    "person": "persons",
    "contact": "contacts",
    "appointment": "appointments",
    "system": "systems",
    "component": "components",
    "endpoint": "endpoints",
    "supply": "supplies",
    "data_category": "data_categories",
}
"""What a list of each kind is called in files and in the store."""


def kind_of(record: InventoryRecord) -> str:
    """Name the kind of a record."""
    return next(name for name, kind in KINDS.items() if type(record) is kind)
