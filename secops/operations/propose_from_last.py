"""What was answered in the last cycle, proposed where it is asked again just so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from secops.contracts.store import Blobs, UnitOfWork
from secops.errors.answering import NothingToCarryError
from secops.judging.carrying import AskedAgain, asked_again
from secops.judging.proposing import Proposal
from secops.judging.scoring import current
from secops.model.answer import Answer, Subject
from secops.model.assessment import Assessment
from secops.model.ids import Digest, ItemId
from secops.model.proposal import FromLast
from secops.operations.assessments import Opened, Series, all_of, item_set_of, opened, subjects_of

Said = Mapping[tuple[ItemId, Subject], Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedOver:
    """An assessment beside the one of the cycle before it."""

    one: Opened
    last: Assessment
    compared: AskedAgain
    proposals: tuple[Proposal, ...]  # what waits for a person to confirm it
    answered: int  # items asked again just so that are answered by now
    left: int  # those that nobody had answered before


def carried_over(work: UnitOfWork, blobs: Blobs, series: Series) -> CarriedOver:
    """Compare with the last cycle; raises NoAssessmentError and NothingToCarryError."""
    one = opened(work, blobs, series)
    last = last_before(work, one)
    found = asked_again(item_set_of(blobs, last), one.item_set)
    before = current(work.answers.of(last.id))
    said = current(work.answers.of(one.assessment.id))
    answered = {item for item, _ in said}
    proposals = tuple(_proposals(work, one, (last, found, before), said))
    proposed = {proposal.asked.item.id for proposal in proposals}
    return CarriedOver(
        one=one,
        last=last,
        compared=found,
        proposals=proposals,
        answered=sum(asked.item.id in answered for asked in found.same),
        left=sum(asked.item.id not in answered | proposed for asked in found.same),
    )


def last_before(work: UnitOfWork, one: Opened) -> Assessment:
    """Give the newest revision of the cycle before this one; raises NothingToCarryError."""
    earlier = _earlier(work, one)
    if not earlier:
        raise NothingToCarryError(name=one.series.name, checklist=one.series.pack)
    return max(earlier, key=lambda other: other.revision)


def has_last(work: UnitOfWork, one: Opened) -> bool:
    """Say whether there is a cycle before this one."""
    return bool(_earlier(work, one))


def _earlier(work: UnitOfWork, one: Opened) -> list[Assessment]:
    now = one.assessment
    return [
        other
        for other in all_of(work, one.series)
        if other.cycle != now.cycle and other.revision < now.revision
    ]


def _proposals(
    work: UnitOfWork, one: Opened, then: tuple[Assessment, AskedAgain, Said], said: Said
) -> Iterator[Proposal]:
    last, found, before = then
    for asked in found.same:
        whole = one.series.subject
        for subject in (whole, *subjects_of(asked.item, one)):
            answer = before.get((asked.item.id, subject))
            if answer and (asked.item.id, subject) not in said:
                yield Proposal(
                    asked=asked,
                    subject=subject,
                    value=answer.value,
                    source=FromLast(
                        cycle=last.cycle,
                        answer=answer.id,
                        answered_by=answer.answered_by,
                        answered_at=answer.recorded_at,
                        evidence_at=_newest(work, answer.evidence),
                    ),
                    note=answer.note,
                    evidence=answer.evidence,
                )


def _newest(work: UnitOfWork, evidence: tuple[Digest, ...]) -> datetime | None:
    records = (work.evidence.get(one) for one in evidence)
    return max((one.taken_at for one in records if one), default=None)
