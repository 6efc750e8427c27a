"""How far the answers have come, and what the scans have to say about the open items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secops.contracts.store import Blobs, UnitOfWork
from secops.judging.proposing import Proposal
from secops.judging.scoring import count
from secops.judging.tables import Tables, with_settings
from secops.judging.tailoring import ItemSet
from secops.model.answer import OfSystem, OfUnit
from secops.model.assessment import Assessment
from secops.model.checklist import STANDARD, Domain
from secops.model.ids import ItemId
from secops.model.judgement import Score, Suggestion
from secops.model.score import ScoredItem
from secops.model.system import System
from secops.operations.assessments import Opened, Series, opened
from secops.operations.judge_systems import suggestions_of
from secops.operations.propose_answers import proposals_of
from secops.operations.propose_from_inventory import Counting
from secops.operations.score_system import scored_items


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatus:
    """One item: what counts now, and what was suggested."""

    scored: ScoredItem
    suggestion: Suggestion | None
    proposals: tuple[Proposal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One assessment, item by item."""

    series: Series
    assessment: Assessment
    item_set: ItemSet
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
        return count(one.scored for one in self.items if one.scored.item.domain == domain)

    @property
    def domains(self) -> tuple[Domain, ...]:
        """Give the domains that have items, in their order."""
        return tuple(dict.fromkeys(one.scored.item.domain for one in self.items))


def assessment_status(
    work: UnitOfWork,
    blobs: Blobs,
    series: Series,
    tables: Tables,
    day: date | None = None,
) -> Status:
    """Give the status of the newest assessment; raises NoAssessmentError.

    The day: on which the inventory is counted for proposals; None: nothing is proposed.
    """
    one = opened(work, blobs, series)
    by_item = suggested(work, one, tables)
    proposed: dict[ItemId, tuple[Proposal, ...]] = {}
    if day and not one.assessment.frozen:
        proposed = proposals_of(work, blobs, one, Counting(tables.library.items(), day))
    return Status(
        series=series,
        assessment=one.assessment,
        item_set=one.item_set,
        items=tuple(
            ItemStatus(
                scored=scored,
                suggestion=by_item.get(scored.item.id),
                proposals=proposed.get(scored.item.id, ()),
            )
            for scored in scored_items(work, one)
        ),
    )


def suggested(work: UnitOfWork, one: Opened, tables: Tables) -> dict[ItemId, Suggestion]:
    """Give what scans suggest; of units they say nothing."""
    system = one.series.system
    if system is None:
        return {}
    set_tables = with_settings(tables, work.settings.all())
    items = [asked.item for asked in one.item_set.asked]
    return dict(suggestions_of(work, system, items, set_tables).suggestions)


def unit_checks(work: UnitOfWork) -> tuple[Series, ...]:
    """Give the self-checks that were started of units in use."""
    started: dict[object, dict[str, None]] = {}
    for one in work.assessments.all():
        started.setdefault(one.subject, {})[one.pack] = None
    return tuple(
        Series(unit, pack)
        for unit in work.units.all()
        if unit.retired_on is None
        for pack in started.get(OfUnit(unit.id), ())
    )


def systems_by_assessment(work: UnitOfWork) -> tuple[tuple[System, ...], tuple[System, ...]]:
    """Give the systems in use of which an assessment was started, and those of which none was."""
    started = {one.subject for one in work.assessments.all() if one.pack == STANDARD}
    systems = [one for one in work.systems.all() if one.retired_on is None]
    return (
        tuple(one for one in systems if OfSystem(one.id) in started),
        tuple(one for one in systems if OfSystem(one.id) not in started),
    )
