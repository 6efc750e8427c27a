"""A person accepts what the machine suggests: that is an answer, with the suggestion kept."""

from __future__ import annotations

from dataclasses import dataclass

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.judging import NotSuggestedError
from secops.judging.keeping import suggestion_bytes
from secops.judging.suggesting import acceptable_in_bulk, verdict_of
from secops.judging.tables import Tables, with_settings
from secops.judging.tailoring import Asked
from secops.model.answer import Verdict
from secops.model.evidence import digest_of
from secops.model.ids import Digest, PersonId
from secops.model.judgement import Suggestion
from secops.model.system import System
from secops.operations.answer_item import Answered, Reply, find_asked, record_answers
from secops.operations.assessments import Opened, Series, opened, refuse_frozen, who
from secops.operations.judge_systems import suggestions_of
from secops.operations.score_system import scored_items


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Which suggestions are accepted; no items: every one that may be accepted in bulk."""

    system: System  # suggestions come from scans, and so are about systems
    tables: Tables
    items: tuple[str, ...] = ()
    by: PersonId | None = None


def accept_suggestions(
    work: UnitOfWork, blobs: Blobs, acting: Acting, acceptance: Acceptance
) -> Answered:
    """Turn suggestions into answers of the person who accepts them.

    In bulk only unanswered items, and only failing and fully covered suggestions; named items are
    answered anew. Raises NotSuggestedError for a named item without a verdict to accept.
    """
    one = opened(work, blobs, Series(acceptance.system))
    refuse_frozen(one)
    who(acting, acceptance.by)
    tables = with_settings(acceptance.tables, work.settings.all())
    chosen = _named(work, one, acceptance, tables) or _bulk(work, one, acceptance, tables)
    for asked, suggestion in chosen:
        blobs.put(suggestion_bytes(asked.item.id, suggestion))
    replies = [_reply(asked, suggestion, acceptance.by) for asked, suggestion in chosen]
    return record_answers(work, acting, one, replies)


def _named(
    work: UnitOfWork, one: Opened, acceptance: Acceptance, tables: Tables
) -> list[tuple[Asked, Suggestion]]:
    named = [find_asked(one.item_set, one.series.name, text) for text in acceptance.items]
    suggested = suggestions_of(work, acceptance.system, [asked.item for asked in named], tables)
    chosen: list[tuple[Asked, Suggestion]] = []
    for asked in named:
        suggestion = suggested.of(asked.item.id)
        if suggestion is None or verdict_of(suggestion) is None:
            raise NotSuggestedError(item=str(asked.at.clause))
        chosen.append((asked, suggestion))
    return chosen


def _bulk(
    work: UnitOfWork, one: Opened, acceptance: Acceptance, tables: Tables
) -> list[tuple[Asked, Suggestion]]:
    if acceptance.items:
        return []
    suggested = suggestions_of(
        work, acceptance.system, [asked.item for asked in one.item_set.asked], tables
    )
    unanswered = {
        item.item.id
        for item in scored_items(work, one)
        if not item.answers and not (item.inherited and item.inherited.whole)
    }
    pairs = [(asked, suggested.of(asked.item.id)) for asked in one.item_set.asked]
    return [
        (asked, suggestion)
        for asked, suggestion in pairs
        if suggestion and asked.item.id in unanswered and acceptable_in_bulk(suggestion)
    ]


def _reply(asked: Asked, suggestion: Suggestion, by: PersonId | None) -> Reply:
    verdict = verdict_of(suggestion)
    assert verdict  # noqa: S101  # those without one were refused or left out
    failing = [one for one in suggestion.grounds if one.verdict < Verdict.COMPLIANT]
    grounds = failing or suggestion.grounds
    return Reply(
        item=str(asked.item.id),
        value=verdict,
        by=by,
        note="\n".join(dict.fromkeys(one.statement for one in grounds)),
        evidence=tuple(dict.fromkeys(Digest(one.evidence) for one in grounds)),
        suggestion=digest_of(suggestion_bytes(asked.item.id, suggestion)),
    )
