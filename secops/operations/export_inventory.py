"""Write the whole inventory to a file, and keep its base for the import of the edited copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from secops.contracts.inventory_files import Sheet, WriteInventory
from secops.contracts.store import Begin, Blobs
from secops.errors import InFile
from secops.errors.files import ExportTooLargeError
from secops.model.actor import Actor
from secops.model.ids import Digest
from secops.model.inventory import KINDS
from secops.model.record import Cell, CellKind, fields_of, to_cells
from secops.operations.find_record import records_of
from secops.operations.inventory_base import filled, keep_base
from secops.operations.inventory_names import labels, named

_Rows = dict[str, dict[str, dict[str, Cell]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The file, its revision, and how many records of each kind it holds."""

    content: bytes
    revision: Digest
    counts: Mapping[str, int]


def export_inventory(
    begin: Begin, blobs: Blobs, actor: Actor, write: WriteInventory, path: Path
) -> Exported:
    """Read every record, keep the base, write the file; the chain says that it was exported.

    Raises ExportTooLargeError for this path where its reader would refuse the file.
    """
    with begin(reading=True) as work:
        rows: _Rows = {}
        for kind in KINDS:
            rows[kind] = {str(one.id): to_cells(one) for one in records_of(work, kind).all()}
        revision = keep_base(
            blobs,
            ((kind, id_, filled(cells)) for kind in rows for id_, cells in rows[kind].items()),
        )
    try:
        content = write(list(_sheets(rows)), revision)
    except ExportTooLargeError as error:
        error.where = InFile(path)
        error.details["count"] = str(sum(map(len, rows.values())))
        raise
    with begin() as work:
        work.chain.note(actor, "inventory.export", str(revision))
        work.commit()
    counts = {kind: len(found) for kind, found in rows.items()}
    return Exported(content=content, revision=revision, counts=counts)


def count_inventory(begin: Begin) -> Mapping[str, int]:
    """Say how many records of each kind an export would hold."""
    with begin(reading=True) as work:
        return {kind: records_of(work, kind).count() for kind in KINDS}


def _sheets(rows: _Rows) -> Iterator[Sheet]:
    labelled = {kind: labels(named(rows[kind])) for kind in KINDS}
    for kind, found in rows.items():
        yield Sheet(kind=kind, rows=_labelled(kind, found, labelled))


def _labelled(
    kind: str, rows: Mapping[str, dict[str, Cell]], labelled: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, dict[str, Cell]]]:
    references = references_of(kind)
    for id_, cells in rows.items():
        said = {path: cell for path, cell in cells.items() if path != "id"}
        if kind == "contact":
            said = {"id": id_, **said}
        for path, refers in references.items():
            cell = said.get(path)
            known = labelled[refers]
            if isinstance(cell, tuple):
                said[path] = tuple(known.get(one, one) for one in cell)
            elif cell:
                said[path] = known.get(str(cell), str(cell))
        yield id_, said


@cache
def references_of(kind: str) -> dict[str, str]:
    """Give the paths of a kind that refer to others, and to which kind."""
    record: type = KINDS[kind]
    return {
        one.path: one.refers
        for one in fields_of(record)
        if one.kind is CellKind.REFERENCE and (one.path != "id" or one.refers != kind)
    }
