"""Contact data on a screen: enough to recognise, not enough to take away."""

from __future__ import annotations

from typing import Final

_HEAD: Final = 3
_TAIL: Final = 2


def masked(text: str) -> str:
    """Hide the middle of a telephone number, and the name of an e-mail address."""
    name, at, host = text.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    if len(text) <= _HEAD + _TAIL:
        return "*" * len(text) if text != "/" else text
    hidden = "".join("*" if sign.isdigit() else sign for sign in text[_HEAD:-_TAIL])
    return text[:_HEAD] + hidden + text[-_TAIL:]
