"""What a person may confirm instead of stating it anew; kept with the answer that confirms it.

A proposal comes out of the inventory or out of the last cycle. It is never counted and never
printed as an answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from secops.judging.keeping import canonical, value_text
from secops.judging.tailoring import Asked
from secops.model.answer import Subject, Value
from secops.model.ids import AnswerId, Digest, PersonId
from secops.model.proposal import FromInventory, FromLast, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value of an item, for the subject as a whole or one component."""

    asked: Asked
    subject: Subject
    value: Value
    source: Source
    note: str = ""
    evidence: tuple[Digest, ...] = ()


def proposal_bytes(one: Proposal) -> bytes:
    """Write what was confirmed, so that the answer can say where it came from."""
    return canonical(
        {"item": str(one.asked.item.id), "value": value_text(one.value), **_kept(one.source)}
    )


def _kept(source: Source) -> dict[str, str]:
    match source:
        case FromInventory(day=day):
            return {"kind": "inventory", "day": day.isoformat()}
        case FromLast():
            evidence = source.evidence_at
            return {
                "kind": "last",
                "cycle": source.cycle,
                "answer": source.answer,
                "answered_by": source.answered_by,
                "answered_at": source.answered_at.isoformat(),
                "evidence_at": evidence.isoformat() if evidence else "",
            }


def read_source(content: bytes) -> Source | None:
    """Read where a confirmed proposal came from; None: it was what a scan suggested."""
    kept = json.loads(content)
    if kept.get("kind") == "inventory":
        return FromInventory(day=date.fromisoformat(kept["day"]))
    if kept.get("kind") != "last":
        return None
    evidence = kept["evidence_at"]
    return FromLast(
        cycle=kept["cycle"],
        answer=AnswerId(kept["answer"]),
        answered_by=PersonId(kept["answered_by"]),
        answered_at=datetime.fromisoformat(kept["answered_at"]),
        evidence_at=datetime.fromisoformat(evidence) if evidence else None,
    )
