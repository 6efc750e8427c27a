"""Findings without those that only an answer told of which was taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from secops.contracts.store import UnitOfWork
from secops.judging.scoring import stated
from secops.model.answer import Answer, Choice, Subject, Value
from secops.model.assessment import whole_of
from secops.model.case import CaseValue
from secops.model.ids import ItemId
from secops.model.judgement import Finding, SourceKind, answered_risk

_BAD = (Choice(CaseValue.PRESENT.value), Choice(CaseValue.DOWNGRADED.value))


def standing_findings(work: UnitOfWork, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Leave out what was said by a slip; what was mended since stays, it was once found.

    Where others than the slip tell of it, the newest of them does so in its own words.
    """
    taken = {(one.item, one.subject) for one in work.answers.withdrawals()}
    return tuple(_standing(work, findings, taken))


def _standing(
    work: UnitOfWork, findings: Iterable[Finding], taken: Collection[tuple[ItemId, Subject]]
) -> Iterator[Finding]:
    for one in findings:
        item, subject = one.item, one.subject
        if one.source.kind is not SourceKind.ANSWER or not item or (item, subject) not in taken:
            yield one
        elif answers := [*_telling(work, item, subject)]:
            yield replace(one, statement=answers[-1].note or one.statement)


def _telling(work: UnitOfWork, item: ItemId, subject: Subject) -> Iterator[Answer]:
    """Give the answers that nobody took back and that say that something is wrong."""
    for assessment in work.assessments.of(whole_of(subject)):
        for answer in stated(work.answers.of(assessment.id)).get((item, subject), ()):
            if _bad(answer.value):
                yield answer


def _bad(value: Value) -> bool:
    return value in _BAD or answered_risk(value) is not None
