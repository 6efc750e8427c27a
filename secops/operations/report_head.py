"""Which entry of the history a paper stands on."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.model.history import Head

_STEP: Final = 64


def head_until(work: UnitOfWork, until: datetime) -> Head:
    """Give the newest entry that the report stands on: printing itself changes nothing of it."""
    last = work.chain.head().seq
    while last > 0:
        after = max(0, last - _STEP)
        entries = [one for one in work.chain.entries(after=after) if one.seq <= last]
        for one in reversed(entries):
            if one.at <= until and not one.action.startswith("document."):
                return Head(seq=one.seq, hash=one.hash, at=one.at)
        last = after
    return Head(seq=0, hash="", at=None)
