"""What in a name weighs little, and what must never be entered; the words themselves are data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_SIGNS: Final = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Drop what people vary without meaning anything: width, case, blanks, punctuation."""
    wide = unicodedata.normalize("NFKC", text).casefold()
    return _SIGNS.sub("", wide)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Words of `checklists/recognition/names.yaml`, folded."""

    light: tuple[str, ...]  # words such as `system` that tell nothing; longest first
    secret: tuple[str, ...]  # words that only the name of a state-secret system carries
    not_secret: tuple[str, ...]  # harmless words that contain a secret one

    def core(self, name: str, beside: Iterable[str] = ()) -> str:
        """Give what is left of a name without light words and without the unit's own name."""
        left = folded(name)
        for word in beside:
            left = left.removeprefix(folded(word))
        for word in self.light:
            left = left.replace(word, "")
        return left

    def secret_word(self, text: str) -> str:
        """Give the word that tells of a state secret, or nothing."""
        left = folded(text)
        for word in self.not_secret:
            left = left.replace(word, " ")
        return next((word for word in self.secret if word in left), "")
