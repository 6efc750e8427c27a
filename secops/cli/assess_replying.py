"""From what a person types at a question to the reply that is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from secops.cli.assess_keys import Keyboard
from secops.cli.assess_values import read_answer
from secops.cli.assess_words import KEYS
from secops.contracts.words import Words
from secops.errors import msgid
from secops.errors.answering import NoSuchKeyError
from secops.model.answer import NOT_APPLICABLE, Choice, Value, Verdict
from secops.model.asking import NO, YES, AsksChoice, AsksVerdict
from secops.model.case import Case, CaseKind, CaseValue
from secops.model.ids import ComponentId, Digest, PersonId
from secops.operations.answer_item import Reply
from secops.operations.judge_hazards import CaseStatus
from secops.operations.questions import Question

_EXCUSE: Final = {"x": NOT_APPLICABLE}
_YES_OR_NO: Final = {"y": YES, "n": NO, **_EXCUSE}
_CASE: Final = {
    "0": CaseValue.ABSENT.value,
    "1": CaseValue.PRESENT.value,
    "2": CaseValue.DOWNGRADED.value,
    **_EXCUSE,
}


@dataclass(slots=True, kw_only=True)
class Draft:
    """What was typed before the answer it goes with."""

    note: str = ""
    evidence: tuple[Digest, ...] = ()
    component: ComponentId | None = None
    said: list[str] = field(default_factory=list)  # the same, to be shown


def keys_of(question: Question) -> dict[str, str] | None:
    """Give the keys that answer it, each with what it stands for; None: it takes a line."""
    if isinstance(question.status, CaseStatus):
        return _CASE
    match question.asked.item.asks:
        case AsksVerdict():
            return dict(KEYS)
        case AsksChoice() as asks if asks.yes_or_no:
            return _YES_OR_NO
        case AsksChoice(options=options) if all(len(one.code) == 1 for one in options):
            return {one.code: one.code for one in options} | _EXCUSE
    return None


def read_reply(
    question: Question, typed: str, draft: Draft, asks: tuple[Keyboard, Words], by: PersonId
) -> Reply:
    """Read an answer, asking for what it needs beside; raises what does not fit.

    Note and evidence of the answer that stands stay with a value that stays.
    """
    keyboard, words = asks
    keys = keys_of(question)
    said = typed if keys is None else keys.get(typed, "")
    if keys is not None and not said:
        raise NoSuchKeyError(key=typed, keys=" ".join(keys))
    reason = ""
    if said in ("x", NOT_APPLICABLE):
        usual = question.asked.item.not_applicable
        reason = keyboard.line(words.gettext(msgid("why it is not applicable")), usual)
    value = read_answer(question.asked, said, reason, words)
    before = question.said_of(draft.component)
    same = before if before and before.value == value else None
    note = draft.note or (same.note if same else _asked_note(question, value, asks))
    return Reply(
        item=str(question.id),
        value=value,
        component=draft.component,
        by=by,
        note=note,
        evidence=(*(same.evidence if same else ()), *draft.evidence),
        expected=before.revision if before else None,
    )


def _asked_note(question: Question, value: Value, asks: tuple[Keyboard, Words]) -> str:
    """Ask for the words that a value needs, or that help the most."""
    keyboard, words = asks
    status = question.status
    if isinstance(status, CaseStatus):
        return _case_note(status.judged.case, value, asks)
    bad = (isinstance(value, Verdict) and value < Verdict.COMPLIANT) or value == Choice(NO)
    if not bad:
        return ""
    return keyboard.line(words.gettext(msgid("what was found (Enter: nothing to add)")))


def _case_note(case: Case, value: Value, asks: tuple[Keyboard, Words]) -> str:
    keyboard, words = asks
    if value == Choice(CaseValue.DOWNGRADED.value):
        half = case.downgrade_part
        said = keyboard.line(words.gettext(msgid("which measure lowers the risk")))
        return f"{half} {said.removeprefix(half).strip()}".strip()
    if value != Choice(CaseValue.PRESENT.value):
        return ""
    if case.kind is CaseKind.HAZARD:
        affirmed = ((one.title, keyboard.line(one.title)) for one in case.principles)
        return "; ".join(f"{title}: {words_}" for title, words_ in affirmed)
    return keyboard.line(words.gettext(msgid("what was found (Enter: nothing to add)")))
