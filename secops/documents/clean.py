"""Text for print: no controls, no look-alike radicals that would spoil the text layer of a PDF."""

from __future__ import annotations

import re
import unicodedata

_RADICALS = re.compile("[\u2e80-\u2fd5]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_DOTS = str.maketrans({"\u2022": "\u00b7", "\u30fb": "\u00b7", "\u2027": "\u00b7"})


def clean(text: str) -> str:
    """Fold Kangxi radicals and name dots, drop controls, direction marks and non-characters."""
    folded = _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _UNPRINTABLE.sub("", folded).translate(_DOTS)
