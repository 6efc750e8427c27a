"""How far the answers have come, and what the scans have to say about the open items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secops.contracts.store import Blobs, UnitOfWork
from secops.judging.scoring import count
from secops.judging.tables import Tables, with_settings
from secops.judging.tailoring import Grades
from secops.model.assessment import Assessment
from secops.model.checklist import Domain
from secops.model.judgement import Score, Suggestion
from secops.model.score import ScoredItem
from secops.model.system import System
from secops.operations.assessments import opened
from secops.operations.judge_systems import suggestions_of
from secops.operations.score_system import scored_items


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatus:
    """One item: what counts now, and what was suggested."""

    scored: ScoredItem
    suggestion: Suggestion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One assessment, item by item."""

    system: System
    assessment: Assessment
    grades: Grades
    items: tuple[ItemStatus, ...]

    @property
    def score(self) -> Score:
        """Count all items."""
        return count(one.scored for one in self.items)

    @property
    def open_items(self) -> tuple[ItemStatus, ...]:
        """Give what still waits for an answer, in the order of the standard."""
        return tuple(one for one in self.items if one.scored.value is None)

    def of(self, domain: Domain) -> Score:
        """Count the items of one domain."""
        return count(one.scored for one in self.items if one.scored.item.domain is domain)


def assessment_status(
    work: UnitOfWork,
    blobs: Blobs,
    system: System,
    tables: Tables,
    until: datetime | None = None,
) -> Status:
    """Give the status of the newest assessment; raises NoAssessmentError."""
    one = opened(work, blobs, system, until)
    set_tables = with_settings(tables, work.settings.all())
    items = [asked.item for asked in one.item_set.asked]
    suggested = suggestions_of(work, system, items, set_tables)
    by_item = dict(suggested.suggestions)
    return Status(
        system=system,
        assessment=one.assessment,
        grades=one.item_set.grades,
        items=tuple(
            ItemStatus(scored=scored, suggestion=by_item.get(scored.item.id))
            for scored in scored_items(work, one, until)
        ),
    )


def systems_by_assessment(work: UnitOfWork) -> tuple[tuple[System, ...], tuple[System, ...]]:
    """Give the systems in use of which an assessment was started, and those of which none was."""
    started = {one.system for one in work.assessments.all()}
    systems = [one for one in work.systems.all() if one.retired_on is None]
    return (
        tuple(one for one in systems if one.id in started),
        tuple(one for one in systems if one.id not in started),
    )
