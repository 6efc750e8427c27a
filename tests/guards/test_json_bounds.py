"""Hostile JSON is refused with a reason, whatever it is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.guards.json_bounds import JsonBounds, UnsafeJsonError, bounded_json

BOUNDS = JsonBounds(most_bytes=200_000, deepest=4)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"1" * 200_001, "larger"),
        (b"[" * 5 + b"]" * 5, "nested"),
        (b'{"a": ' * 100_0 + b"1" + b"}" * 100_0, "nested"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b"[NaN]", "number"),
        (b"[Infinity]", "number"),
        (b"\xff", "UTF-8"),
        (b'["\\ud800"]', "UTF-8"),
        (b"", "no JSON"),
        (b"[1,]", "no JSON"),
        (b"9" * 5_000, "no JSON"),
    ],
    ids=str,
)
def test_it_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnsafeJsonError) as caught:
        bounded_json(content, BOUNDS)
    assert problem in caught.value.problem


def test_brackets_in_text_are_no_nesting() -> None:
    assert bounded_json(b'["[[[[[[\\"[[[[", "\\\\"]', BOUNDS) == ['[[[[[["[[[[', "\\"]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_by_our_error(content: bytes) -> None:
    try:
        value = bounded_json(content, BOUNDS)
    except UnsafeJsonError:
        return
    assert value == json.loads(content)
