"""A correction of what is frozen: a new revision that names the one it replaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.judging import NotFrozenError
from secops.judging.scoring import current
from secops.model.answer import Answer
from secops.model.assessment import Assessment
from secops.model.ids import AnswerId, AssessmentId
from secops.model.platform_statement import Inheritance, InheritanceId
from secops.operations.assessments import Opened, Series, opened


def revise_assessment(
    work: UnitOfWork, blobs: Blobs, acting: Acting, series: Series
) -> tuple[Assessment, tuple[Answer, ...]]:
    """Open a new revision over the same items; carry what stands and what is inherited.

    A carried answer stays what its person stated, and when; raises NotFrozenError.
    """
    one = opened(work, blobs, series)
    before = one.assessment
    if not before.frozen:
        raise NotFrozenError(name=series.name)
    assessment = next_revision(work, acting, before)
    carried = carried_to(acting, assessment, current(work.answers.of(before.id)).values())
    work.assessments.put(acting.actor, assessment)
    work.answers.append(acting.actor, carried)
    work.inheritances.append(acting.actor, tuple(_inherited(acting, one, assessment.id)))
    return assessment, carried


def next_revision(work: UnitOfWork, acting: Acting, before: Assessment) -> Assessment:
    """Give the revision that replaces one: the same, begun now, and open."""
    return replace(
        before,
        id=AssessmentId(acting.new_id()),
        no=work.assessments.next_no(),
        revision=before.revision + 1,
        started_at=acting.now(),
        started_by=acting.actor,
        replaces=before.id,
        frozen=None,
    )


def carried_to(
    acting: Acting, revision: Assessment, answers: Iterable[Answer]
) -> tuple[Answer, ...]:
    """Give the answers as they stand at a new revision: what was stated, by whom, and when."""
    return tuple(
        replace(one, id=AnswerId(acting.new_id()), assessment=revision.id, revision=1)
        for one in answers
    )


def _inherited(acting: Acting, one: Opened, revision: AssessmentId) -> Iterator[Inheritance]:
    for inherited in one.inherited.values():
        id_ = InheritanceId(acting.new_id())
        yield replace(inherited.inheritance, id=id_, assessment=revision, revision=1)
