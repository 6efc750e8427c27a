"""Merging many copies: order does not matter, nothing is lost, twice is once."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.errors import InFile
from secops.judging.form_merge import Claim, standing
from secops.judging.three_way import Standing

VALUES = st.sampled_from(["", "a", "b", "c"])


def claim(value: str, base: str, now: str, name: str = "x") -> Claim:
    path = Path(f"{name}.xlsx")
    return Claim(
        value=value,
        base=base,
        knew=base == now,
        by=name,
        path=path,
        key="value",
        placer=lambda _: InFile(path),
    )


CASES = {
    "nobody changed it": ("a", [], Standing.UNCHANGED),
    "one did": ("a", [("b", "a")], Standing.TAKE),
    "two did, to the same": ("a", [("b", "a"), ("b", "a")], Standing.TAKE),
    "two did, to different": ("a", [("b", "a"), ("c", "a")], Standing.CONFLICT),
    "it stands already": ("b", [("b", "a")], Standing.UNCHANGED),
    "one stands already, another differs": ("b", [("b", "a"), ("c", "a")], Standing.CONFLICT),
    "somebody answered meanwhile": ("b", [("c", "a")], Standing.CONFLICT),
    "the later form knew it": ("b", [("b", "a"), ("c", "b")], Standing.TAKE),
}


@pytest.mark.parametrize("case", CASES)
def test_one_cell(case: str) -> None:
    now, changed, wanted = CASES[case]
    assert standing(now, [claim(value, base, now) for value, base in changed]) is wanted


@given(VALUES, st.lists(st.tuples(VALUES, VALUES), max_size=4))
def test_the_order_of_the_copies_does_not_matter(now: str, said: list[tuple[str, str]]) -> None:
    claims = [claim(value, base, now) for value, base in said if value != base]
    found = {standing(now, order) for order in permutations(claims)}
    assert len(found) == 1


@given(VALUES, st.lists(st.tuples(VALUES, VALUES), max_size=4))
def test_what_is_taken_is_what_every_news_says_and_twice_is_once(
    now: str, said: list[tuple[str, str]]
) -> None:
    claims = [claim(value, base, now) for value, base in said if value != base]
    if standing(now, claims) is Standing.TAKE:
        (taken,) = {one.value for one in claims if one.value != now}
        again = [claim(value, base, taken) for value, base in said if value != base]
        assert {one.value for one in again} <= {taken, now}
        if all(one.value == taken for one in again):
            assert standing(taken, again) is Standing.UNCHANGED


@given(VALUES, st.lists(st.tuples(VALUES, VALUES), max_size=4))
def test_a_value_that_differs_is_never_lost_unsaid(now: str, said: list[tuple[str, str]]) -> None:
    claims = [claim(value, base, now) for value, base in said if value != base]
    if any(one.value != now for one in claims):
        assert standing(now, claims) is not Standing.UNCHANGED
