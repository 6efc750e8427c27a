"""Addresses that a ledger states beside a system: proposed as endpoints of that system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from secops.contracts.inventory_files import FileRow
from secops.judging.codes import parse_address
from secops.model.asset import EndpointKind
from secops.model.record import Cell

STATED_IN: Final = "business.source_addresses"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedEndpoint:
    """An address, the first row that states it, and all systems that answer there."""

    value: str
    row: FileRow
    systems: tuple[str, ...]

    @property
    def cells(self) -> dict[str, Cell]:
        """Give the cells of the endpoint."""
        kind = EndpointKind.ADDRESS.value
        return {"kind": kind, "value": self.value, "systems": self.systems}


def propose_endpoints(
    rows: Iterable[tuple[FileRow, str, Mapping[str, Cell]]], known: Iterable[Cell]
) -> Iterator[ProposedEndpoint]:
    """Take rows of systems with id and cells; give single addresses that are not known yet.

    An endpoint that stands already, in the workspace or in the files, is left as it is.
    """
    found: dict[str, tuple[FileRow, dict[str, None]]] = {}
    for row, system, cells in rows:
        stated = cells.get(STATED_IN)
        for one in stated if isinstance(stated, tuple) and not row.revision else ():
            if parse_address(one) is not None:  # a range is no place
                found.setdefault(one, (row, {}))[1][system] = None
    there = {str(one) for one in known} if found else set()
    for value, (row, systems) in found.items():
        if value not in there:
            yield ProposedEndpoint(value=value, row=row, systems=tuple(systems))
