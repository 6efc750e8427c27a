"""High-risk cases and major hazards of a system: what stands about each, and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.judging.hazards import absent_in_bulk, count_hazards, propose
from secops.judging.tables import Tables
from secops.model.answer import Choice
from secops.model.assessment import Assessment
from secops.model.case import CaseProposal, CaseValue
from secops.model.ids import ItemId, PersonId
from secops.model.judgement import Suggestion
from secops.model.score import HazardCounts, JudgedCase
from secops.operations.answer_item import Answered, Reply, record_answers
from secops.operations.assessment_status import suggested
from secops.operations.assessments import Series, opened, refuse_frozen, who
from secops.operations.score_system import judged_cases, scored_items


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatus:
    """One case, and what the tool proposes; it never decides."""

    judged: JudgedCase
    proposal: CaseProposal
    suggestions: tuple[tuple[ItemId, Suggestion], ...]  # about its items


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazards:
    """All cases that concern a system."""

    series: Series
    assessment: Assessment
    cases: tuple[CaseStatus, ...]
    counts: HazardCounts


def hazards_of(
    work: UnitOfWork,
    blobs: Blobs,
    series: Series,
    tables: Tables,
    until: datetime | None = None,
) -> Hazards:
    """Give the cases of the newest assessment; raises NoAssessmentError."""
    one = opened(work, blobs, series, until)
    found = suggested(work, one, tables)
    judged = judged_cases(work, one, scored_items(work, one, until), until)
    return Hazards(
        series=series,
        assessment=one.assessment,
        cases=tuple(
            CaseStatus(
                judged=each,
                proposal=propose(each, found),
                suggestions=tuple((item, found[item]) for item in each.case.about if item in found),
            )
            for each in judged
        ),
        counts=count_hazards(judged),
    )


def answer_absent(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    hazards: Hazards,
    by: PersonId | None = None,
) -> Answered:
    """Answer `absent` for a person, where people found every item of an open case compliant.

    Raises FrozenAssessmentError, NobodyError.
    """
    one = opened(work, blobs, hazards.series)
    refuse_frozen(one)
    who(acting, by)
    absent = Choice(CaseValue.ABSENT.value)
    replies = [
        Reply(item=str(each.judged.case.id), value=absent, by=by)
        for each in hazards.cases
        if absent_in_bulk(each.judged, each.proposal)
    ]
    return record_answers(work, acting, one, replies)
