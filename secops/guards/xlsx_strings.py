"""How much text the cells of a workbook share: a short file may name one long text a million times.

Readers copy it into every cell that names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

PART: Final = "xl/sharedstrings.xml"
_MOST: Final = 512 * 1024 * 1024
_ROUGHLY: Final = 4 * _MOST  # below it nothing is counted one by one
_END: Final = re.compile(rb"</(?:\w+:)?si\s*>")
_UNCERTAIN: Final = re.compile(rb"""<!|="[^"<]*<|='[^'<]*<""")
"""Signs by which the end of a text may be made up: then each may be as long as all together."""
_NAMES: Final = (b'"s"', b"'s'")
_NAMING: Final = re.compile(rb'\bt="s"[^<>]*><v>([0-9]{1,9})</v>')

Parts = Callable[[], Iterable[bytes]]


@dataclass(slots=True)
class SharedText:
    """The texts of a workbook by their lengths, and how many cells name one."""

    lengths: list[int] = field(default_factory=list)
    naming: int = 0

    def keep(self, content: bytes) -> None:
        """Measure the texts."""
        if _UNCERTAIN.search(content):
            parts = [content]
        elif b":si" in content or content.count(b"</si>") < content.count(b"</si"):
            parts = _END.split(content)
        else:
            parts = content.split(b"</si>")
        self.lengths += map(len, parts)

    def count(self, piece: bytes) -> None:
        """Count the cells of a piece that name a text, rather too many than too few."""
        self.naming += sum(piece.count(sign) for sign in _NAMES)

    def too_much(self, sheets: Parts) -> bool:
        """Whether the cells hold more text than is read; `sheets`: them once more, by piece."""
        longest = max(self.lengths, default=0)
        if longest * self.naming <= _ROUGHLY:
            return False
        total, known = 0, 0
        for piece in sheets():
            for found in _NAMING.finditer(piece):
                number = int(found[1])
                known += 1
                total += self.lengths[number] if number < len(self.lengths) else longest
        return total + max(self.naming - known, 0) * longest > _MOST
