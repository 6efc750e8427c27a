"""The points of a self-check, what its answers rest on, and where confirmed values came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from secops.contracts.store import Blobs, UnitOfWork
from secops.judging.evidence_age import age_of, begin_of_cycle
from secops.judging.points import pointed
from secops.judging.proposing import read_source
from secops.model.common import NotApplicable
from secops.model.evidence import EvidenceRecord
from secops.model.ids import AnswerId, Digest, ItemId
from secops.model.points import Pointed
from secops.model.proposal import EvidenceAge, Source
from secops.model.score import Scored
from secops.operations.assessments import Opened, all_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """What the answers that stand rest on."""

    since: datetime  # the begin of the cycle
    evidence: Mapping[Digest, EvidenceRecord]
    ages: Mapping[ItemId, EvidenceAge]  # of answered items that apply

    @property
    def counts(self) -> dict[EvidenceAge, int]:
        """Count the answered items by the age of their evidence."""
        found = Counter(self.ages.values())
        return {one: found[one] for one in reversed(EvidenceAge)}


def points_of(scored: Scored) -> Pointed | None:
    """Give the points; None: the checklist gives none."""
    return pointed(scored.items, scored.bands.partial_weight)


def resting_on(work: UnitOfWork, one: Opened, scored: Scored, zone: tzinfo) -> Resting:
    """Look up the evidence that the answers name; what is inherited whole has none here."""
    answers = [answer for item in scored.items for answer in item.answers]
    digests = dict.fromkeys(digest for answer in answers for digest in answer.evidence)
    records = {digest: work.evidence.get(digest) for digest in digests}
    evidence = {digest: record for digest, record in records.items() if record}
    taken = {digest: record.taken_at for digest, record in evidence.items()}
    since = begin_of_cycle(one.assessment, all_of(work, one.series), zone)
    return Resting(
        since=since,
        evidence=evidence,
        ages={
            item.item.id: age_of(item.answers, taken, since)
            for item in scored.items
            if item.answers and item.value is not None and not isinstance(item.value, NotApplicable)
        },
    )


def sources_of(blobs: Blobs, scored: Scored) -> dict[AnswerId, Source]:
    """Say where the values of answers that confirmed a proposal were taken from."""
    found = {
        answer.id: read_source(blobs.get(answer.suggestion))
        for item in scored.items
        for answer in item.answers
        if answer.suggestion
    }
    return {id_: source for id_, source in found.items() if source}
