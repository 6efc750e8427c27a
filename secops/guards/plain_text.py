"""Text as it may enter the inventory: no control characters, no look-alikes from other PDFs."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FOREIGN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\u2f00-\u2fd5\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]"
)
_OTHER: Final = re.compile(
    "[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U000efffe-\U000effff\U0010fffe\U0010ffff]"
)


def _folded(found: re.Match[str]) -> str:
    sign = found[0]
    if sign in "\u2028\u2029":
        return " "
    kept = "\u2f00" <= sign <= "\u2fd5" or "\uff10" <= sign <= "\uff5a"
    return unicodedata.normalize("NFKC", sign) if kept else ""


def plain(text: str) -> str:
    r"""Drop what nobody sees; a Kangxi radical becomes its letter, wide letters and digits ASCII.

    Unseen are control, direction and zero-width signs and non-characters. Line ends become `\n`;
    tabs, blanks and everything else visible stay as they are. Repeating it changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _OTHER.sub("", _FOREIGN.sub(_folded, text))


def plain_place(text: str) -> str:
    """Fold an address, a host name or a code, where no sign has a wide form of its own."""
    return unicodedata.normalize("NFKC", plain(text)).replace("\u3002", ".")
