"""Make the workbook of one unit: its inventory, its self-check, its registers, its tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Final

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.words import Words
from secops.contracts.world import Acting
from secops.errors import msgid
from secops.judging.tables import Tables
from secops.model.assessment import Assessment
from secops.model.checklist import Checklist
from secops.model.evidence import digest_of
from secops.model.form import (
    Choices,
    EntryKind,
    Form,
    FormColumn,
    FormId,
    FormPurpose,
    FormRow,
    FormSheet,
    FormSubject,
)
from secops.model.history import canonical
from secops.model.record import CellKind
from secops.model.unit import Unit, UnitKind
from secops.operations.assessments import Series, newest
from secops.operations.export_form import Asking, form_of
from secops.operations.kit_records import Telling, UnitRecords, field_of, is_listed, row_id
from secops.operations.kit_sheets import (
    AFTER,
    BEFORE,
    CONTACT,
    POST,
    POSTS,
    CellAsked,
    RecordSheet,
)
from secops.operations.kit_tasks import task_sheet
from secops.operations.start_assessment import Beginning, start_assessment

_GUIDE: Final = (
    msgid("write your name and post above: what this workbook says is kept as stated by you"),
    msgid("go through the sheets from left to right; a small school needs 30 to 60 minutes"),
    msgid("fill in the white cells; pale yellow ones are still open, grey ones are not asked"),
    msgid("a new person, website or system goes into the empty rows below the others"),
    msgid("self-check: choose from the list, or fill in both numbers; see what proves it beside"),
    msgid("where it does not apply, choose so and give the reason: the usual one is in its list"),
    msgid("last year's answer and what the inventory counts only help: what you fill in counts"),
    msgid("leave sheets, rows and columns where they are; several people may fill in copies"),
    msgid("save it as .xlsx and send it back; what contradicts another copy is asked back"),
)
_REVISION: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class KitMaking:
    """What all kits of one run share."""

    checklist: Checklist
    cycle: str
    day: date  # on which the inventory is counted
    zone: tzinfo
    due: date | None = None
    back_to: str = ""  # who takes it back, whom to ask


def make_kit(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    making: tuple[KitMaking, Unit],
    told: tuple[Tables, Telling],
) -> Form:
    """Build the kit of a unit, and begin its self-check where none of the cycle is open.

    Raises AssessmentOpenError, FrozenAssessmentError, and as choosing the items.
    """
    said, unit = making
    tables, telling = told
    assessment = _open(work, blobs, acting, making)
    words = telling.words
    asking = Asking(
        series=Series(unit, said.checklist.pack), day=said.day, zone=said.zone, due=said.due
    )
    check = form_of(work, blobs, acting, asking, (tables, words))
    departments = (one for one in work.units.all() if one.kind is UnitKind.DEPARTMENT)
    records = UnitRecords(work, unit, departments, (telling, said.day))
    return Form(
        id=FormId(acting.new_id()),
        purpose=FormPurpose.KIT,
        subject=FormSubject(assessment.id, unit.id),
        title=words.gettext(msgid("{name}: yearly kit")).format(name=unit.name),
        facts=tuple(_facts(unit, said, words)),
        guide=tuple(words.gettext(step) for step in _GUIDE),
        sheets=(
            *(_record_sheet(one, records) for one in BEFORE),
            *(replace(one, title=words.gettext(msgid("self-check"))) for one in check.sheets),
            *(_record_sheet(one, records) for one in AFTER),
            *task_sheet(work, blobs, records, (asking, tables)),
        ),
        asks_post=True,
        due=said.due,
    )


def _open(
    work: UnitOfWork, blobs: Blobs, acting: Acting, making: tuple[KitMaking, Unit]
) -> Assessment:
    """Give the self-check that stands open, or begin one."""
    said, unit = making
    found = newest(work, Series(unit, said.checklist.pack))
    if found and (found.cycle == said.cycle or (not said.cycle and not found.frozen)):
        return found
    beginning = Beginning(about=unit, checklist=said.checklist, cycle=said.cycle)
    return start_assessment(work, blobs, acting, beginning).assessment


def _facts(unit: Unit, said: KitMaking, words: Words) -> Iterator[tuple[str, str]]:
    pairs = (
        (msgid("unit"), f"{unit.name} ({unit.no})"),
        (msgid("checklist"), f"{said.checklist.title} {said.checklist.edition}"),
        (msgid("cycle"), said.cycle),
        (msgid("send back by"), said.due.isoformat() if said.due else ""),
        (msgid("send back to, and ask"), said.back_to),
    )
    for title, value in pairs:
        if value:
            yield words.gettext(title), value


def _record_sheet(sheet: RecordSheet, records: UnitRecords) -> FormSheet:
    telling = records.telling
    if sheet.kind == "appointment":
        rows = tuple(_posts(sheet, records))
    else:
        rows = tuple(
            _row(sheet.kind, id, records.cells(sheet, id)) for id in records.of(sheet.kind)
        )
    return FormSheet(
        key=sheet.kind,
        title=telling.words.gettext(sheet.title),
        columns=tuple(_column(sheet.kind, one, records) for one in sheet.cells),
        rows=rows,
        spare=sheet.spare,
    )


def _column(kind: str, asked: CellAsked, records: UnitRecords) -> FormColumn:
    one = field_of(kind, asked.path)
    entry = EntryKind.CHOICE if is_listed(one) else EntryKind.TEXT
    of = ("contact", asked.path.removeprefix(CONTACT)) if asked.private else (kind, asked.path)
    return FormColumn(
        key=asked.path,
        title=records.telling.title(*of),
        entry=EntryKind.FIXED if asked.fixed else entry,
        width=asked.width,
        needed=asked.needed,
        private=asked.private,
        choices=records.telling.choices(one)
        if is_listed(one)
        else _offered(one.kind, one.refers, records),
    )


def _offered(kind: CellKind, refers: str, records: UnitRecords) -> Choices:
    """Offer names where a record is named; any other may be typed."""
    if kind is not CellKind.REFERENCE:
        return ()
    if refers == "unit":
        names = [records.unit.name]
    else:
        names = [records.name(refers, id) for id in records.of(refers)]
    return tuple((name, name) for name in names)


def _row(kind: str, id: str, cells: dict[str, str]) -> FormRow:
    stood = {key: cell for key, cell in cells.items() if not key.startswith(CONTACT)}
    revision = digest_of(canonical(stood).encode()).rpartition(":")[2][:_REVISION]
    return FormRow(id=row_id(kind, id), revision=revision, cells=cells)


def _posts(sheet: RecordSheet, records: UnitRecords) -> Iterator[FormRow]:
    """Give a row for each post, and for each one who holds it."""
    held = records.of("appointment")
    for post in dict.fromkeys((*POSTS, *(one.post for one in held.values()))):
        said = {"post": records.post_said(post)}
        holders = [id for id, one in held.items() if one.post is post]
        for id in holders:
            yield _row("appointment", id, records.cells(sheet, id) | said)
        if not holders:
            yield _row(POST, post.name.lower(), said)
