"""Text that a stranger chose, made fit for a terminal, a page and a document."""

from __future__ import annotations

import unicodedata

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def clean_text(raw: bytes | str, most: int = 200) -> str:
    r"""Decode and tame: control and direction characters are shown as `\x1b`, never obeyed.

    White space, line breaks included, becomes one space; what is longer than `most` characters is
    cut visibly. Cleaning twice changes nothing.
    """
    text = raw[: most * 16].decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    shown = " ".join(tamed(text[: most * 4]).split())
    return shown if len(shown) <= most else shown[: most - 1].rstrip() + _ELLIPSIS


def tamed(text: str) -> str:
    """Do the same to text that is shown whole: only each line break and tab becomes a space."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(one: str) -> str:
    if one in "\t\n\r\v\f\N{NO-BREAK SPACE}\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}":
        return " "
    if unicodedata.category(one)[0] != "C":
        return one
    code = ord(one)
    width = next(digits for digits in (2, 4, 8) if code < 16**digits)
    return f"\\{ {2: 'x', 4: 'u', 8: 'U'}[width] }{code:0{width}x}"
