"""The tests that rules are made of: what they hold on, and what they cannot read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.errors import WrongChoiceError, WrongValueError
from secops.judging.conditions import TESTS, Condition


def _holds(name: str, observed: str, *wanted: str) -> bool:
    return Condition(((name, wanted),)).holds(observed, {"limit": "5", "modes": "0640"})


@pytest.mark.parametrize(
    ("name", "observed", "wanted", "holds"),
    [
        ("is", "a,b", ("a", "b"), False),
        ("is", "a,b", ("a,b",), True),
        ("lists", "a, b", ("b",), True),
        ("lists_none_of", "a,b", ("c",), True),
        ("lists_other_than", "none", ("none",), False),
        ("lists_other_than", "none,a", ("none",), True),
        ("below", "4", ("$limit",), True),
        ("below", "5", ("$limit",), False),
        ("above", "5", ("$limit",), False),
        ("above", "6", ("$limit",), True),
        ("above", "0", ("-1",), True),
        ("mode_beyond", "0640", ("$modes",), False),
        ("mode_beyond", "0600", ("$modes",), False),
        ("mode_beyond", "0000", ("$modes",), False),
        ("mode_beyond", "0644", ("$modes",), True),
        ("mode_beyond", "0460", ("$modes",), True),
        ("mode_beyond", "4640", ("$modes",), True),
        ("weaker_than", "rsa-1024", ("rsa-2048", "ec-256"), True),
        ("has", "nginx/1", ("digit",), True),
        ("any", "whatever", ("rest",), True),
    ],
)
def test_a_test_holds_on_what_it_says(
    name: str, observed: str, wanted: tuple[str, ...], *, holds: bool
) -> None:
    assert _holds(name, observed, *wanted) is holds


@pytest.mark.parametrize("observed", ["", "soon", "5.5", "+6", "６", "9" * 19, "6 "])
def test_what_is_no_number_is_neither_above_nor_below(observed: str) -> None:
    assert not _holds("above", observed, "$limit")
    assert not _holds("below", observed, "$limit")


@pytest.mark.parametrize("observed", ["", "rw-r-----", "0888", "64", "00644", "-644", "７７７"])
def test_what_is_no_mode_is_beyond_nothing(observed: str) -> None:
    assert not _holds("mode_beyond", observed, "0000")


@given(st.integers(-(10**17), 10**17), st.integers(-(10**17), 10**17))
def test_a_number_is_above_below_or_equal(seen: int, limit: int) -> None:
    above = _holds("above", str(seen), str(limit))
    below = _holds("below", str(seen), str(limit))
    assert [above, below, seen == limit].count(True) == 1


@given(st.integers(0, 0o7777), st.integers(0, 0o7777))
def test_a_mode_is_within_exactly_when_it_adds_nothing(seen: int, limit: int) -> None:
    beyond = _holds("mode_beyond", f"{seen:04o}", f"{limit:04o}")
    assert beyond is (seen | limit != limit)


def test_one_of_several_tests_is_enough() -> None:
    either = Condition((("above", ("10",)), ("below", ("1",))))
    assert [one for one in ("0", "1", "10", "11") if either.holds(one, {})] == ["0", "11"]


@given(st.text(max_size=40))
def test_whatever_is_observed_no_test_breaks(observed: str) -> None:
    for name in TESTS:
        assert _holds(name, observed, "$limit") in (True, False)


def test_an_unknown_test_and_an_empty_one_are_refused() -> None:
    with pytest.raises(WrongChoiceError):
        Condition((("resembles", ("a",)),))
    with pytest.raises(WrongValueError):
        Condition((("is", ()),))
