"""Units and persons that a ledger only names: proposed as additions where its mapping says so.

A name leads to who carries it within the legal body that the row speaks of; elsewhere the same name
may be somebody else, so a new one is proposed and, of persons, said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from secops.contracts.inventory_files import FileRow, Notice
from secops.contracts.world import NewId
from secops.errors import InputError, Place, msgid
from secops.errors.files import AmbiguousEntryError
from secops.model.record import Cell
from secops.model.unit import UnitKind
from secops.operations.inventory_base import flat
from secops.operations.inventory_stock import Stock

OPERATOR: Final = "ownership.operating_unit"
_RESPONSIBLE: Final = re.compile(r"ownership\.(supervises|maintains|uses)\.unit")
_EXTERNAL: Final = frozenset({"hosting.provider", "supplier"})
SEVERAL: Final = re.compile("[\n,;/|\uff0c\uff1b\u3001]")
_NO_NAME: Final = re.compile("[#0-9\n,;/|\uff0c\uff1b\u3001]")
"""Several names, or a name with a telephone number: nobody is called so."""


def unit_beside(path: str, cells: Mapping[str, Cell]) -> Iterator[str]:
    """Give the units that a row names beside a person, the nearest first."""
    for other in (f"{path.rpartition('.')[0]}.unit", "unit", OPERATOR):
        if cells.get(other):
            yield str(cells[other])


def named_row(kind: str, cells: Mapping[str, Cell], place: Place) -> FileRow:
    """Give the row of a record that another row names at this place."""
    return FileRow(kind=kind, cells=cells, place=lambda _: place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One record that is to be added because a row names it; its row stands at that cell."""

    row: FileRow
    id: str
    no: int
    cells: dict[str, Cell]


class Proposals:
    """What the rows of one import name, and what has to be added for it."""

    def __init__(self, stock: Stock, new_id: NewId) -> None:
        self._stock = stock
        self._new_id = new_id
        self.known: dict[str, dict[str, Mapping[str, Cell]]] = {
            kind: dict(stock.rows[kind]) for kind in ("unit", "person")
        }
        self.added: list[Proposal] = []
        self.notices: list[Notice] = []

    def unit(self, row: FileRow, path: str, text: str, cells: Mapping[str, Cell]) -> str:
        """Give the unit that a name means, a new one if need be; empty: look as usual."""
        operator = str(cells.get(OPERATOR) or "")
        scope = operator if _RESPONSIBLE.fullmatch(path) and operator in self.known["unit"] else ""
        try:
            found = self._stock.names["unit"].find(path, text)
        except AmbiguousEntryError:
            named = self._stock.names["unit"].carriers(text)
            own = [one for one in named if self._same(one, scope)]
            if own or not scope:
                return own[0] if len(own) == 1 else ""
        except InputError:
            if text.startswith("#") or text.isdigit():
                return ""
        else:
            if not scope or not self._is_department(found) or self._same(found, scope):
                return found
        return self._new_unit(row, path, text, scope)

    def _new_unit(self, row: FileRow, path: str, text: str, scope: str) -> str:
        new: dict[str, Cell] = {"name": text, "kind": UnitKind.LEGAL.value}
        if scope:
            new |= {"kind": UnitKind.DEPARTMENT.value, "parents.administrative": scope}
        elif path in _EXTERNAL:
            new["kind"] = UnitKind.EXTERNAL.value
        return self._add("unit", (text,), new, row, path)

    def person(self, row: FileRow, path: str, text: str, cells: Mapping[str, Cell]) -> str:
        """Give the person that a name means, a new one if need be; empty: look as usual."""
        beside = [one for one in unit_beside(path, cells) if one in self.known["unit"]]
        if not beside or _NO_NAME.search(text):
            return ""
        here = self._stock.with_key("person", (beside[0], text))
        if here:
            return here[0] if len(here) == 1 else ""
        carriers = self._stock.names["person"].carriers(text)
        near = [one for one in carriers if self._same(self._unit_of(one), beside[0])]
        if near:
            return near[0] if len(near) == 1 else ""
        if carriers:
            said = msgid("{name} of {other} may be another person: a new one is added in {unit}")
            names = self._stock.names["unit"]
            other, unit = names.name(self._unit_of(carriers[0])), names.name(beside[0])
            details = {"name": text, "other": other, "unit": unit}
            self.notices.append(Notice(where=row.place(path), said=said, details=details))
        new: dict[str, Cell] = {"name": text, "unit": beside[0]}
        return self._add("person", (beside[0], text), new, row, path)

    def _add(
        self, kind: str, key: tuple[str, ...], cells: dict[str, Cell], row: FileRow, path: str
    ) -> str:
        id_ = self._new_id()
        no = self._stock.expect(kind, tuple(map(flat, key)), id_, str(cells["name"]))
        named = named_row(kind, cells, row.place(path))
        self.added.append(Proposal(row=named, id=id_, no=no, cells=cells))
        self.known[kind][id_] = cells
        return id_

    def _unit_of(self, person: str) -> str:
        return str(self.known["person"].get(person, {}).get("unit") or "")

    def _is_department(self, unit: str) -> bool:
        return self.known["unit"].get(unit, {}).get("kind") == UnitKind.DEPARTMENT.value

    def _same(self, one: str, other: str) -> bool:
        """Whether two units belong to one legal body."""
        return bool(other) and self._body(one) == self._body(other)

    def _body(self, unit: str) -> str:
        met: set[str] = set()
        while unit not in met and self._is_department(unit):
            met.add(unit)
            unit = str(self.known["unit"][unit].get("parents.administrative") or unit)
        return unit
