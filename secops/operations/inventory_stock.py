"""What is stored, by id, by name and by what tells one record from another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.model.inventory import KINDS
from secops.model.record import Cell, filled_cells
from secops.operations.find_record import kind_said, records_of
from secops.operations.inventory_base import Flat, flat
from secops.operations.inventory_names import Names, named

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": ("name",),
    "person": ("unit", "name"),
    "contact": ("id",),
    "appointment": ("unit", "person", "post"),
    "system": ("ownership.operating_unit", "name"),
    "component": ("unit", "name"),
    "endpoint": ("kind", "value", "port"),
    "supply": ("system", "supplier", "service"),
    "data_category": ("system", "name"),
}
"""The cells that tell a record without an id from others; equal means the same."""

OPTIONAL_KEYS: Final = frozenset({"port"})
Key = tuple[Flat, ...]


class Stock:
    """All records of the inventory as cells without empty ones, and how to find them."""

    def __init__(self, work: UnitOfWork) -> None:
        self.rows: dict[str, dict[str, dict[str, Cell]]] = {}
        self.names: dict[str, Names] = {}
        self.next_no: dict[str, int] = {}
        self._keys: dict[str, dict[Key, list[str]]] = {}
        self._numbers: dict[str, dict[int, str]] = {}
        for kind in KINDS:
            records = records_of(work, kind)
            self._load(kind, {str(one.id): filled_cells(one) for one in records.all()})
            self.next_no[kind] = records.next_no()

    def _load(self, kind: str, rows: dict[str, dict[str, Cell]]) -> None:
        self.rows[kind] = rows
        self.names[kind] = Names(kind_said(kind), named(rows))
        for id_, cells in rows.items():  # a unit's short name leads to it as well
            if cells.get("short_name"):
                self.names[kind].also(id_, str(cells["short_name"]))
        self._numbers[kind] = {no: id_ for id_, _, no in named(rows) if no}
        keys = self._keys[kind] = {}
        for id_, cells in rows.items():
            keys.setdefault(tuple(flat(cells.get(path)) for path in KEYS[kind]), []).append(id_)

    def with_key(self, kind: str, key: Key) -> list[str]:
        """Give the records that these cells tell from all others; more than one: they do not."""
        return self._keys[kind].get(key, [])

    def with_number(self, kind: str, no: int) -> str:
        """Give the record of this number, or nothing."""
        return self._numbers[kind].get(no, "")

    def expect(self, kind: str, key: Key, id: str, name: str) -> int:
        """Give a number to a record that the files add; from now on names may lead to it."""
        self._keys[kind].setdefault(key, []).append(id)
        number = self.next_no[kind]
        self.next_no[kind] = number + 1
        self.names[kind].add(id, name, number)
        return number
