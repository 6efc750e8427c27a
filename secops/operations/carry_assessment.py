"""The next cycle: begun beside the last one, whose answers a person confirms or gives anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.answering import NotProposedError, SameCycleError
from secops.judging.proposing import Proposal
from secops.judging.tailoring import domain_named
from secops.model.ids import PersonId
from secops.operations.answer_item import Answered, find_asked
from secops.operations.assessments import all_of, newest, refuse_frozen, who
from secops.operations.propose_answers import record_proposals
from secops.operations.propose_from_last import CarriedOver
from secops.operations.start_assessment import Beginning, start_assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirming:
    """What a person confirms of the last cycle: single items, or whole domains."""

    items: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    by: PersonId | None = None


def begin_cycle(
    work: UnitOfWork, blobs: Blobs, acting: Acting, beginning: Beginning, today: date
) -> bool:
    """Begin the cycle where it is not begun yet, and say whether that was done.

    No cycle named: go on with the open one, else the one of this year. Raises SameCycleError and
    as `start_assessment`.
    """
    before = newest(work, beginning.series)
    if before and not before.frozen and beginning.cycle in ("", before.cycle):
        return False
    cycle = beginning.cycle or _after(before.cycle if before else "", today)
    if cycle in {one.cycle for one in all_of(work, beginning.series) if one.frozen}:
        raise SameCycleError(cycle=cycle, name=beginning.series.name)
    start_assessment(work, blobs, acting, replace(beginning, cycle=cycle))
    return True


def _after(last: str, today: date) -> str:
    """Name the cycle of this year; one of this year or later is never followed by itself."""
    year = str(today.year)
    return max(year, last) if last.isdigit() and len(last) == len(year) else year


def confirm_carried(
    work: UnitOfWork, blobs: Blobs, acting: Acting, found: CarriedOver, confirming: Confirming
) -> Answered:
    """Turn proposals into answers of the person who confirms them; all or none.

    Raises NotProposedError, UnknownDomainError and as `record_answers`.
    """
    refuse_frozen(found.one)
    who(acting, confirming.by)
    chosen = dict.fromkeys(
        (*_named(found, confirming.items), *_of_domains(found, confirming.domains))
    )
    return record_proposals(work, blobs, acting, (found.one, tuple(chosen), confirming.by))


def _named(found: CarriedOver, items: tuple[str, ...]) -> Iterator[Proposal]:
    for text in items:
        asked = find_asked(found.one.item_set, found.one.series.name, text)
        proposed = [one for one in found.proposals if one.asked.item.id == asked.item.id]
        if not proposed:
            raise NotProposedError(item=str(asked.at.clause))
        yield from proposed


def _of_domains(found: CarriedOver, domains: tuple[str, ...]) -> Iterator[Proposal]:
    for text in domains:
        code = domain_named(found.one.item_set, text)
        proposed = [one for one in found.proposals if one.asked.item.domain.code == code]
        if not proposed:
            raise NotProposedError(item=code)
        yield from proposed
