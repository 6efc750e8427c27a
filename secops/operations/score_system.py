"""The score of a system: its answers counted, item by item. Never an official assessment."""

from __future__ import annotations

from datetime import datetime

from secops.contracts.store import Blobs, UnitOfWork
from secops.judging.keeping import read_bands
from secops.judging.scoring import conclude, count, current, score_item
from secops.judging.tables import Tables, with_settings
from secops.model.score import Bands, Scored, ScoredItem
from secops.operations.assessments import Opened, Series, opened, subjects_of


def scored_items(
    work: UnitOfWork, one: Opened, until: datetime | None = None
) -> tuple[ScoredItem, ...]:
    """Give every item asked, with the answers that stand."""
    said = current(work.answers.of(one.assessment.id), until)
    whole = one.series.subject
    return tuple(
        score_item(asked, (whole, subjects_of(asked.item, one)), said)
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
    return Scored(
        assessment=one.assessment,
        items=items,
        score=score,
        concluded=conclude(score, bands),
        bands=bands,
    )
