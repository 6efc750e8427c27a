"""What a machine may propose about one item, from grounds alone."""

from __future__ import annotations

from collections.abc import Sequence

from secops.model.answer import Verdict
from secops.model.checklist import Item
from secops.model.ids import ComponentId
from secops.model.judgement import Against, Ground, NothingAgainst, Suggestion, Supported


def suggest(
    item: Item, components: Sequence[ComponentId], grounds: Sequence[Ground]
) -> Suggestion | None:
    """No observation, no suggestion; the worst ground decides; full cover supports.

    Where no component is known, nobody can say that every one was looked at: parts stay open.
    """
    if not grounds:
        return None
    verdict = min(ground.verdict for ground in grounds)
    if verdict < Verdict.COMPLIANT:
        return Against(verdict, tuple(grounds))
    shown = {(ground.part, ground.component) for ground in grounds}
    still_to_show = tuple(
        part
        for part, _ in item.parts
        if not components or any((part, one) not in shown for one in components)
    )
    if still_to_show:
        return NothingAgainst(tuple(grounds), still_to_show)
    return Supported(tuple(grounds))


def acceptable_in_bulk(suggestion: Suggestion) -> bool:
    """Say whether it may be accepted unread: only failing and fully covered ones may."""
    return not isinstance(suggestion, NothingAgainst)


def verdict_of(suggestion: Suggestion) -> Verdict | None:
    """Give the verdict that accepting it would state; None: a person has to judge."""
    match suggestion:
        case Against(verdict=verdict):
            return verdict
        case Supported():
            return Verdict.COMPLIANT
        case NothingAgainst():
            return None
