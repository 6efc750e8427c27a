"""What a person may confirm instead of looking it up: from the inventory, from the last cycle."""

from __future__ import annotations

from dataclasses import dataclass

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.answering import NotProposedError
from secops.judging.proposing import Proposal, proposal_bytes
from secops.judging.scoring import current
from secops.model.answer import OfComponent
from secops.model.evidence import digest_of
from secops.model.ids import ItemId, PersonId
from secops.operations.answer_item import Answered, Reply, find_asked, record_answers
from secops.operations.assessments import Opened, refuse_frozen, who
from secops.operations.propose_from_inventory import Counting, inventory_proposals
from secops.operations.propose_from_last import carried_over, has_last


def proposals_of(
    work: UnitOfWork, blobs: Blobs, one: Opened, counting: Counting
) -> dict[ItemId, tuple[Proposal, ...]]:
    """Give what is proposed about each item; what the inventory counts now stands first."""
    counted = inventory_proposals(work, one, counting)
    found: dict[ItemId, tuple[Proposal, ...]] = {id_: (it,) for id_, it in counted.items()}
    if has_last(work, one):
        for proposal in carried_over(work, blobs, one.series).proposals:
            item = proposal.asked.item.id
            found[item] = (*found.get(item, ()), proposal)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepting:
    """Which proposals a person takes over; no items: all that no answer stands for."""

    items: tuple[str, ...] = ()
    by: PersonId | None = None


def accept_proposals(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    one: Opened,
    accepting: tuple[Accepting, Counting],
) -> Answered:
    """Turn what the inventory counts into answers of the person who accepts it."""
    refuse_frozen(one)
    wanted, counting = accepting
    who(acting, wanted.by)
    proposals = inventory_proposals(work, one, counting)
    chosen: list[Proposal] = []
    for text in wanted.items:
        asked = find_asked(one.item_set, one.series.name, text)
        if asked.item.id not in proposals:
            raise NotProposedError(item=str(asked.at.clause))
        chosen.append(proposals[asked.item.id])
    if not wanted.items:
        answered = {item for item, _ in current(work.answers.of(one.assessment.id))}
        chosen = [it for id_, it in proposals.items() if id_ not in answered]
    return record_proposals(work, blobs, acting, (one, tuple(chosen), wanted.by))


def record_proposals(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    confirmed: tuple[Opened, tuple[Proposal, ...], PersonId | None],
) -> Answered:
    """Record proposals as answers, each with a copy of where its value came from."""
    one, proposals, by = confirmed
    for proposal in proposals:
        blobs.put(proposal_bytes(proposal))
    return record_answers(work, acting, one, [_reply(proposal, by) for proposal in proposals])


def _reply(proposal: Proposal, by: PersonId | None) -> Reply:
    about = proposal.subject
    return Reply(
        item=str(proposal.asked.item.id),
        value=proposal.value,
        component=about.component if isinstance(about, OfComponent) else None,
        by=by,
        note=proposal.note,
        evidence=proposal.evidence,
        suggestion=digest_of(proposal_bytes(proposal)),
    )
