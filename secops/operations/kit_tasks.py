"""What a unit has still to do, as its kit shows it: what was found, what an answer admits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.words import label
from secops.errors import msgid
from secops.judging.points import share_of
from secops.judging.scoring import current
from secops.judging.tables import Tables
from secops.model.answer import OfSystem, OfUnit, Subject
from secops.model.form import FormColumn, FormRow, FormSheet
from secops.operations.assessments import opened
from secops.operations.export_form import Asking, checks_of
from secops.operations.form_rows import choices_of, said_of
from secops.operations.kit_records import UnitRecords
from secops.operations.kit_sheets import TODO
from secops.operations.propose_from_last import has_last, last_before
from secops.operations.standing_findings import standing_findings

_COLUMNS: Final = (
    ("no", msgid("no"), 10),
    ("about", msgid("about"), 20),
    ("risk", msgid("risk"), 8),
    ("statement", msgid("what is wrong"), 46),
    ("said", msgid("what was said of it"), 22),
    ("measure", msgid("how it is usually mended"), 44),
    ("seen", msgid("last seen"), 12),
)


@dataclass(frozen=True, slots=True)
class _Task:
    """One row."""

    id: str
    cells: Mapping[str, str]


def task_sheet(
    work: UnitOfWork, blobs: Blobs, records: UnitRecords, about: tuple[Asking, Tables]
) -> Iterator[FormSheet]:
    """Give the sheet, to be read and not to be filled in; none where nothing is to do."""
    words = records.telling.words
    tasks = [*_found(work, records, about[0]), *_admitted(work, blobs, records, about)]
    filled = {key for one in tasks for key, text in one.cells.items() if text}
    if tasks:
        yield FormSheet(
            key=TODO,
            title=words.gettext(msgid("own tasks (to read)")),
            columns=tuple(
                FormColumn(key=key, title=words.gettext(title), width=width)
                for key, title, width in _COLUMNS
                if key in filled
            ),
            rows=tuple(FormRow(id=one.id, revision="", cells=one.cells) for one in tasks),
        )


def _found(work: UnitOfWork, records: UnitRecords, asking: Asking) -> Iterator[_Task]:
    """Give the findings about the unit and its systems."""
    words = records.telling.words
    about: list[tuple[str, OfUnit | OfSystem]] = [(records.unit.name, OfUnit(records.unit.id))]
    about += [(one.name, OfSystem(one.id)) for one in records.of("system").values()]
    for name, subject in about:
        for one in standing_findings(work, work.findings.of(subject)):
            cells = {
                "no": str(one.no),
                "about": name,
                "risk": label(one.risk, words),
                "statement": one.statement,
                "measure": one.measure,
                "seen": one.last_seen.astimezone(asking.zone).date().isoformat(),
            }
            yield _Task(f"finding {one.id}", cells)


def _admitted(
    work: UnitOfWork, blobs: Blobs, records: UnitRecords, about: tuple[Asking, Tables]
) -> Iterator[_Task]:
    """Give the items that the newest answer, of this cycle or the last, does not call done."""
    asking, tables = about
    one = opened(work, blobs, asking.series)
    said = current(work.answers.of(last_before(work, one).id)) if has_last(work, one) else {}
    said |= current(work.answers.of(one.assessment.id))
    subject: Subject = asking.series.subject
    checks, words = checks_of(tables), records.telling.words
    for asked in one.item_set.asked:
        item, answer = asked.item, said.get((asked.item.id, subject))
        share = share_of(item.asks, answer.value, Fraction(0)) if answer else None
        if answer and share is not None and share < 1:
            check = checks.get(item.id)
            cells = {
                "no": str(asked.at.clause),
                "about": records.unit.name,
                "statement": asked.at.gist,
                "said": said_of(answer, choices_of(item.asks, words), asking.zone),
                "measure": check.measure if check else "",
            }
            yield _Task(f"task {item.id}", cells)
