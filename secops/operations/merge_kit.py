"""Merge all copies of one unit's kit: its records and its self-check, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import Place, SecopsError
from secops.errors.forms import NameMissingError
from secops.errors.kits import RepeatedNewRowError
from secops.judging.form_check import CheckedRow
from secops.judging.form_keeping import stood
from secops.judging.form_merge import CopyRows, MergedRow, merged
from secops.model.form import FormRow, FormSubject
from secops.model.inventory import KINDS, InventoryRecord
from secops.model.kit import KitState
from secops.model.unit import Person, Unit
from secops.operations.answer_item import record_answers
from secops.operations.find_record import records_of
from secops.operations.form_rows import cells_of
from secops.operations.forms import Returned, by_spreadsheet
from secops.operations.import_forms import Planning, Target, target_of
from secops.operations.kit_changes import Changing
from secops.operations.kit_plan import (
    KitConflict,
    KitSeen,
    MergeRun,
    Merging,
    UnitMerge,
)
from secops.operations.kit_records import UnitRecords, stands
from secops.operations.kit_sheets import KEYS, SHEETS, TODO

_ADDED: Final = "+"
"""Before the id of a row that somebody added: its kind, and what tells it from others."""
_BETWEEN: Final = "\x1f"


@dataclass(slots=True, kw_only=True)
class _Unit:
    """One unit while its copies are merged."""

    records: UnitRecords
    target: Target
    about: dict[str, str]  # rows that somebody added -> the record that they are about

    def stands(self, subject: FormSubject, row: str) -> Mapping[str, str]:
        """Say what a row would say now."""
        del subject
        if row.startswith(_ADDED):
            kind = row.removeprefix(_ADDED).partition(" ")[0]
            return self.records.cells(SHEETS[kind], self.about[row])
        if row in self.target.rows:
            return cells_of(self.target.said.get(row))
        return stands(self.records, row)

    def record(self, row: MergedRow) -> str:
        """Give the id of the record that a row is about; nothing: there is none yet."""
        id_ = row.base.id
        if id_.startswith(_ADDED):
            return self.about[id_]
        kind, _, id_ = id_.partition(" ")
        if kind == "post":
            return self.records.post(id_)
        return self.records.holding(id_) if kind == "appointment" else id_


def merge_kit(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    copies: tuple[Unit, Sequence[Returned]],
    merging: MergeRun,
) -> UnitMerge:
    """Plan what the copies of one unit change; nothing is written.

    A copy with a wrong cell is left out whole, unless the rest of it shall be taken. Raises
    StaleFormError, FrozenAssessmentError: no copy of them can be taken.
    """
    (unit, every), said = copies, merging.merging
    subject = every[0].form.subject
    target = target_of(work, blobs, subject)
    told = said.telling, merging.day
    records = UnitRecords(work, unit, merging.departments, told)
    one = _Unit(records=records, target=target, about={})
    unfit: list[SecopsError] = [error for it in every for error in it.checked.refused]
    several = [it for it in every if said.unconflicted or not it.checked.refused]
    repeated: list[SecopsError] = []
    rows = _merged(one, several, said, repeated)
    if nameless := _nameless(several, rows):
        unfit += [NameMissingError(where=place) for place in nameless.values()]
        several = [it for it in several if it.copy.path not in nameless]
        repeated.clear()
        rows = _merged(one, several, said, repeated)
    changing = Changing(records=records, acting=acting, day=merging.day)
    for row in rows:
        if not row.conflicts and row.base.id not in target.rows:
            changing.add(row, one.record(row))
    persons = _fillers(changing, several, rows)
    planning = Planning(targets={subject: target}, persons=persons, only=None)
    for row in rows:
        if not row.conflicts and row.base.id in target.rows:
            planning.add(row)
    return _outcome(
        UnitMerge(
            unit=unit,
            state=KitState.REFUSED if unfit and not several else KitState.UNCHANGED,
            copies=tuple(map(_seen, every)),
            changes=tuple(changing.changes),
            answers=tuple(planning.answers),
            conflicts=tuple(
                KitConflict(row=row, cell=cell, name=_name(one, row))
                for row in rows
                for cell in row.conflicts
            ),
            refused=(*repeated, *changing.refused, *planning.refused),
            opened=target.opened,
            persons=persons,
        ),
        (target, said, tuple(unfit)),
    )


def _merged(
    one: _Unit, several: Sequence[Returned], said: Merging, refused: list[SecopsError]
) -> list[MergedRow]:
    rows = merged(list(_rows(one, several, refused)), one.stands, said.prefer)
    return [row for row in rows if row.sheet.key != TODO]


def _nameless(several: Sequence[Returned], rows: Iterable[MergedRow]) -> dict[Path, Place]:
    """Find copies that say something and name nobody who says it."""
    speak = {claim.path for row in rows for cell in row.cells for claim in cell.claims}
    copies = (it.copy for it in several)
    return {it.path: it.by_place for it in copies if it.path in speak and not it.by}


def _seen(one: Returned) -> KitSeen:
    copy = one.copy
    return KitSeen(path=copy.path, form=one.record.no, by=copy.by, post=copy.post)


def _rows(
    one: _Unit, several: Sequence[Returned], refused: list[SecopsError]
) -> Iterator[CopyRows]:
    """Give the rows of each copy; what somebody added is known by what it says."""
    for it in several:
        met: dict[str, CheckedRow] = {}
        rows: list[CheckedRow] = []
        for found in it.checked.rows:
            row = _spelled(one, found) if found.sheet.key in SHEETS else found
            if row.base is not None:
                rows.append(row)
                continue
            added = _added(one, row)
            assert added.base is not None  # noqa: S101  # it was just given one
            first = met.setdefault(added.base.id, added)
            if first is not added:
                refused.append(RepeatedNewRowError(where=row.place(""), first=str(first.place(""))))
                continue
            rows.append(added)
        yield CopyRows(form=it.form, path=it.copy.path, by=it.copy.by, rows=rows)


def _spelled(one: _Unit, row: CheckedRow) -> CheckedRow:
    """Spell what was typed as the workbook would, so that the same value is no change."""
    kind, before = row.sheet.key, row.base.cells if row.base else {}
    changed = {
        column.key: one.records.spelled(kind, column.key, text)
        for column in row.sheet.entries
        if (text := row.cells[column.key]) and stood(column, text) != before.get(column.key, "")
    }
    return replace(row, cells={**row.cells, **changed}) if changed else row


def _added(one: _Unit, row: CheckedRow) -> CheckedRow:
    kind = row.sheet.key
    said = _BETWEEN.join(row.cells.get(key, "") for key in KEYS[kind])
    id_ = f"{_ADDED}{kind} {said}"
    if id_ not in one.about:
        one.about[id_] = one.records.with_key(kind, row.cells)
    return replace(row, base=FormRow(id=id_, revision="", cells={}))


def _name(one: _Unit, row: MergedRow) -> str:
    """Name what a row is about as people know it."""
    known = one.target.rows.get(row.base.id)
    if known:
        return str(known[0].at.clause)
    kind, _, rest = row.base.id.removeprefix(_ADDED).partition(" ")
    if row.base.id.startswith(_ADDED):
        return rest.replace(_BETWEEN, " ")
    said = one.records.cells(SHEETS[kind], rest) if kind in SHEETS else {}
    return said.get("name") or said.get("service") or said.get("post") or row.sheet.title


def _fillers(
    changing: Changing, several: Sequence[Returned], rows: Iterable[MergedRow]
) -> dict[Path, Person]:
    """Give who states what each copy says; whoever the unit does not know yet is added."""
    speak = {claim.path for row in rows for cell in row.cells for claim in cell.claims}
    persons: dict[Path, Person] = {}
    for it in several:
        copy = it.copy
        if copy.path in speak:
            try:
                id_ = changing.filler(copy.by, copy.post, copy.path)
            except SecopsError as error:
                raise error.at(copy.by_place) from error
            persons[copy.path] = changing.records.of("person")[id_]
    return persons


def _outcome(one: UnitMerge, told: tuple[Target, Merging, tuple[SecopsError, ...]]) -> UnitMerge:
    """Say what comes of it: all of it, the rest where that was asked for, or nothing."""
    target, merging, unfit = told
    state, left = one.state, bool(one.refused or one.conflicts) and not merging.unconflicted
    if left:
        state = KitState.REFUSED if one.refused else KitState.UNDECIDED
    elif one.changes or one.answers:
        state = KitState.TAKEN
    asked = {str(it.item.id) for it in target.opened.item_set.asked}
    said = {row.partition(" ")[0] for row in target.said}
    if not left:
        said |= {it.reply.item for it in one.answers}
    return replace(
        one,
        state=state,
        answered=len(asked & said),
        asked=len(asked),
        refused=(*unfit, *one.refused),
    )


def record_kit(work: UnitOfWork, acting: Acting, one: UnitMerge) -> None:
    """Write what was planned; who stated it is kept as declared."""
    for kind in KINDS:
        by_whom: dict[Path, dict[str, InventoryRecord]] = {}
        for change in one.changes:
            if change.kind == kind:
                by_whom.setdefault(change.path, {})[str(change.record.id)] = change.record
        for path, records in by_whom.items():
            actor = replace(by_spreadsheet(acting).actor, person=one.persons[path].id)
            records_of(work, kind).put_many(actor, list(records.values()))
    if one.answers and one.opened:
        record_answers(work, by_spreadsheet(acting), one.opened, [it.reply for it in one.answers])
