"""Add, change and retire one record of any kind: one way for all, by the cells of its class.

A plan is made first and shown by --dry-run; the real run writes exactly that plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from secops.contracts.store import UnitOfWork
from secops.contracts.world import NewId
from secops.errors import InputError, MissingKeyError, SecopsError
from secops.errors.inventory import (
    NothingToChangeError,
    SecretSystemError,
    UnknownFieldError,
    WrongEditError,
)
from secops.judging.codes import wrong_cells
from secops.judging.name_words import NameWords
from secops.model.actor import Actor
from secops.model.inventory import KINDS, InventoryRecord, kind_of
from secops.model.record import EMPTY, Cell, CellKind, Field, fields_of, from_cells, to_cells
from secops.model.system import LifecycleStage
from secops.operations.find_record import find_record, kind_said, name_of, records_of

NEVER_SET: Final = frozenset({"id", "no"})
ENDS: Final = {
    "unit": "retired_on",
    "person": "left_on",
    "appointment": "until",
    "system": "retired_on",
    "component": "retired_on",
    "endpoint": "retired_on",
    "supply": "until",
}
"""The cell that says since when a record is over; nothing is ever removed."""

SECRET_TEXTS: Final = {
    "system": ("name", "business.description", "note"),
    "component": ("name",),
    "data_category": ("name", "category"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How typed text is read, and the words that are never to be entered."""

    read: Callable[[Field, str], Cell]  # raises InputError
    names: NameWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What will be written, and what it changes."""

    kind: str
    record: InventoryRecord
    is_new: bool
    changes: Mapping[str, tuple[Cell, Cell]] = field(default_factory=dict)


def plan_add(
    work: UnitOfWork, kind: str, settings: Mapping[str, str], language: Language, new_id: NewId
) -> Edit:
    """Plan a new record. Raises WrongEditError with every value that cannot be."""
    cells: dict[str, Cell] = {"id": new_id(), "no": records_of(work, kind).next_no()}
    return _planned(work, kind, cells, settings, language)


def plan_edit(
    work: UnitOfWork,
    record: InventoryRecord,
    settings: Mapping[str, str],
    language: Language,
) -> Edit:
    """Plan a change of a record that is there."""
    if not settings:
        raise NothingToChangeError
    return _planned(work, kind_of(record), to_cells(record), settings, language)


def plan_retire(record: InventoryRecord, on: date) -> Edit:
    """Plan the end of a record on a day."""
    kind, before = kind_of(record), to_cells(record)
    after = {**before, ENDS[kind]: on}
    if kind == "system":
        after["stage"] = LifecycleStage.STOPPED.value
    ended = from_cells(KINDS[kind], after)
    return Edit(kind=kind, record=ended, is_new=False, changes=_differing(before, after))


def plan_contact(
    work: UnitOfWork, person: str, settings: Mapping[str, str], language: Language
) -> Edit:
    """Plan how a person is reached; empty text erases."""
    contact = work.contacts.get(person)
    before: dict[str, Cell] = to_cells(contact) if contact else {"id": person}
    return _planned(work, "contact", before, settings, language)


def carry_out(work: UnitOfWork, actor: Actor, edit: Edit) -> None:
    """Write what was planned; the caller commits."""
    if edit.is_new or edit.changes:
        records_of(work, edit.kind).put_many(actor, [edit.record])


def _planned(
    work: UnitOfWork,
    kind: str,
    before: dict[str, Cell],
    settings: Mapping[str, str],
    language: Language,
) -> Edit:
    problems: list[SecopsError] = []
    after = dict(before)
    for path, text in settings.items():
        try:
            after[path] = _cell(work, field_called(kind, path), text, language)
        except SecopsError as error:
            problems.append(error)
    problems += unfit(kind, after, language)
    is_new = len(before) <= len(NEVER_SET)
    try:
        record = from_cells(KINDS[kind], after)
    except MissingKeyError as error:
        if error.details["key"] not in settings:
            problems.append(error)
    except InputError as error:
        problems.append(error)
    if problems:
        raise WrongEditError(problems)
    changes = _differing({} if is_new else before, to_cells(record))
    return Edit(kind=kind, record=record, is_new=is_new, changes=changes)


def _cell(work: UnitOfWork, one: Field, text: str, language: Language) -> Cell:
    if one.kind is not CellKind.REFERENCE or not text:
        return language.read(one, text)
    if one.many:
        names = [part.strip() for part in text.split(",") if part.strip()]
        return tuple(str(find_record(work, one.refers, name).id) for name in names)
    return str(find_record(work, one.refers, text).id)


def unfit(kind: str, cells: Mapping[str, Cell], language: Language) -> Iterator[SecopsError]:
    """Say what cannot stand in these cells, whoever typed it."""
    yield from wrong_cells(kind, cells)
    for path in SECRET_TEXTS.get(kind, ()):
        text = str(cells.get(path) or "")
        word = language.names.secret_word(text)
        if word:
            yield SecretSystemError(name=text, word=word)


def field_called(kind: str, path: str) -> Field:
    """Find a field by its path, or by its last part where only one ends so."""
    record: Any = KINDS[kind]  # mypy holds a union of classes for not hashable
    fields = [one for one in fields_of(record) if one.path not in NEVER_SET]
    written = path.strip().replace("-", "_")
    same = [one for one in fields if one.path == written]
    same = same or [one for one in fields if one.path.endswith("." + written)]
    if len(same) == 1:
        return same[0]
    paths = [one.path for one in same or fields]
    near = paths[:5] if same else _near(written, paths)
    raise UnknownFieldError(kind=kind_said(kind), path=path, near=", ".join(near) or "-")


def _near(written: str, paths: list[str]) -> list[str]:
    by_end = {path.rpartition(".")[2]: path for path in reversed(paths)}
    near = get_close_matches(written, paths, n=3, cutoff=0.6)
    ends = get_close_matches(written.rpartition(".")[2], by_end, n=3, cutoff=0.6)
    return list(dict.fromkeys([*near, *(by_end[end] for end in ends)]))[:4]


def _differing(
    before: Mapping[str, Cell], after: Mapping[str, Cell]
) -> dict[str, tuple[Cell, Cell]]:
    return {
        path: (before.get(path), cell)
        for path, cell in after.items()
        if path not in NEVER_SET and (before.get(path) or None) != (cell or None)
    }


def shown_cell(work: UnitOfWork, one: Field, cell: Cell) -> str:
    """Say what stands in a cell: names instead of ids."""
    if cell in EMPTY:
        return ""
    if one.kind is CellKind.REFERENCE:
        ids = cell if isinstance(cell, tuple) else (str(cell),)
        found: list[Any] = [records_of(work, one.refers).get(id) for id in ids]
        return ", ".join(name_of(x) if x else id for x, id in zip(found, ids, strict=True))
    return ", ".join(cell) if isinstance(cell, tuple) else str(cell)
