"""From merged rows of a kit to records of the inventory: added, changed, ended; or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from secops.contracts.world import Acting
from secops.errors import InputError, MissingKeyError, SecopsError
from secops.errors.forms import NoLongerAskedError
from secops.judging.form_merge import MergedCell, MergedRow
from secops.model.ids import UnitId
from secops.model.inventory import KINDS
from secops.model.record import EMPTY, Cell, CellKind, Field, from_cells, to_cells
from secops.model.unit import Post, UnitKind
from secops.operations.edit_record import unfit
from secops.operations.find_record import name_of
from secops.operations.kit_plan import HIDDEN, CellMoved, RecordChange
from secops.operations.kit_records import OF_UNIT, UnitRecords, field_of, unknown
from secops.operations.kit_sheets import CONTACT, POST

_ROLES: Final = ("supervises", "maintains", "uses")
_SUPPLIER: Final = "supplier"


@dataclass(frozen=True, slots=True)
class _Stated:
    """Who said what is being worked on."""

    by: str
    path: Path


@dataclass(slots=True, kw_only=True)
class Changing:
    """Rows becoming changes and refusals, in the order of the sheets."""

    records: UnitRecords
    acting: Acting
    day: date
    changes: list[RecordChange] = field(default_factory=list)
    refused: list[SecopsError] = field(default_factory=list)

    def add(self, row: MergedRow, about: str) -> None:
        """Plan what follows from one row; `about`: the id of its record, or nothing."""
        behind = row.cells[0].behind[0]
        stated = _Stated(by=behind.by, path=behind.path)
        kind = row.base.id.partition(" ")[0].removeprefix("+")
        before, seen = len(self.changes), self.records.seen()
        try:
            if kind in ("appointment", POST):
                self._hold(row, about, stated)
            else:
                self._change(kind, row, about, stated)
        except SecopsError as error:
            del self.changes[before:]
            self.records.forget(seen)
            self.refused.append(_named(error, row))

    def filler(self, name: str, title: str, path: Path) -> str:
        """Give the person of the unit who filled in a copy, or add them; raises InputError."""
        known = self.records.lead("person", name)
        cells: dict[str, Cell] = {"name": name, "title": title}
        return known or str(self._put("person", cells, {}, _Stated(by=name, path=path)).id)

    def _change(self, kind: str, row: MergedRow, about: str, stated: _Stated) -> None:
        record = self.records.of(kind).get(about)
        if about and record is None:
            raise NoLongerAskedError
        before: Mapping[str, Cell] = to_cells(record) if record else {}
        own = [one for one in row.cells if not one.column.private]
        after = dict(before)
        for one in own:
            after[one.column.key] = self._read(kind, one, after, stated)
        if kind == "system":
            _fill_units(after, self.records.unit.id)
        if own:
            record = self._put(kind, after, before, stated)
        if len(own) < len(row.cells):
            self._reach(str(record.id) if record else about, row, stated)

    def _read(self, kind: str, one: MergedCell, cells: Mapping[str, Cell], stated: _Stated) -> Cell:
        """Read a cell; raises InputError without a place."""
        field, text = field_of(kind, one.column.key), one.value or ""
        try:
            if field.kind is CellKind.REFERENCE and text:
                return self._lead(field, text, cells, stated)
            return self.records.telling.language.read(field, text) if text else None
        except InputError as error:
            error.at(one.behind[0].place)
            error.details["key"] = one.column.title
            raise

    def _lead(self, field: Field, text: str, cells: Mapping[str, Cell], stated: _Stated) -> str:
        """Give the id of what a cell names; a new person or supplier is added."""
        records = self.records
        if field.refers == "person":
            unit = str(cells.get(f"{field.path.rpartition('.')[0]}.unit") or records.unit.id)
            if unit != records.unit.id:
                return records.person_of(unit, text)
            known = records.lead("person", text)
            return known or str(self._put("person", {"name": text}, {}, stated).id)
        if field.refers == "unit":
            known = records.unit_named(text)
            if known or field.path != _SUPPLIER:
                return known or _refuse("unit", text, (records.unit.name,))
            return str(self._put("unit", {"name": text, "kind": _EXTERNAL}, {}, stated).id)
        known = records.lead(field.refers, text)
        names = (name_of(one) for one in records.of(field.refers).values())
        return known or _refuse(field.refers, text, tuple(names))

    def _hold(self, row: MergedRow, about: str, stated: _Stated) -> None:
        """Let somebody hold a post: the one before ends, another one begins."""
        current = self.records.of("appointment").get(about)
        moved = {one.column.key: one for one in row.cells}
        person = current.person if current else None
        if "person" in moved:
            text = moved["person"].value or ""
            field = field_of("appointment", "person")
            person = self._lead(field, text, {}, stated) if text else None
        department = row.after.get("department", "")
        if department and not person:
            raise MissingKeyError(key="person")
        if current and person == current.person:
            before = to_cells(current)
            self._put("appointment", {**before, "department": department}, before, stated)
            return
        if current:
            before = to_cells(current)
            self._put("appointment", {**before, "until": self.day}, before, stated)
        if person:
            post = current.post if current else Post[row.base.id.partition(" ")[2].upper()]
            cells: dict[str, Cell] = {
                "person": person,
                "post": post.name.lower(),
                "department": department,
                "since": self.day,
            }
            self._put("appointment", cells, {}, stated)

    def _reach(self, person: str, row: MergedRow, stated: _Stated) -> None:
        """Change how a person is reached; values are never shown."""
        before = to_cells(self.records.contact(person))
        after = dict(before)
        for one in row.cells:
            if one.column.private:
                path = one.column.key.removeprefix(CONTACT)
                after[path] = self._read("person", one, after, stated) or ""
        self._put("contact", after, before, stated)

    def _put(
        self, kind: str, cells: Mapping[str, Cell], before: Mapping[str, Cell], stated: _Stated
    ) -> Any:  # noqa: ANN401  # any record
        """Plan a record; raises InputError about a cell that cannot be."""
        after, is_new = dict(cells), not before
        if is_new:
            after |= {"id": self.acting.new_id(), "no": self.records.next_no(kind)}
            if kind in OF_UNIT:
                after[OF_UNIT[kind]] = self.records.unit.id
        changed = {
            path: cell
            for path, cell in after.items()
            if path not in ("id", "no") and not _same(before.get(path), cell)
        }
        for problem in unfit(kind, changed, self.records.telling.language):
            raise problem
        record = from_cells(KINDS[kind], {p: c for p, c in after.items() if c not in EMPTY})
        if changed or is_new:
            self.records.keep(kind, record)
            self._note(kind, record, changed, (before, stated))
        return record

    def _note(
        self,
        kind: str,
        record: Any,  # noqa: ANN401  # any record
        changed: Mapping[str, Cell],
        told: tuple[Mapping[str, Cell], _Stated],
    ) -> None:
        before, stated = told
        title = self.records.telling.title
        private = kind == "contact"

        def said(path: str, cell: Cell) -> str:
            return HIDDEN if private else self.records.said(field_of(kind, path), cell)

        self.changes.append(
            RecordChange(
                kind=kind,
                record=record,
                name=self._called(kind, record),
                is_new=not before,
                cells=tuple(
                    CellMoved(
                        title=title(kind, path),
                        before=said(path, before.get(path)),
                        after=said(path, cell),
                    )
                    for path, cell in changed.items()
                    if path != OF_UNIT.get(kind)
                ),
                by=stated.by,
                path=stated.path,
            )
        )

    def _called(self, kind: str, record: Any) -> str:  # noqa: ANN401  # any record
        if kind == "contact":
            return self.records.name("person", record.id)
        if kind == "appointment":
            return self.records.post_said(record.post)
        return name_of(record)


_EXTERNAL: Final = UnitKind.EXTERNAL.name.lower()


def _same(one: Cell, other: Cell) -> bool:
    return one == other or (one in EMPTY and other in EMPTY)


def _named(error: SecopsError, row: MergedRow) -> SecopsError:
    """Name the cell, and its column as the workbook does."""
    titles = {one.key: one.title for one in row.sheet.columns}
    key = str(error.details.get("key", ""))
    key = key if key in titles else f"{CONTACT}{key}"
    if key in titles:
        error.details["key"] = titles[key]
    return error.at(row.place(key if key in titles else ""))


def _refuse(kind: str, text: str, names: tuple[str, ...]) -> str:
    raise unknown(kind, text, names)


def _fill_units(cells: dict[str, Cell], unit: UnitId) -> None:
    """Let a responsible person without a unit be of the unit itself."""
    for role in _ROLES:
        before = f"ownership.{role}."
        if cells.get(f"{before}person") and not cells.get(f"{before}unit"):
            cells[f"{before}unit"] = unit
