"""Freeze: from here on the assessment is never edited, and old papers print again as they were."""

from __future__ import annotations

from dataclasses import replace

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.judging.keeping import state_bytes, tables_bytes
from secops.judging.scoring import current
from secops.judging.tables import Tables, with_settings
from secops.model.assessment import Assessment, Frozen
from secops.model.evidence import digest_of
from secops.model.ids import PersonId
from secops.operations.assessments import (
    Opened,
    Series,
    opened,
    refuse_expired,
    refuse_frozen,
    who,
)


def freeze_assessment(
    work: UnitOfWork, blobs: Blobs, acting: Acting, series: Series, tables: Tables
) -> Assessment:
    """Keep the answers as they stand, the rules and the bands; raises FrozenAssessmentError."""
    one = opened(work, blobs, series)
    refuse_frozen(one)
    return freeze_opened(work, blobs, acting, one, (who(acting), tables))


def freeze_opened(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    one: Opened,
    vouching: tuple[PersonId, Tables],
) -> Assessment:
    """Freeze what was opened: who vouches for it, and by which rules.

    Raises ExpiredInheritanceError.
    """
    by, tables = vouching
    refuse_expired(one, tables.day)
    answers = current(work.answers.of(one.assessment.id)).values()
    state = state_bytes(answers, one.components, one.inherited.values())
    rules = tables_bytes(with_settings(tables, work.settings.all()))
    frozen = Frozen(at=acting.now(), by=by, state=digest_of(state), rules=digest_of(rules))
    blobs.put(state)
    blobs.put(rules)
    assessment = replace(one.assessment, frozen=frozen)
    work.assessments.put(acting.actor, assessment)
    return assessment
