"""The score of a system: its answers counted, item by item. Never an official assessment."""

from __future__ import annotations

from datetime import datetime

from secops.contracts.store import Blobs, UnitOfWork
from secops.judging.keeping import read_bands
from secops.judging.scoring import asked_of, conclude, count, current, score_item
from secops.judging.tables import Tables, with_settings
from secops.model.answer import OfSystem
from secops.model.assessment import Assessment
from secops.model.score import Bands, Scored, ScoredItem
from secops.model.system import System
from secops.operations.assessments import Opened, opened


def scored_items(
    work: UnitOfWork, one: Opened, until: datetime | None = None
) -> tuple[ScoredItem, ...]:
    """Give every item asked, with the answers that stand."""
    said = current(work.answers.of(one.assessment.id), until)
    system = one.system.id
    return tuple(
        score_item(asked, (OfSystem(system), asked_of(asked.item, system, one.components)), said)
        for asked in one.item_set.asked
    )


def score_system(
    work: UnitOfWork,
    blobs: Blobs,
    system: System,
    tables: Tables,
    until: datetime | None = None,
) -> Scored:
    """Score the newest assessment; a frozen one by the bands as they were when it was frozen."""
    one = opened(work, blobs, system, until)
    items = scored_items(work, one, until)
    score = count(items)
    bands = bands_of(work, blobs, one.assessment, tables)
    return Scored(
        assessment=one.assessment,
        items=items,
        score=score,
        concluded=conclude(score, bands),
        bands=bands,
    )


def bands_of(work: UnitOfWork, blobs: Blobs, assessment: Assessment, tables: Tables) -> Bands:
    """Give the bands as they were when it was frozen; of an open one as they are set now."""
    if assessment.frozen:
        return read_bands(blobs.get(assessment.frozen.rules))
    return with_settings(tables, work.settings.all()).bands
