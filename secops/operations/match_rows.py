"""From the rows of files to records: which one each means, and what each reference leads to."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from secops.contracts.inventory_files import FileRow, Notice
from secops.contracts.store import Blobs
from secops.contracts.world import NewId
from secops.errors import InputError, msgid
from secops.errors.files import (
    AmbiguousEntryError,
    DifferingContactsError,
    MissingCellError,
    MissingColumnError,
    RemovalRefusedError,
    RepeatedEntryError,
    SeveralNamesError,
    UnknownEntryError,
    UnknownRevisionError,
)
from secops.judging.codes import parse_address, parse_url
from secops.model.inventory import KINDS
from secops.model.record import Cell
from secops.operations.add_missing import SEVERAL, Proposals, named_row, unit_beside
from secops.operations.export_inventory import references_of
from secops.operations.find_record import kind_said
from secops.operations.inventory_base import Base, Cells, flat, read_base
from secops.operations.inventory_names import labels, named
from secops.operations.inventory_stock import KEYS, OPTIONAL_KEYS, Key, Stock
from secops.operations.propose_endpoints import STATED_IN, propose_endpoints


@dataclass(slots=True)
class Matched:
    """A row, the record it means, and its cells with ids for references."""

    row: FileRow
    id: str
    no: int
    is_new: bool
    cells: dict[str, Cell]
    base: Cells | None
    named_at: str = ""  # the cell that names a record which no row states


@dataclass(slots=True)
class _Revision:
    """An export that rows come from: its cells and what each label led to."""

    base: Base
    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def lead(self, kind: str, text: str) -> str:
        """Give what a label of that export meant then, whatever it is called now."""
        if kind not in self.ids:
            rows = self.base.rows.get(kind, {})
            self.ids[kind] = {said: id_ for id_, said in labels(named(rows)).items()}
        return self.ids[kind].get(text, "")


class Matching:
    """Matches all rows of one import; mistakes are collected, never raised."""

    def __init__(self, stock: Stock, blobs: Blobs, new_id: NewId) -> None:
        self._stock = stock
        self._blobs = blobs
        self._new_id = new_id
        self._revisions: dict[str, _Revision | None] = {}
        self._references = {kind: references_of(kind) for kind in KINDS}
        self._met: dict[tuple[str, str], FileRow] = {}
        self._proposals = Proposals(stock, new_id)
        self.problems: list[InputError] = []

    def match(self, rows: Iterable[FileRow]) -> list[Matched]:
        """Find the record of every row, kind by kind, then what the other references mean."""
        by_kind: dict[str, list[FileRow]] = {kind: [] for kind in KINDS}
        for row in rows:
            by_kind[row.kind].append(row)
        found = [one for kind in KINDS for row in by_kind[kind] for one in self._identify(row)]
        for one in found:
            self._resolve_rest(one)
        for new in self._proposals.added:
            one = _matched(new.row, new.id, new.no, new.cells, is_new=True)
            one.named_at = str(new.row.place(""))
            found.append(one)
        found += self._contacts_beside(found)
        found += self._endpoints_beside(found)
        order = {kind: number for number, kind in enumerate(KINDS)}
        return sorted(found, key=lambda one: order[one.row.kind])

    @property
    def notices(self) -> Sequence[Notice]:
        """What people should see of how names were taken."""
        return self._proposals.notices

    def _note(self, row: FileRow, error: InputError, path: str) -> None:
        error.at(row.place(path))
        if "key" in error.details:
            error.details["key"] = row.titles.get(path, error.details["key"])
        self.problems.append(error)

    def _identify(self, row: FileRow) -> Iterator[Matched]:
        revision = self._revision(row)
        if revision is None and row.revision:
            return
        try:
            one = self._by_id(row, revision) if row.id else self._by_key(row)
        except InputError as error:
            self._note(row, error, str(error.details.get("path") or error.details.get("key") or ""))
            return
        if one.id and (first := self._met.setdefault((row.kind, one.id), row)) is not row:
            repeated = RepeatedEntryError(kind=kind_said(row.kind), first=str(first.place("")))
            self._note(row, repeated, "")
            return
        if row.kind in self._proposals.known:
            stored = self._stock.rows[row.kind].get(one.id, {})
            self._proposals.known[row.kind][one.id] = ChainMap(one.cells, dict(stored))
        name = str(row.cells.get("name") or "")
        if name and not one.is_new:
            self._stock.names[row.kind].add(one.id, name)
        yield one

    def _revision(self, row: FileRow) -> _Revision | None:
        if not row.revision:
            return None
        if row.revision not in self._revisions:
            base = read_base(self._blobs, row.revision)
            self._revisions[row.revision] = _Revision(base) if base else None
            if base is None:
                error = UnknownRevisionError(revision=row.revision[:19])
                self._note(row, error, "")
        return self._revisions[row.revision]

    def _by_id(self, row: FileRow, revision: _Revision | None) -> Matched:
        if revision is None:
            raise UnknownRevisionError(revision="-")
        base = revision.base.rows.get(row.kind, {}).get(row.id)
        now = self._stock.rows[row.kind].get(row.id)
        if base is None or now is None:
            raise UnknownEntryError(key="id", kind=kind_said(row.kind), found=row.id, near="-")
        number = now.get("no")
        no = number if isinstance(number, int) else 0
        stated = row.cells.get("no")
        if stated is not None and stated != no:
            raise UnknownEntryError(
                key="no", kind=kind_said(row.kind), found=str(stated), near=str(no)
            )
        cells = {path: cell for path, cell in row.cells.items() if path not in ("id", "no")}
        return Matched(row, row.id, no, is_new=False, cells=cells, base=base)

    def _by_key(self, row: FileRow) -> Matched:
        if row.retire and not (row.kind == "contact" and row.revision):
            problem = msgid("the row comes from no export of this workspace")
            raise RemovalRefusedError(problem=problem)
        cells = dict(row.cells)
        if row.kind == "endpoint" and cells.get("kind") is None and cells.get("value"):
            cells["kind"] = _endpoint_kind(str(cells["value"]))
        number = cells.pop("no", None)
        if isinstance(number, int):
            return self._by_number(row, number, cells)
        key = self._key(row, cells)
        if row.kind == "contact":
            return self._contact(row, str(key[0]), cells)
        ids = self._stock.with_key(row.kind, key)
        if len(ids) > 1:
            found = str(cells.get("name") or cells.get("value") or "")
            candidates = ", ".join(f"#{self._number(row.kind, id_)}" for id_ in ids)
            raise AmbiguousEntryError(
                key=KEYS[row.kind][-1],
                found=found,
                candidates=candidates,
                example=f"#{self._number(row.kind, ids[0])}",
            )
        if not ids:
            id_ = self._new_id()
            no = self._stock.expect(row.kind, key, id_, str(cells.get("name") or ""))
            return _matched(row, id_, no, cells, is_new=True)
        is_new = ids[0] not in self._stock.rows[row.kind]  # a second row for one that is added
        return _matched(row, ids[0], self._number(row.kind, ids[0]), cells, is_new=is_new)

    def _by_number(self, row: FileRow, number: int, cells: dict[str, Cell]) -> Matched:
        id_ = self._stock.with_number(row.kind, number)
        if not id_:
            raise UnknownEntryError(key="no", kind=kind_said(row.kind), found=str(number), near="-")
        return _matched(row, id_, number, cells, is_new=False)

    def _contact(self, row: FileRow, id_: str, cells: dict[str, Cell]) -> Matched:
        """Match by the person: YAML writes no id for a contact, since it has none of its own."""
        cells.pop("id", None)
        one = _matched(row, id_, 0, cells, is_new=id_ not in self._stock.rows["contact"])
        revision = self._revisions.get(row.revision)
        one.base = revision.base.rows.get("contact", {}).get(id_) if revision else None
        return one

    def _number(self, kind: str, id_: str) -> int:
        number = self._stock.rows[kind].get(id_, {}).get("no")
        return number if isinstance(number, int) else 0

    def _key(self, row: FileRow, cells: dict[str, Cell]) -> Key:
        key: list[object] = []
        for path in KEYS[row.kind]:
            if cells.get(path) is None and path not in OPTIONAL_KEYS:
                raise (MissingCellError if row.titles else MissingColumnError)(key=path)
            if path in self._references[row.kind]:
                cells[path] = self._lead(row, path, str(cells[path]), cells)
            key.append(flat(cells.get(path)))
        return tuple(key)  # type: ignore[arg-type]  # each is flat

    def _lead(self, row: FileRow, path: str, text: str, cells: dict[str, Cell]) -> str:
        refers = self._references[row.kind][path]
        revision = self._revisions.get(row.revision)
        then = revision.lead(refers, text) if revision else ""
        if refers in row.adds and not then:
            named = {"unit": self._proposals.unit, "person": self._proposals.person}[refers]
            then = named(row, path, text, cells)
        if then:
            return then
        try:
            return self._stock.names[refers].find(path, text)
        except AmbiguousEntryError:
            beside = self._beside(path, text, cells) if refers == "person" else []
            if len(beside) == 1:
                return beside[0]
            raise
        except UnknownEntryError:
            if refers in ("person", "unit") and SEVERAL.search(text):
                raise SeveralNamesError(key=path, found=text) from None
            raise

    def _beside(self, path: str, text: str, cells: dict[str, Cell]) -> list[str]:
        """Of several persons of one name, those of the unit that stands beside."""
        for unit in unit_beside(path, cells):
            ids = self._stock.with_key("person", (unit, text))
            if ids:
                return ids
        return []

    def _contacts_beside(self, found: Sequence[Matched]) -> Iterator[Matched]:
        """Give the contacts that rows of other records state for the persons whom they name."""
        stated: dict[str, Matched] = {}
        said: set[tuple[str, str]] = set()
        for one in found:
            for path, cell in one.row.contacts.items():
                person, _, kind = path.rpartition(".")
                id_ = str(one.cells.get(person) or "")
                if cell is None or id_ not in self._proposals.known["person"]:
                    continue  # nobody is named, or the name itself was refused
                if id_ not in stated:
                    is_new = id_ not in self._stock.rows["contact"]
                    row = named_row("contact", {}, one.row.place(path))
                    stated[id_] = _matched(row, id_, 0, {}, is_new=is_new)
                if ("contact", id_) in self._met:
                    first = self._met.get(("contact", id_), stated[id_].row).place("")
                    error = RepeatedEntryError(kind=kind_said("contact"), first=str(first))
                    self._note(one.row, error, path)
                elif stated[id_].cells.setdefault(kind, cell) != cell and (id_, kind) not in said:
                    said.add((id_, kind))
                    self._note(one.row, self._differing(id_, path, stated[id_].row), path)
        yield from stated.values()

    def _endpoints_beside(self, found: Sequence[Matched]) -> Iterator[Matched]:
        """Give the endpoints that somebody's own table states in the rows of systems."""
        tables = ((x.row, x.id, x.cells) for x in found if x.row.kind == "system" and x.row.titles)
        known = [x.cells.get("value") for x in found if x.row.kind == "endpoint"]
        known += [x.get("value") for x in self._stock.rows["endpoint"].values()]
        for one in propose_endpoints(tables, known):
            place, id_ = one.row.place(STATED_IN), self._new_id()
            no = self._stock.expect("endpoint", ("address", one.value, None), id_, "")
            row = named_row("endpoint", one.cells, place)
            new = _matched(row, id_, no, one.cells, is_new=True)
            new.named_at = str(place)
            yield new

    def _differing(self, person: str, path: str, first: FileRow) -> DifferingContactsError:
        name = self._stock.names["person"].name(person)
        return DifferingContactsError(key=path, person=name, first=str(first.place("")))

    def _resolve_rest(self, one: Matched) -> None:
        row, keys = one.row, () if one.row.id else KEYS[one.row.kind]
        for path in self._references[row.kind]:
            cell = one.cells.get(path)
            if not cell or path in keys:
                continue
            try:
                if isinstance(cell, tuple):
                    one.cells[path] = tuple(self._lead(row, path, x, one.cells) for x in cell)
                else:
                    one.cells[path] = self._lead(row, path, str(cell), one.cells)
            except InputError as error:
                self._note(row, error, path)


def _matched(row: FileRow, id: str, no: int, cells: dict[str, Cell], *, is_new: bool) -> Matched:
    return Matched(row, id, no, is_new, cells, None)


def _endpoint_kind(value: str) -> str:
    if parse_address(value):
        return "address"
    return "url" if parse_url(value) else "name"
