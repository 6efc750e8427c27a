"""Whether a value is an answer to what its item asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, assert_never

from secops.errors import SecopsError, msgid
from secops.errors.answering import (
    NothingCountedError,
    OtherKindError,
    UnknownChoiceError,
    WrongRatioError,
)
from secops.judging.tailoring import Asked
from secops.model.answer import Choice, Measure, Value, Verdict
from secops.model.asking import Asks, AsksChoice, AsksRatio, AsksVerdict
from secops.model.common import NotApplicable

_RATIO: Final = re.compile(r"(-?[0-9]{1,9})/(-?[0-9]{1,9})")


def refuse_unfit(asked: Asked, value: Value) -> None:
    """Raise what is wrong with it as an answer to this item."""
    wrong = _wrong(asked, value)
    if wrong:
        raise wrong


def _wrong(asked: Asked, value: Value) -> SecopsError | None:
    item = str(asked.at.clause)
    match asked.item.asks, value:
        case _, NotApplicable():
            return None
        case AsksVerdict(), Verdict():
            return None
        case AsksChoice(options=options) as asks, Choice(code=code):
            if code in {one.code for one in options}:
                return None
            return UnknownChoiceError(item=item, found=code, choices=choices_said(asks))
        case AsksRatio() as asks, Measure() as measure:
            return _wrong_ratio(asked, asks, measure)
    return OtherKindError(item=item, found=_shown(value), wanted=wanted_by(asked.item.asks))


def _wrong_ratio(asked: Asked, asks: AsksRatio, measure: Measure) -> SecopsError | None:
    item = str(asked.at.clause)
    if measure.of == 0 and measure.n == 0:
        reason = asked.item.not_applicable or "-"
        return NothingCountedError(item=item, of=asks.of, reason=reason)
    if not 0 <= measure.n <= measure.of:
        found = f"{measure.n}/{measure.of}"
        return WrongRatioError(item=item, found=found, counted=asks.counted, of=asks.of)
    return None


def _shown(value: Value) -> str:
    match value:
        case Measure(n=n, of=of):
            return f"{n}/{of}"
        case Choice(code=code):
            return code
        case Verdict():
            return value.value
        case NotApplicable(reason=reason):
            return reason
    assert_never(value)


def wanted_by(asks: Asks) -> str:
    """Say what kind of answer an item asks for."""
    match asks:
        case AsksVerdict():
            return msgid("a verdict")
        case AsksChoice():
            return msgid("yes or no") if asks.yes_or_no else msgid("one of its choices")
        case AsksRatio():
            return msgid("how many of how many, such as 7/9")
    assert_never(asks)


def choices_said(asks: AsksChoice) -> str:
    """List the choices: the code that is typed, and what it means."""
    return ", ".join(f"{one.code} {one.title}".strip() for one in asks.options)


def _code_typed(asked: Asked, asks: AsksChoice, said: str, spelled: Mapping[str, str]) -> str:
    """Find the code of a choice; its own title goes before what `yes` and `no` are called."""
    offered = {one.code: one.code for one in asks.options}
    usual = {name: code for name, code in spelled.items() if code in offered}
    titled = (one for one in asks.options if one.title)
    titles = {unicodedata.normalize("NFKC", one.title): one.code for one in titled}
    code = titles.get(said) or offered.get(said) or usual.get(said)
    if code is None:
        choices = ", ".join(usual) if usual and not titles else choices_said(asks)
        raise UnknownChoiceError(item=str(asked.at.clause), found=said, choices=choices)
    return code


def read_stated(asked: Asked, text: str, spelled: Mapping[str, str]) -> Value:
    """Read what was typed for an item that asks no verdict; raises as `refuse_unfit`.

    `spelled`: what people say for the codes `yes` and `no`. A choice may be typed by its title.
    """
    asks, said = asked.item.asks, unicodedata.normalize("NFKC", text).strip()
    value: Value | None = None
    if isinstance(asks, AsksRatio) and (found := _RATIO.fullmatch(said.replace(" ", ""))):
        value = Measure(n=int(found[1]), of=int(found[2]))
    if isinstance(asks, AsksChoice):
        value = Choice(_code_typed(asked, asks, said, spelled))
    if value is None:
        item = str(asked.at.clause)
        raise OtherKindError(item=item, found=text, wanted=wanted_by(asks))
    refuse_unfit(asked, value)
    return value
