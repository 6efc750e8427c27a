"""The format in which our own probes keep what passed between them and a target: a transcript.

One JSON document: `{"format": "secops-exchanges/1", "exchanges": [...]}`. Bytes are base64, so that
nothing is lost. What is not this format gives an empty transcript, never an error.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from secops.model.evidence import Evidence, Observation

FORMAT: Final = "secops-exchanges/1"
_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One thing asked and what came back; `failed` is the kind of failure, empty: an answer."""

    asked: str
    where: str = ""
    sent: bytes = b""
    got: bytes = b""
    note: str = ""
    failed: str = ""


def pack(exchanges: Iterable[Exchange]) -> bytes:
    """Write a transcript; the same exchanges give the same bytes."""
    rows = [
        {
            "asked": one.asked,
            "where": one.where,
            "sent": base64.b64encode(one.sent).decode(),
            "got": base64.b64encode(one.got).decode(),
            "note": one.note,
            "failed": one.failed,
        }
        for one in exchanges
    ]
    return json.dumps({"format": FORMAT, "exchanges": rows}, indent=1).encode()


def unpack(content: bytes) -> tuple[Exchange, ...]:
    """Read a transcript; anything else is an empty one."""
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return ()
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        return ()
    rows = whole.get("exchanges")
    read = [_exchange(row) for row in rows[:_MOST]] if isinstance(rows, list) else []
    return tuple(one for one in read if one is not None)


def _exchange(row: object) -> Exchange | None:
    if not isinstance(row, dict):
        return None
    text = {key: str(row.get(key, "")) for key in ("asked", "where", "note", "failed")}
    try:
        sent, got = (base64.b64decode(str(row.get(key, ""))) for key in ("sent", "got"))
    except (binascii.Error, ValueError):
        return None
    return Exchange(
        asked=text["asked"],
        where=text["where"],
        sent=sent,
        got=got,
        note=text["note"],
        failed=text["failed"],
    )


def observed(
    evidence: Evidence, facts: Iterable[tuple[str, str | None]]
) -> tuple[Observation, ...]:
    """Make observations of named facts; an absent or empty value is no observation."""
    digest = evidence.digest
    return tuple(
        Observation(target=evidence.target, name=name, value=value, evidence=digest)
        for name, value in facts
        if value
    )
