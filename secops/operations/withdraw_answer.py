"""A person takes back what was just answered by mistake: what stood before stands again.

Nothing is removed: answers and withdrawals are only ever added, and the history tells of both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.store import AnswerExistsError
from secops.judging.scoring import current
from secops.model.answer import Answer
from secops.model.ids import AnswerId, PersonId
from secops.operations.assessments import Series, opened, refuse_frozen, who


def withdraw_answers(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    series: Series,
    taken: tuple[Iterable[Answer], PersonId],
) -> tuple[Answer, ...]:
    """Take back these answers, all or none, for the person who says so.

    Raises FrozenAssessmentError; AnswerExistsError where one of them does not stand any more.
    """
    answers, by = taken
    one = opened(work, blobs, series)
    refuse_frozen(one)
    kept = tuple(work.answers.of(one.assessment.id))
    stand = current(kept)
    last = {(answer.item, answer.subject): answer.revision for answer in kept}
    made: list[Answer] = []
    for answer in answers:
        key = (answer.item, answer.subject)
        now = stand.get(key)
        if now is None or now.id != answer.id:
            raise AnswerExistsError(item=str(answer.item), revision=str(last.get(key, 0)))
        made.append(
            replace(
                answer,
                id=AnswerId(acting.new_id()),
                revision=last[key] + 1,
                answered_by=who(acting, by),
                recorded_by=acting.actor,
                recorded_at=acting.now(),
                note="",
                evidence=(),
                suggestion=None,
                withdraws=True,
            )
        )
    work.answers.append(acting.actor, made)
    return tuple(made)
