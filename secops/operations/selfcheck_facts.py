"""Gathers what the result of a unit's self-check is made of; decides nothing, prints nothing."""

from __future__ import annotations

from secops.contracts.store import Blobs, UnitOfWork
from secops.errors.answering import NoPointsError
from secops.judging.keeping import tables_bytes
from secops.judging.tables import Tables, with_settings
from secops.judging.tailoring import ItemSet
from secops.model.ids import ItemId
from secops.model.library import Library
from secops.model.selfcheck import Asking, Holder, SelfcheckFacts
from secops.model.unit import Unit
from secops.operations.as_it_stood import Stood
from secops.operations.assessments import Series, opened
from secops.operations.point_assessment import points_of, resting_on, sources_of
from secops.operations.report_head import Occasion, head_until, is_sample, unerased
from secops.operations.score_system import score_opened


def selfcheck_facts(
    work: UnitOfWork, blobs: Blobs, tables: Tables, series: Series, occasion: Occasion
) -> SelfcheckFacts:
    """Gather; raises DayNotYetError, NoAssessmentError and NoPointsError."""
    stood, until = occasion.stood(work), occasion.until
    chosen = with_settings(tables, stood.settings)
    one = opened(work, blobs, series, until)
    scored = score_opened(work, blobs, one, chosen.bands, until)
    points = points_of(scored)
    if points is None:
        raise NoPointsError(checklist=series.pack)
    resting = resting_on(work, one, scored, occasion.zone)
    unit = stood.unit(series.about.id)
    persons = {answer.answered_by for item in scored.items for answer in item.answers}
    named = [stood.person(id_) for id_ in sorted(persons)]
    return SelfcheckFacts(
        subject=unit.name if unit else series.name,
        asking=_asking(tables.library, one.item_set),
        assessment=one.assessment,
        pointed=points,
        sources=sources_of(blobs, scored),
        ages=resting.ages,
        measures=_measures(tables.library),
        holders=_holders(work, stood, series, occasion),
        evidence=tuple(unerased(one, until) for one in resting.evidence.values()),
        since=resting.since,
        names={person.id: person.name for person in named if person},
        as_of=occasion.as_of,
        sample=is_sample(stood),
        head=head_until(work, until),
        program=occasion.program,
        tables=tables_bytes(chosen),
    )


def _asking(library: Library, kept: ItemSet) -> Asking:
    """Say what was asked, in the checklist's own words where the very edition is still there."""
    editions = library.editions(kept.pack)
    exact = [one for one in editions if one.digest == kept.checklist]
    found = next(iter(exact or [one for one in editions if one.edition == kept.edition]), None)
    if found is None:
        newest = editions[-1] if editions else None
        title = newest.title if newest else kept.pack
        return Asking(title=title, edition=kept.edition, source="", confidence=None)
    return Asking(
        title=found.title,
        edition=found.edition,
        source=found.source,
        confidence=found.confidence,
    )


def _measures(library: Library) -> dict[ItemId, str]:
    items = library.items()
    return {id_: item.check.measure for id_, item in items.items() if item.check}


def _holders(
    work: UnitOfWork, stood: Stood, series: Series, occasion: Occasion
) -> tuple[Holder, ...]:
    about, day = series.about, occasion.as_of
    held = [
        one
        for one in work.appointments.as_of(occasion.until)
        if isinstance(about, Unit)
        and one.unit == about.id
        and (one.since is None or one.since <= day)
        and (one.until is None or one.until >= day)
    ]
    persons = {one.id: stood.person(one.person) for one in held}
    return tuple(
        Holder(post=one.post, person=person.name, title=one.title)
        for one in held
        if (person := persons[one.id])
    )
