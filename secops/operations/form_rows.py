"""One item of an assessment <-> the cells of a form: what is asked, and what a person says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import assert_never

from secops.contracts.suggestion_words import say_still_to_show, say_suggestion
from secops.contracts.words import Words, label
from secops.errors import InputError, ReasonMissingError, msgid
from secops.errors.forms import ClosedCellError, NoVerdictError
from secops.guards.plain_text import plain
from secops.model.answer import NOT_APPLICABLE, Answer, Choice, Measure, Value, Verdict
from secops.model.asking import Asks, AsksChoice, AsksRatio, AsksVerdict, YesOrNo
from secops.model.case import CaseValue
from secops.model.checking import HowToCheck
from secops.model.checklist import Item
from secops.model.common import Confidence, NotApplicable
from secops.model.evidence import short_digest
from secops.model.form import Choices, FormColumn
from secops.model.judgement import NothingAgainst, Suggestion

VALUE, COUNTED, OF, REASON, NOTE = "value", "n", "of", "reason", "note"
"""Keys of the entry columns."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a row is no answer, and the column to look at."""

    column: str
    error: InputError


def choices_of(asks: Asks, words: Words) -> Choices:
    """Give the drop-down list of an item, the best first."""
    excused = (NOT_APPLICABLE, words.gettext(msgid("not applicable")))
    match asks:
        case AsksVerdict():
            verdicts = tuple((one.value, label(one, words)) for one in reversed(Verdict))
            return (*verdicts, excused)
        case AsksChoice(options=options):
            said = {one.value: label(one, words) for one in (*YesOrNo, *CaseValue)}
            titles = ((one.code, one.title or said.get(one.code, one.code)) for one in options)
            return (*titles, excused)
        case AsksRatio():
            return (excused,)
    assert_never(asks)


def cells_of(answer: Answer | None) -> dict[str, str]:
    """Give the entry cells as an answer fills them."""
    if answer is None:
        return {}
    value = answer.value
    cells = {VALUE: _code_of(value), NOTE: _typed(answer.note)}
    if isinstance(value, Measure):
        cells |= {COUNTED: str(value.n), OF: str(value.of)}
    if isinstance(value, NotApplicable):
        cells[REASON] = _typed(value.reason)
    return {key: text for key, text in cells.items() if text}


def _code_of(value: Value) -> str:
    match value:
        case Verdict():
            return value.value
        case Choice(code=code):
            return code
        case NotApplicable():
            return NOT_APPLICABLE
        case Measure():
            return ""
    assert_never(value)


def value_in(
    asks: Asks, cells: Mapping[str, str], changed: Collection[str], columns: Iterable[FormColumn]
) -> Value | Wrong:
    """Read what a row says; `changed`: the keys of those columns that somebody touched."""
    excused = cells.get(VALUE) == NOT_APPLICABLE
    stray = _stray(cells, changed, (COUNTED, OF) if excused else (REASON,), columns)
    if stray:
        return stray
    if excused:
        reason = cells.get(REASON, "")
        return NotApplicable(reason) if reason else Wrong(REASON, ReasonMissingError())
    return _stated(asks, cells)


def _stated(asks: Asks, cells: Mapping[str, str]) -> Value | Wrong:
    if isinstance(asks, AsksRatio):
        empty = [key for key in (COUNTED, OF) if not cells.get(key)]
        if empty:
            return Wrong(empty[0], NoVerdictError())
        return Measure(n=int(cells[COUNTED]), of=int(cells[OF]))
    code = cells.get(VALUE, "")
    if not code:
        return Wrong(VALUE, NoVerdictError())
    return Choice(code) if isinstance(asks, AsksChoice) else Verdict(code)


def _stray(
    cells: Mapping[str, str],
    changed: Collection[str],
    keys: tuple[str, ...],
    columns: Iterable[FormColumn],
) -> Wrong | None:
    """Find what was typed and would be lost, since the value leaves no place for it."""
    for key in keys:
        if key in changed and cells.get(key):
            title = next(one.title for one in columns if one.key == key)
            return Wrong(key, ClosedCellError(key=title, found=cells[key][:80]))
    return None


def _typed(text: str) -> str:
    return plain(text).strip()


def value_said(value: Value, choices: Choices) -> str:
    """Say a value in the words of its list, with its reason."""
    if isinstance(value, Measure):
        return f"{value.n}/{value.of}"
    code = _code_of(value)
    title = dict(choices).get(code, code)
    return f"{title}: {value.reason}" if isinstance(value, NotApplicable) else title


def said_of(answer: Answer, choices: Choices, zone: tzinfo) -> str:
    """Say an earlier answer with its day: shown beside the question, never taken for a new one."""
    day = answer.recorded_at.astimezone(zone).date().isoformat()
    said = f"{value_said(answer.value, choices)} ({day})"
    return "\n".join(one for one in (said, answer.note) if one)


def seen_of(suggestion: Suggestion | None, item: Item, words: Words) -> str:
    """Say what tools saw, with the evidence; a suggestion is never a verdict."""
    if suggestion is None:
        return ""
    return "\n".join(_seen(suggestion, item, words))


def _seen(suggestion: Suggestion, item: Item, words: Words) -> Iterator[str]:
    yield say_suggestion(suggestion, words)
    if isinstance(suggestion, NothingAgainst):
        yield say_still_to_show(suggestion, item, words)
    yield from {f"· {g.statement} ({short_digest(g.evidence)})": 0 for g in suggestion.grounds}


def guidance_of(item: Item, check: HowToCheck | None, words: Words) -> str:
    """Say how it is checked, what satisfies, what is commonly wrong and how that is mended."""
    return "\n".join(_guidance(item, check, words))


def _guidance(item: Item, check: HowToCheck | None, words: Words) -> Iterator[str]:
    if check:
        stop = words.gettext(msgid(", "))
        methods = stop.join(label(one, words) for one in check.methods)
        yield words.gettext(msgid("{methods}: {objects}")).format(
            methods=methods, objects=check.objects
        )
        for said, several in (
            (msgid("satisfies: {texts}"), check.evidence),
            (msgid("commonly wrong: {texts}"), check.failures),
            (msgid("usually mended by: {texts}"), (check.measure,)),
        ):
            texts = words.gettext(msgid("; ")).join(one for one in several if one)
            if texts:
                yield words.gettext(said).format(texts=texts)
        if check.words_confidence is Confidence.LOW:
            yield words.gettext(msgid("(our own words, to be confirmed)"))
    if item.not_applicable:
        said = words.gettext(msgid("usual reason why it does not apply: {reason}"))
        yield said.format(reason=item.not_applicable)


def usual_reason(item: Item) -> dict[str, Choices]:
    """Offer the usual reason why an item does not apply; any other may be typed."""
    reason = item.not_applicable
    return {REASON: ((reason, reason),)} if reason else {}


def question_of(item: Item, gist: str, words: Words) -> str:
    """Say what is asked; of a ratio also what its two numbers count."""
    if not isinstance(item.asks, AsksRatio):
        return gist
    said = words.gettext(msgid("number: {counted}; of all: {of}"))
    return f"{gist}\n{said.format(counted=item.asks.counted, of=item.asks.of)}"
