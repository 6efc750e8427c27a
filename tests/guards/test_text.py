"""What strangers write is shown, never obeyed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.guards.text import clean_text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"nginx/1.22.1", "nginx/1.22.1"),
        (b"\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        (b"\x1b]52;c;YQ==\x07", r"\x1b]52;c;YQ==\x07"),
        ("a\u202eb\u2066c\u200bd", r"a\u202eb\u2066c\u200bd"),
        ("\x85 \x9b", r"\x85 \x9b"),
        (" one\r\n two\ttwo\u2028three ", "one two two three"),
        ("龢堃镕", "龢堃镕"),
        (b"\xff\xfe", "\ufffd\ufffd"),
        ("\ue000\U000e0001", r"\ue000\U000e0001"),
    ],
)
def test_text_is_tamed(raw: bytes | str, shown: str) -> None:
    assert clean_text(raw) == shown


@given(st.text(), st.integers(2, 50))
def test_any_text_is_printable_short_and_cleaned_for_good(text: str, most: int) -> None:
    cleaned = clean_text(text, most)
    assert cleaned == "" or cleaned.isprintable()
    assert len(cleaned) <= most
    assert clean_text(cleaned, most) == cleaned


def test_a_cut_is_visible() -> None:
    assert clean_text("a" * 300) == "a" * 199 + "…"
