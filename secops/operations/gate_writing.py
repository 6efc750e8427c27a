"""Acts at a gate: answer its items, pass it, open it again; one that was passed is not edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.sync import (
    GateNotPassedError,
    GateOutdatedError,
    GatePassedError,
    GateShutError,
    LevelSettledError,
    LevelUnknownError,
    NothingAskedError,
    NothingShownError,
    WhyMissingError,
)
from secops.judging.carrying import asked_again
from secops.judging.keeping import item_set_bytes
from secops.judging.scoring import current
from secops.judging.tables import Tables
from secops.model.answer import Answer, Verdict
from secops.model.assessment import Assessment
from secops.model.evidence import digest_of
from secops.model.ids import AnswerId, PersonId
from secops.operations.answer_item import Reply, find_asked, record_answers
from secops.operations.assessments import Opened, item_set_of, newest, opened, who
from secops.operations.freeze_assessment import freeze_opened
from secops.operations.gate_looking import Place, When, beginning_of, look
from secops.operations.revise_assessment import carried_to, next_revision
from secops.operations.start_assessment import Beginning, choose, start_assessment


def open_gate(work: UnitOfWork, blobs: Blobs, acting: Acting, place: Place) -> Opened:
    """Open it to write in, begun now where nobody has; raises GatePassed-, LevelSettledError."""
    before = newest(work, place.series)
    if before is None:
        start_assessment(work, blobs, acting, beginning_of(place))
    one = opened(work, blobs, place.series)
    frozen, grades = one.assessment.frozen, one.item_set.grades
    if frozen:
        revision = str(one.assessment.revision)
        raise GatePassedError(stage=place.stage.title, system=place.system.name, revision=revision)
    if place.level and grades and grades.level is not place.level:
        raise LevelSettledError(
            system=place.system.name,
            level=str(int(grades.level)),
            wanted=str(int(place.level)),
        )
    return one


def answer_gate(
    work: UnitOfWork, blobs: Blobs, acting: Acting, place: Place, replies: Sequence[Reply]
) -> tuple[Answer, ...]:
    """Record what persons say about items; raises NothingShownError and as answering."""
    one = open_gate(work, blobs, acting, place)
    for reply in replies:
        item = str(find_asked(one.item_set, one.series.name, reply.item).at.clause)
        shown = reply.evidence or reply.note.strip()
        if reply.value is Verdict.COMPLIANT and not shown:
            raise NothingShownError(item=item)
    return record_answers(work, acting, one, replies).answers


def take_back(work: UnitOfWork, blobs: Blobs, acting: Acting, place: Place, reply: Reply) -> Answer:
    """Say that an item is not done after all, and why; no finding: the gate stays shut.

    Raises WhyMissingError, and as answering.
    """
    one = open_gate(work, blobs, acting, place)
    asked = find_asked(one.item_set, one.series.name, reply.item)
    item = asked.item.id
    if not reply.note.strip():
        raise WhyMissingError(item=str(asked.at.clause))
    revisions = [kept.revision for kept in work.answers.of(one.assessment.id) if kept.item == item]
    answer = Answer(
        id=AnswerId(acting.new_id()),
        assessment=one.assessment.id,
        subject=one.series.subject,
        item=item,
        revision=max(revisions, default=0) + 1,
        value=Verdict.NON_COMPLIANT,
        answered_by=who(acting, reply.by),
        recorded_by=acting.actor,
        recorded_at=acting.now(),
        note=reply.note.strip(),
        evidence=reply.evidence,
    )
    work.answers.append(acting.actor, [answer])
    return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """Who lets it pass, on which day, and the tables that are kept with it."""

    by: PersonId | None
    when: When
    tables: Tables


def pass_gate(
    work: UnitOfWork, blobs: Blobs, acting: Acting, place: Place, passing: Passing
) -> Assessment:
    """Freeze it; raises GateShutError with the open mandatory items.

    And NothingAsked-, Nobody-, GateOutdatedError: a lower level than today's asks too little.
    """
    gate = look(work, blobs, place, passing.when)
    system, stage = place.system.name, place.stage.title
    if not gate.items:
        level = str(int(gate.level)) if gate.level else "-"
        raise NothingAskedError(system=system, stage=stage, level=level)
    one = open_gate(work, blobs, acting, place)
    by = who(acting, passing.by)
    if gate.level and gate.level_now and gate.level_now > gate.level:
        level, now = str(int(gate.level)), str(int(gate.level_now))
        raise GateOutdatedError(stage=stage, system=system, level=level, now=now)
    if gate.blocking:
        items = ", ".join(str(item.asked.at.clause) for item in gate.blocking)
        raise GateShutError(system=system, stage=stage, items=items)
    return freeze_opened(work, blobs, acting, one, (by, passing.tables))


def _beginning_again(place: Place, before: Assessment) -> Beginning:
    """Ask by the grades of today; of a system without any at the level of before."""
    try:
        return beginning_of(place)
    except LevelUnknownError:
        if before.grades is None:
            raise
        return beginning_of(replace(place, level=before.grades.level))


def reopen_gate(
    work: UnitOfWork, blobs: Blobs, acting: Acting, place: Place
) -> tuple[Assessment, tuple[Answer, ...]]:
    """Open a new revision of what is asked today, and carry the answers to what stays asked.

    Raises GateNotPassedError, and as choosing the items.
    """
    before = newest(work, place.series)
    if before is None:
        raise GateNotPassedError(system=place.system.name, stage=place.stage.title)
    item_set, _ = choose(work, _beginning_again(place, before))
    content = item_set_bytes(item_set)
    if not before.frozen and digest_of(content) == before.item_set:
        raise GateNotPassedError(system=place.system.name, stage=place.stage.title)
    assessment = replace(
        next_revision(work, acting, before),
        grades=item_set.grades,
        item_set=digest_of(content),
    )
    same = {one.item.id for one in asked_again(item_set_of(blobs, before), item_set).same}
    stands = current(work.answers.of(before.id)).values()
    # What is worded anew is asked anew.
    carried = carried_to(acting, assessment, (one for one in stands if one.item in same))
    blobs.put(content)
    work.assessments.put(acting.actor, assessment)
    work.answers.append(acting.actor, carried)
    return assessment, carried
