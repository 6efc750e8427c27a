"""Answers to items that ask for other things than a verdict: read, and said with their words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from secops.cli.assess_words import (
    read_value,
    say_inherited,
    say_value,
    scored_document,
    suggestion_document,
    value_document,
)
from secops.cli.times import civil
from secops.contracts.suggestion_words import say_suggestion
from secops.contracts.words import Words, label
from secops.errors import msgid
from secops.errors.judging import NoReasonError
from secops.judging.fitting import choices_said, read_stated
from secops.judging.proposing import Proposal
from secops.judging.tailoring import Asked
from secops.model.answer import NOT_APPLICABLE, Choice, Value, reason_of
from secops.model.asking import Asks, AsksChoice, AsksRatio, AsksVerdict, YesOrNo
from secops.model.case import CaseValue
from secops.model.checklist import Item
from secops.model.common import NotApplicable
from secops.model.proposal import FromInventory, FromLast
from secops.model.score import ScoredItem
from secops.operations.assessment_status import ItemStatus

_SHORT: Final = ("na", "x", NOT_APPLICABLE)


def read_answer(asked: Asked, text: str, reason: str, words: Words) -> Value:
    """Read what was typed as an answer to this item; raises what does not fit, NoReasonError."""
    said = text.strip()
    if said in (*_SHORT, words.gettext(msgid("not applicable"))):
        if not reason.strip():
            raise NoReasonError
        return NotApplicable(reason)
    if isinstance(asked.item.asks, AsksVerdict):
        return read_value(text, reason, words)
    spelled = {label(one, words): one.value for one in (*YesOrNo, *CaseValue)}
    return read_stated(asked, said, spelled)


def say_answer(item: Item | None, value: Value | None, words: Words) -> str:
    """Say what counts for an item; a choice in the words of the checklist."""
    if item and isinstance(value, Choice) and isinstance(item.asks, AsksChoice):
        titles = {one.code: one.title for one in item.asks.options}
        plain = {one.value: label(one, words) for one in YesOrNo}
        return titles.get(value.code) or plain.get(value.code) or say_value(value, words)
    return say_value(value, words)


def say_scored(scored: ScoredItem, words: Words) -> str:
    """Say what counts for an item; where a platform states it, which one."""
    value = say_answer(scored.item, scored.value, words)
    if scored.inherited is None:
        return value
    return f"{value} ({say_inherited(scored.inherited, words)})"


def asks_lines(item: Item, words: Words) -> Iterator[str]:
    """Say what an item asks for, where it is no verdict, and the usual reason against it."""
    match item.asks:
        case AsksChoice() as asks if asks.yes_or_no:
            yield words.gettext(msgid("asks: yes or no"))
        case AsksChoice() as asks:
            said = words.gettext(msgid("asks for one of: {choices}"))
            yield said.format(choices=choices_said(asks))
        case AsksRatio(counted=counted, of=of):
            said = words.gettext(msgid("asks for n/m: {counted} / {of}"))
            yield said.format(counted=counted, of=of)
    if item.not_applicable:
        said = words.gettext(msgid("usual reason why it does not apply: {reason}"))
        yield said.format(reason=item.not_applicable)


def say_proposal(one: Proposal, words: Words) -> str:
    """Say a proposal with where it comes from; never as an answer."""
    value = say_answer(one.asked.item, one.value, words)
    if isinstance(one.value, NotApplicable):
        value = f"{value} ({one.value.reason})"
    match one.source:
        case FromInventory(day=day):
            said = words.gettext(msgid("proposal {value} from the inventory of {day}"))
            return said.format(value=value, day=day.isoformat())
        case FromLast() as last:
            said = words.gettext(msgid("in {cycle}: {value}, said {day}, evidence {evidence}"))
            return said.format(
                cycle=last.cycle or "-",
                value=value,
                day=civil(last.answered_at)[:10],
                evidence=evidence_day(last, words),
            )


def evidence_day(last: FromLast, words: Words) -> str:
    """Say of which day the newest evidence is."""
    if last.evidence_at is None:
        return words.gettext(msgid("no evidence"))
    return civil(last.evidence_at)[:10]


def asks_document(asks: Asks) -> dict[str, object]:
    """Give what an item asks for."""
    match asks:
        case AsksVerdict():
            return {"kind": "verdict"}
        case AsksRatio(counted=counted, of=of):
            return {"kind": "ratio", "counted": counted, "of": of}
        case AsksChoice(options=options):
            choices = [{"code": o.code, "title": o.title, "share": str(o.share)} for o in options]
            return {"kind": "choice", "choices": choices}


def proposal_document(one: Proposal) -> dict[str, object]:
    """Give a proposal."""
    found: dict[str, object] = {
        "value": value_document(one.value),
        "reason": reason_of(one.value),
    }
    match one.source:
        case FromInventory(day=day):
            return found | {"from": "inventory", "day": day.isoformat()}
        case FromLast() as last:
            evidence = last.evidence_at
            return found | {
                "from": "last",
                "cycle": last.cycle,
                "answered_by": last.answered_by,
                "answered_at": last.answered_at.isoformat(),
                "evidence_at": evidence.isoformat() if evidence else None,
            }


def say_machine(one: ItemStatus, words: Words) -> str:
    """Say what a scan suggests, else what is proposed; where neither could be: nothing."""
    if one.suggestion is None and one.proposals:
        return "; ".join(say_proposal(it, words) for it in one.proposals)
    if one.suggestion is None and not isinstance(one.scored.item.asks, AsksVerdict):
        return ""
    return say_suggestion(one.suggestion, words)


def item_document(one: ItemStatus) -> dict[str, object]:
    """Give an item with its answers, what was suggested and what is proposed."""
    return {
        **scored_document(one.scored),
        "asks": asks_document(one.scored.item.asks),
        "suggestion": suggestion_document(one.suggestion),
        "proposals": [proposal_document(it) for it in one.proposals],
    }
