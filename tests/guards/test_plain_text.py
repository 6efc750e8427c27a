"""Text that enters the inventory: nothing unseen, and one spelling of letters and digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.guards.plain_text import plain, plain_place


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("云\u200b溪\u2060\ufeff市\u00ad", "云溪市"),
        ("甲\u2028乙\u2029丙", "甲 乙 丙"),
        ("Ａ座（３层）：网站，一期", "A座（3层）：网站，一期"),
        ("\u2f00", "一"),
        ("甲\r\n乙\t丙", "甲\n乙\t丙"),
    ],
)
def test_what_is_typed_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert plain(typed) == kept


def test_a_place_has_no_wide_signs_at_all() -> None:
    assert plain_place("ｈｔｔｐ：／／ｗｗｗ。school．example／") == "http://www.school.example/"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain_place(plain_place(text)) == plain_place(text)
