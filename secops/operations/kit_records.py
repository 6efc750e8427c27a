"""The records of one unit as its kit shows them: text in cells, names for what is referred to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from secops.contracts.store import UnitOfWork
from secops.contracts.words import Words, label
from secops.errors import InputError
from secops.errors.files import AmbiguousEntryError, UnknownEntryError
from secops.model.form import Choices
from secops.model.ids import PersonId
from secops.model.inventory import KINDS
from secops.model.record import EMPTY, Cell, CellKind, Field, fields_of, to_cells
from secops.model.unit import Contact, Post, Unit
from secops.operations.edit_record import ENDS, Language
from secops.operations.find_record import kind_said, name_of, records_of
from secops.operations.forms import typed
from secops.operations.kit_sheets import CONTACT, KEYS, POST, SHEETS, RecordSheet
from secops.operations.unit_tree import units_under

OF_UNIT: Final = {
    "person": "unit",
    "appointment": "unit",
    "system": "ownership.operating_unit",
    "component": "unit",
}
"""The cell by which a record belongs to the unit; other kinds belong to a system of it."""
_PERSON: Final = "person"
LISTED: Final = frozenset({CellKind.CHOICE, CellKind.LEVEL, CellKind.BOOLEAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How cells are titled, written and read."""

    words: Words
    language: Language
    title: Callable[[str, str], str]  # of a kind's path
    choices: Callable[[Field], Choices]
    written: Callable[[Field, Cell], str]


@cache
def field_of(kind: str, path: str) -> Field:
    """Find a field; those of contacts stand in the sheet of persons."""
    if path.startswith(CONTACT):
        kind, path = "contact", path.removeprefix(CONTACT)
    record: Any = KINDS[kind]  # mypy holds a union of classes for not hashable
    return next(one for one in fields_of(record) if one.path == path)


def is_listed(one: Field) -> bool:
    """Whether a cell is chosen from a list."""
    return one.kind in LISTED and not one.many


Seen = tuple[dict[str, dict[str, Any]], dict[str, Contact]]


class UnitRecords:
    """What a unit has that is in use; loaded kind by kind, when somebody asks."""

    def __init__(
        self, work: UnitOfWork, unit: Unit, departments: Iterable[Unit], told: tuple[Telling, date]
    ) -> None:
        self.unit = unit
        self.telling, self._day = told
        self._own = tuple(one.id for one in units_under(departments, unit))
        self._work = work
        self._kinds: dict[str, dict[str, Any]] = {"unit": {unit.id: unit}}
        self._contacts: dict[str, Contact] = {}
        self._numbers: dict[str, int] = {}

    def of(self, kind: str) -> dict[str, Any]:
        """Give the records of a kind by id."""
        if kind not in self._kinds:
            found = (one for one in self._load(kind) if self._in_use(kind, one))
            self._kinds[kind] = {str(one.id): one for one in found}
        return self._kinds[kind]

    def _load(self, kind: str) -> Iterator[Any]:
        """Give what the unit and its departments have; posts are held in the unit itself."""
        records = records_of(self._work, kind)
        if kind == "appointment":
            yield from records.find(unit=self.unit.id)
        elif kind in OF_UNIT:
            for unit in self._own:
                yield from records.find(unit=unit)
        else:
            for system in self.of("system"):
                yield from records.find(system=system)

    def _in_use(self, kind: str, record: Any) -> bool:  # noqa: ANN401  # any record
        end: date | None = getattr(record, ENDS.get(kind, ""), None)
        return end is None or end > self._day

    def known(self, kind: str, id: str) -> Any | None:  # noqa: ANN401  # any record
        """Give a record, in use or ended."""
        return self.of(kind).get(id) or (records_of(self._work, kind).get(id) if id else None)

    def contact(self, person: str) -> Contact:
        """Give how a person is reached."""
        if person not in self._contacts:
            known = self._work.contacts.get(person)
            self._contacts[person] = known or Contact(id=PersonId(person))
        return self._contacts[person]

    def keep(self, kind: str, record: Any) -> None:  # noqa: ANN401  # any record
        """Let the next rows see what will be written."""
        if kind == "contact":
            self._contacts[record.id] = record
        elif self._in_use(kind, record):
            self.of(kind)[record.id] = record
        else:
            self.of(kind).pop(record.id, None)

    def seen(self) -> Seen:
        """Give what is seen now, so that a row which fails leaves no trace."""
        return {kind: dict(found) for kind, found in self._kinds.items()}, dict(self._contacts)

    def forget(self, seen: Seen) -> None:
        """See again what was seen then; what was loaded since is loaded anew."""
        self._kinds, self._contacts = seen

    def next_no(self, kind: str) -> int:
        """Give the number of the next new record."""
        if kind not in self._numbers:
            self._numbers[kind] = records_of(self._work, kind).next_no()
        self._numbers[kind] += 1
        return self._numbers[kind] - 1

    def cells(self, sheet: RecordSheet, id: str) -> dict[str, str]:
        """Give what the cells of a row say; nothing of a record that is not there."""
        record = self.known(sheet.kind, id)
        if record is None:
            return {}
        cells: dict[str, Cell] = to_cells(record)
        if sheet.kind == "person":
            cells |= {f"{CONTACT}{key}": cell for key, cell in to_cells(self.contact(id)).items()}
        shown = ((one.path, cells.get(one.path)) for one in sheet.cells)
        return {
            path: self.text(field_of(sheet.kind, path), cell)
            for path, cell in shown
            if cell not in EMPTY
        }

    def text(self, one: Field, cell: Cell) -> str:
        """Say a cell as a workbook holds it; of a list its code."""
        if cell in EMPTY:
            return ""
        if one.kind is CellKind.REFERENCE:
            return typed(self.name(one.refers, str(cell)))
        if one.kind is CellKind.BOOLEAN:
            return "yes" if cell else "no"
        return str(cell) if is_listed(one) else typed(self.telling.written(one, cell))

    def spelled(self, kind: str, path: str, text: str) -> str:
        """Spell what somebody typed as the workbook would: 2026/3/1 is no other day.

        What cannot be read is given as it is: it is refused where it is read.
        """
        one = field_of(kind, path)
        try:
            if one.kind is CellKind.REFERENCE:
                found = (
                    self.unit_named(text) if one.refers == "unit" else self.lead(one.refers, text)
                )
                return self.text(one, found) if found else text
            return text if is_listed(one) else self.text(one, self.telling.language.read(one, text))
        except InputError:
            return text

    def said(self, one: Field, cell: Cell) -> str:
        """Say a cell as people know it."""
        plain = one.kind is CellKind.REFERENCE or cell in EMPTY
        return self.text(one, cell) if plain else self.telling.written(one, cell)

    def name(self, kind: str, id: str) -> str:
        """Name a record: by its name, and its number where another one of the unit shares it."""
        own, record = self.of(kind), self.known(kind, id)
        if record is None:
            return id
        name = name_of(record)
        shared = sum(name_of(one) == name for one in own.values()) > 1
        return f"{name} #{record.no}" if shared else name

    def post(self, post: str) -> str:
        """Give the id of the newest appointment to a post, or nothing."""
        member = Post[post.upper()]
        held = (id for id, one in self.of("appointment").items() if one.post is member)
        return max(held, key=lambda id: self.of("appointment")[id].no, default="")

    def holding(self, appointment: str) -> str:
        """Give an appointment, or where it has ended the newest one to its post."""
        if appointment in self.of("appointment"):
            return appointment
        ended = self._work.appointments.get(appointment)
        return self.post(ended.post.name.lower()) if ended else ""

    def with_key(self, kind: str, cells: Mapping[str, str]) -> str:
        """Give the id of the record that a row which somebody added is about, or nothing."""
        sheet, keys = SHEETS[kind], KEYS[kind]
        wanted = tuple(cells.get(key, "") for key in keys)
        for id in self.of(kind):
            said = self.cells(sheet, id)
            if tuple(said.get(key, "") for key in keys) == wanted:
                return id
        return ""

    def lead(self, kind: str, text: str) -> str:
        """Give the id of what a cell names, among what the unit has; nothing: it has no such."""
        name, _, number = text.rpartition(" #")
        if name and number.isdigit():
            return next((i for i, x in self.of(kind).items() if str(x.no) == number), "")
        same = [id for id, one in self.of(kind).items() if typed(name_of(one)) == text]
        if len(same) > 1:
            numbers = [f"{text} #{self.of(kind)[id].no}" for id in same]
            raise AmbiguousEntryError(
                key="name", found=text, candidates=", ".join(numbers), example=numbers[0]
            )
        return same[0] if same else ""

    def unit_named(self, text: str) -> str:
        """Give the unit of this name or short name, or nothing."""
        if text in (self.unit.name, self.unit.short_name):
            return self.unit.id
        own = self.lead("unit", text)
        return own or next((one.id for one in self._work.units.find(name=text)), "")

    def person_of(self, unit: str, text: str) -> str:
        """Give the person of another unit; raises UnknownEntryError."""
        found = [one for one in self._work.persons.find(unit=unit) if self._in_use(_PERSON, one)]
        same = [one.id for one in found if one.name == text]
        if len(same) == 1:
            return same[0]
        raise unknown(_PERSON, text, (one.name for one in found))

    def post_said(self, post: Post) -> str:
        """Name a post."""
        return label(post, self.telling.words)


def unknown(kind: str, text: str, names: Iterable[str]) -> UnknownEntryError:
    """Say that nothing is called so, with near names."""
    near = ", ".join(get_close_matches(text, list(names), n=3, cutoff=0.5)) or "-"
    return UnknownEntryError(key=kind, kind=kind_said(kind), found=text[:80], near=near)


def row_id(kind: str, id: str) -> str:
    """Name the row of a record, or of a post that nobody holds."""
    return f"{kind} {id}"


def stands(records: UnitRecords, row: str) -> Mapping[str, str]:
    """Say what the row of a record would say now.

    Where a holder of a post has changed, the row of the one before is about the one who holds it.
    """
    kind, _, id = row.partition(" ")
    if kind == POST:
        return records.cells(SHEETS["appointment"], records.post(id))
    if kind == "appointment":
        id = records.holding(id)
    return records.cells(SHEETS[kind], id)
