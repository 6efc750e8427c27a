"""Assessments and their answers; answers are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, assert_never

from sqlalchemy import Connection, Row, Select, select

from secops.errors.store import AnswerExistsError, FrozenAssessmentError
from secops.model.actor import Actor
from secops.model.answer import Answer, Choice, Measure, OfSystem, OfUnit, Value, Verdict
from secops.model.assessment import Assessed, Assessment, AssessmentKind, Frozen
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.grades import Grades
from secops.model.history import canonical, instant
from secops.model.ids import (
    AnswerId,
    AssessmentId,
    Digest,
    ItemId,
    PersonId,
    SystemId,
    UnitId,
)
from secops.store import bulk
from secops.store.cells import actor_cells, read_actor, read_instant
from secops.store.chain import Change, SqlChain
from secops.store.subjects import read_subject, subject_cells
from secops.store.tables import ANSWER, ASSESSMENT
from secops.store.vouching import row_digest


def _assessment_row(one: Assessment) -> bulk.Row:
    frozen, grades = one.frozen, one.grades
    unit, system = _subject_cells(one.subject)
    return (
        one.id,
        one.no,
        system,
        one.kind.value,
        int(grades.business_information) if grades else None,
        int(grades.system_service) if grades else None,
        one.item_set,
        one.revision,
        instant(one.started_at),
        *actor_cells(one.started_by),
        one.cycle,
        one.replaces,
        *((instant(frozen.at), frozen.by, frozen.state, frozen.rules) if frozen else [None] * 4),
        unit,
        one.pack,
        one.scope,
    )


def _subject_cells(subject: Assessed) -> tuple[str | None, str | None]:
    match subject:
        case OfUnit(unit):
            return unit, None
        case OfSystem(system):
            return None, system


def _grades(business: int | None, service: int | None) -> Grades | None:
    if business is None or service is None:
        return None
    return Grades(
        business_information=SecurityLevel(business), system_service=SecurityLevel(service)
    )


def _assessment(row: Row[Any]) -> Assessment:
    frozen = row.frozen_at and Frozen(
        at=read_instant(row.frozen_at),
        by=PersonId(row.frozen_by),
        state=Digest(row.frozen_state),
        rules=Digest(row.frozen_rules),
    )
    return Assessment(
        id=AssessmentId(row.id),
        no=row.no,
        subject=OfUnit(UnitId(row.unit)) if row.unit else OfSystem(SystemId(row.system)),
        kind=AssessmentKind(row.kind),
        pack=row.pack,
        scope=row.scope,
        grades=_grades(row.s, row.a),
        item_set=Digest(row.item_set),
        revision=row.revision,
        started_at=read_instant(row.started_at),
        started_by=read_actor(row.account, row.person, row.means),
        cycle=row.cycle,
        replaces=AssessmentId(row.replaces) if row.replaces else None,
        frozen=frozen or None,
    )


class SqlAssessments:
    """Who was asked what."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def put(self, actor: Actor, assessment: Assessment) -> None:
        """Add it, or replace the one with the same id while it is not frozen."""
        row = _assessment_row(assessment)
        before = self.get(assessment.id)
        if before == assessment:
            return
        if before is None:
            bulk.add(self._connection, ASSESSMENT, [row])
        elif before.frozen is not None:
            raise FrozenAssessmentError(no=str(before.no))
        else:
            bulk.replace(self._connection, ASSESSMENT, [row])
        was = row_digest(ASSESSMENT, _assessment_row(before)) if before else ""
        action = "assessment.freeze" if assessment.frozen else "assessment.put"
        entry = Change(f"assessment {assessment.id}", was, row_digest(ASSESSMENT, row))
        self._chain.write(actor, action, [entry])

    def get(self, id: str) -> Assessment | None:
        """Give one."""
        return next(self._read(select(ASSESSMENT).where(ASSESSMENT.c.id == id)), None)

    def of(self, subject: Assessed) -> Iterator[Assessment]:
        """Give a subject's assessments by every checklist, by revision."""
        unit, system = _subject_cells(subject)
        chosen = ASSESSMENT.c.unit == unit if unit else ASSESSMENT.c.system == system
        query = select(ASSESSMENT).where(chosen)
        return self._read(query.order_by(ASSESSMENT.c.revision, ASSESSMENT.c.no))

    def all(self) -> Iterator[Assessment]:
        """Give every assessment, by number."""
        return self._read(select(ASSESSMENT).order_by(ASSESSMENT.c.no))

    def _read(self, query: Select[Any]) -> Iterator[Assessment]:
        return bulk.stream(self._connection, query, _assessment)

    def next_no(self) -> int:
        """Give the number of the next assessment."""
        return bulk.next_no(self._connection, ASSESSMENT)


def _value_cells(value: Value) -> tuple[str, str]:
    match value:
        case Verdict():
            return "verdict", value.value
        case Measure(n, of):
            return "measure", f"{n}/{of}"
        case Choice(code):
            return "choice", code
        case NotApplicable(reason):
            return "not_applicable", reason
        case _:
            assert_never(value)


def _value(kind: str, text: str) -> Value:
    if kind == "verdict":
        return Verdict(text)
    if kind == "measure":
        n, _, of = text.partition("/")
        return Measure(n=int(n), of=int(of))
    return Choice(text) if kind == "choice" else NotApplicable(text)


_NO_EVIDENCE: Final = canonical(())


def _answer_row(one: Answer) -> bulk.Row:
    kind, value = _value_cells(one.value)
    return (
        one.id,
        one.assessment,
        str(one.item),
        *subject_cells(one.subject),
        one.revision,
        kind,
        value,
        one.answered_by,
        *actor_cells(one.recorded_by),
        instant(one.recorded_at),
        one.note,
        canonical(one.evidence) if one.evidence else _NO_EVIDENCE,
        one.suggestion or "",
        1 if one.withdraws else None,
    )


def _answer(row: Row[Any]) -> Answer:
    return Answer(
        id=AnswerId(row.id),
        assessment=AssessmentId(row.assessment),
        subject=read_subject(row.unit, row.system, row.component),
        item=ItemId(row.item),
        revision=row.revision,
        value=_value(row.value_kind, row.value),
        answered_by=PersonId(row.answered_by),
        recorded_by=read_actor(row.account, row.person, row.means),
        recorded_at=read_instant(row.recorded_at),
        note=row.note,
        evidence=tuple(Digest(one) for one in json.loads(row.evidence)),
        suggestion=Digest(row.suggestion) if row.suggestion else None,
        withdraws=row.withdraws is not None,
    )


def _action(one: Answer) -> str:
    return "answer.withdraw" if one.withdraws else "answer.put"


def refuse_frozen(connection: Connection, assessment: AssessmentId) -> None:
    """Raise FrozenAssessmentError: nothing is added to what is frozen."""
    asked = select(ASSESSMENT.c.no).where(
        ASSESSMENT.c.id == assessment, ASSESSMENT.c.frozen_at.is_not(None)
    )
    frozen = connection.execute(asked).scalar()
    if frozen is not None:
        raise FrozenAssessmentError(no=str(frozen))


class SqlAnswers:
    """Append-only."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def append(self, actor: Actor, batch: Sequence[Answer]) -> None:
        """Add answers; refuses a frozen assessment and a revision that exists already."""
        rows = [_answer_row(one) for one in batch]
        for assessment in dict.fromkeys(one.assessment for one in batch):
            self._check(assessment, [row for row in rows if row[1] == assessment])
        bulk.add(self._connection, ANSWER, rows)
        for action in ("answer.put", "answer.withdraw"):
            said = (r for one, r in zip(batch, rows, strict=True) if _action(one) == action)
            entries = [Change(f"answer {r[0]}", "", row_digest(ANSWER, r)) for r in said]
            self._chain.write(actor, action, entries)

    def _check(self, assessment: AssessmentId, rows: Sequence[bulk.Row]) -> None:
        refuse_frozen(self._connection, assessment)
        keys = select(ANSWER.c.item, ANSWER.c.component, ANSWER.c.revision)
        there = self._connection.execute(keys.where(ANSWER.c.assessment == assessment))
        taken = {(row[0], row[1], row[2]) for row in there}
        for row in rows:
            key = (str(row[2]), str(row[5]), int(str(row[6])))
            if key in taken:
                raise AnswerExistsError(item=key[0], revision=str(key[2]))
            taken.add(key)

    def of(self, assessment: AssessmentId) -> Iterator[Answer]:
        """Give all answers of an assessment, superseded ones too, by item and revision."""
        query = select(ANSWER).where(ANSWER.c.assessment == assessment)
        ordered = query.order_by(ANSWER.c.item, ANSWER.c.component, ANSWER.c.revision)
        return (_answer(row) for row in self._connection.execute(ordered).all())

    def withdrawals(self) -> Iterator[Answer]:
        """Give those that take another back, of every assessment; they are few."""
        query = select(ANSWER).where(ANSWER.c.withdraws.is_not(None))
        return (_answer(row) for row in self._connection.execute(query).all())
