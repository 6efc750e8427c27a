"""The hash chain: one entry per change, written in the same transaction as the change.

h = SHA-256(prev ‖ canonical bytes of the entry). A chain alone does not see a cut tail or a full
re-chain: that is why its head is exported and printed on reports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Changes = Mapping[str, tuple[str | None, str | None]]
"""Field path -> before and after as text; never contact data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link of the chain."""

    seq: int  # from 1, without gaps
    at: datetime
    account: str
    person: str
    means: str
    action: str  # such as `system.put`, `scan.start`, `answer.put`
    object: str  # kind and id
    before: str  # digest of the state before, empty for a birth
    after: str
    changes: str  # canonical JSON of `Changes`
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where the chain stands: exported, printed, compared later."""

    seq: int
    hash: str
    at: datetime | None


def link(previous: str, canonical: str) -> str:
    """Give the hash of an entry: over its predecessor's hash and its own canonical text."""
    return hashlib.sha256(previous.encode() + canonical.encode()).hexdigest()
