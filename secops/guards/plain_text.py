"""Text as it may enter the inventory: no control characters, no look-alikes from other PDFs."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FOREIGN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069"
    "\u2f00-\u2fd5]"
)
_OTHER: Final = re.compile(
    "[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U000efffe-\U000effff\U0010fffe\U0010ffff]"
)


def _folded(found: re.Match[str]) -> str:
    sign = found[0]
    return unicodedata.normalize("NFKC", sign) if "\u2f00" <= sign <= "\u2fd5" else ""


def plain(text: str) -> str:
    r"""Drop control and direction signs and non-characters; a Kangxi radical becomes its letter.

    Line ends become `\n`; tabs, blanks and everything visible stay as they are. Repeating it
    changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _OTHER.sub("", _FOREIGN.sub(_folded, text))
