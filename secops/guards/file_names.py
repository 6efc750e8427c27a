"""Names as they may stand in those of files, on every system that people use."""

from __future__ import annotations

import re
from typing import Final

_REFUSED: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_MOST_SIGNS: Final = 60  # of a name within that of a file
_MOST_BYTES: Final = 180  # as above; file systems take 255 in all


def in_files(name: str) -> str:
    """Give a name as it stands in those of files: what file systems refuse becomes a hyphen."""
    safe = _REFUSED.sub("-", name).strip(". ")
    return safe[:_MOST_SIGNS].encode()[:_MOST_BYTES].decode(errors="ignore")
