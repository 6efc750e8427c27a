"""Findings without those that only an answer told of which was taken back."""

from __future__ import annotations

from collections.abc import Iterable

from secops.contracts.store import UnitOfWork
from secops.judging.scoring import stated
from secops.model.answer import Choice, OfComponent, OfSystem, Subject, Value, Verdict
from secops.model.assessment import Assessed
from secops.model.case import CaseValue
from secops.model.ids import ItemId
from secops.model.judgement import Finding, SourceKind

_BAD = (Choice(CaseValue.PRESENT.value), Choice(CaseValue.DOWNGRADED.value))


def standing_findings(work: UnitOfWork, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Leave out what was said by a slip; what was mended since stays, it was once found."""
    taken = {(one.item, one.subject) for one in work.answers.withdrawals()}
    return tuple(
        one
        for one in findings
        if one.source.kind is not SourceKind.ANSWER
        or one.item is None
        or (one.item, one.subject) not in taken
        or _told(work, one.item, one.subject)
    )


def _told(work: UnitOfWork, item: ItemId, subject: Subject) -> bool:
    """Whether an answer that nobody took back says that something is wrong."""
    return any(
        _bad(answer.value)
        for assessment in work.assessments.of(_whole(subject))
        for answer in stated(work.answers.of(assessment.id)).get((item, subject), ())
    )


def _whole(subject: Subject) -> Assessed:
    return OfSystem(subject.system) if isinstance(subject, OfComponent) else subject


def _bad(value: Value) -> bool:
    return value in _BAD or (isinstance(value, Verdict) and value < Verdict.COMPLIANT)
