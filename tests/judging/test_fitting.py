"""An answer fits what its item asks, or the error says what does."""

from __future__ import annotations

import itertools

import pytest

from secops.errors import SecopsError
from secops.errors.answering import (
    NothingCountedError,
    OtherKindError,
    UnknownChoiceError,
    WrongRatioError,
)
from secops.judging.fitting import read_stated, refuse_unfit
from secops.model.answer import Choice, Measure, Value, Verdict
from secops.model.asking import VERDICT, YES_OR_NO, Asks
from secops.model.common import NotApplicable
from tests.judging.asked_samples import KINDS, RATIO, STEPS, asked

SPELLED = {"是": "yes", "否": "no"}
GOOD: dict[Asks, Value] = {
    VERDICT: Verdict.COMPLIANT,
    YES_OR_NO: Choice("yes"),
    STEPS: Choice("2"),
    RATIO: Measure(7, 9),
}


@pytest.mark.parametrize(("asks", "other"), list(itertools.product(KINDS, KINDS)))
def test_only_the_kind_that_is_asked_for_fits(asks: Asks, other: Asks) -> None:
    one, value = asked(1, asks), GOOD[other]
    if asks == other:
        refuse_unfit(one, value)
    else:
        with pytest.raises((OtherKindError, UnknownChoiceError)):
            refuse_unfit(one, value)


@pytest.mark.parametrize("asks", KINDS)
def test_not_applicable_with_a_reason_fits_everything(asks: Asks) -> None:
    refuse_unfit(asked(1, asks), NotApplicable("没有系统"))


@pytest.mark.parametrize(("n", "of"), [(10, 9), (-1, 9), (1, 0), (0, -2)])
def test_a_part_is_between_nothing_and_all(n: int, of: int) -> None:
    with pytest.raises(WrongRatioError) as raised:
        refuse_unfit(asked(4, RATIO), Measure(n, of))
    assert raised.value.details["found"] == f"{n}/{of}"


def test_none_of_none_is_asked_for_a_reason_and_names_the_usual_one() -> None:
    with pytest.raises(NothingCountedError) as raised:
        refuse_unfit(asked(4, RATIO), Measure(0, 0))
    assert raised.value.details["reason"] == "没有系统"


@pytest.mark.parametrize(
    ("asks", "text", "value"),
    [
        (RATIO, "7/9", Measure(7, 9)),
        (RATIO, " 7 ／ 9 ", Measure(7, 9)),  # as an input method types it
        (STEPS, "1", Choice("1")),
        (STEPS, "一次", Choice("1")),
        (YES_OR_NO, "yes", Choice("yes")),
        (YES_OR_NO, "否", Choice("no")),
    ],
)
def test_what_people_type_is_read(asks: Asks, text: str, value: Value) -> None:
    assert read_stated(asked(1, asks), text, SPELLED) == value


@pytest.mark.parametrize(
    ("asks", "text", "error"),
    [
        (RATIO, "compliant", OtherKindError),
        (RATIO, "7", OtherKindError),
        (RATIO, "7/9/2", OtherKindError),
        (RATIO, "10/9", WrongRatioError),
        (STEPS, "3", UnknownChoiceError),
        (YES_OR_NO, "", UnknownChoiceError),
        (YES_OR_NO, "compliant", UnknownChoiceError),
    ],
)
def test_what_it_does_not_ask_for_is_refused(
    asks: Asks, text: str, error: type[SecopsError]
) -> None:
    with pytest.raises(error):
        read_stated(asked(1, asks), text, SPELLED)
