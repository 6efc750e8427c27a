"""The score of a system: its answers counted, item by item. Never an official assessment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from secops.contracts.store import Blobs, UnitOfWork
from secops.judging.hazards import count_hazards, judge, state_of
from secops.judging.inheriting import with_inherited
from secops.judging.keeping import read_bands
from secops.judging.scoring import conclude, count, current, score_item, stated
from secops.judging.tables import Tables, with_settings
from secops.model.assessment import Assessment
from secops.model.case import CaseState
from secops.model.ids import AssessmentId
from secops.model.score import Bands, JudgedCase, Scored, ScoredItem
from secops.operations.assessments import Opened, Series, all_of, opened, subjects_of


def scored_items(
    work: UnitOfWork, one: Opened, until: datetime | None = None
) -> tuple[ScoredItem, ...]:
    """Give every item asked, with the answers that stand and what is inherited."""
    said = current(work.answers.of(one.assessment.id), until)
    whole = one.series.subject
    return tuple(
        with_inherited(
            score_item(asked, (whole, subjects_of(asked.item, one)), said),
            one.inherited.get(asked.item.id),
        )
        for asked in one.item_set.asked
    )


def score_system(
    work: UnitOfWork,
    blobs: Blobs,
    series: Series,
    tables: Tables,
    until: datetime | None = None,
) -> Scored:
    """Score the newest assessment; a frozen one by the bands as they were when it was frozen."""
    chosen = with_settings(tables, work.settings.all())
    return score_opened(work, blobs, opened(work, blobs, series, until), chosen.bands, until)


def score_opened(
    work: UnitOfWork, blobs: Blobs, one: Opened, chosen: Bands, until: datetime | None = None
) -> Scored:
    """Score what was opened; while it is not frozen by the bands that the unit has chosen."""
    frozen = one.assessment.frozen
    bands = read_bands(blobs.get(frozen.rules)) if frozen else chosen
    items = scored_items(work, one, until)
    score = count(items)
    cases = judged_cases(work, one, items, until)
    hazards = count_hazards(cases) if cases else None
    return Scored(
        assessment=one.assessment,
        items=items,
        score=score,
        concluded=conclude(score, bands, hazards),
        bands=bands,
        cases=cases,
        stands_in=one.item_set.stands_in,
    )


def judged_cases(
    work: UnitOfWork,
    one: Opened,
    items: Iterable[ScoredItem],
    until: datetime | None = None,
) -> tuple[JudgedCase, ...]:
    """Give what stands about each case of the item set, and which were present in this cycle."""
    cases = one.item_set.cases
    if not cases:
        return ()
    present = {
        answer.item
        for assessment in _same_cycle(work, one)
        for answers in stated(work.answers.of(assessment.id), until).values()
        for answer in answers
        if state_of(answer.value) is CaseState.PRESENT
    }
    said = current(work.answers.of(one.assessment.id), until)
    of_whole = {item: said[item, about] for item, about in said if about == one.series.subject}
    return judge(cases, of_whole, {item.item.id: item for item in items}, present)


def _same_cycle(work: UnitOfWork, one: Opened) -> tuple[Assessment, ...]:
    """Give the revisions of the cycle, and those that the newest replaces step by step."""
    until = one.assessment.revision
    revisions = [other for other in all_of(work, one.series) if other.revision <= until]
    replaced: set[AssessmentId | None] = {one.assessment.id}
    for other in reversed(revisions):
        if other.id in replaced:
            replaced.add(other.replaces)
    cycle = one.assessment.cycle
    return tuple(
        other for other in revisions if other.id in replaced or (cycle and other.cycle == cycle)
    )
