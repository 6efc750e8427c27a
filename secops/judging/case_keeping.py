"""High-risk cases in the kept copy of an item set, so that an old judgement reads as it did."""

from __future__ import annotations

from typing import TypedDict

from secops.model.case import Case, CaseKind, Downgrade, Principle
from secops.model.checklist import Trait
from secops.model.common import Confidence, SecurityLevel
from secops.model.ids import ItemId


class KeptCase(TypedDict):
    """One case, as JSON."""

    id: str
    code: str
    kind: str
    title: str
    about: list[str]
    levels: list[int]
    when: list[str]
    scope: str
    condition: str
    compensating: str
    downgrade: str
    downgrade_note: str
    downgrade_part: str
    measure: str
    triggers: str
    principles: list[list[str]]
    source: str
    confidence: str


def kept_case(case: Case) -> KeptCase:
    """Write a case."""
    return {
        "id": str(case.id),
        "code": case.code,
        "kind": case.kind.value,
        "title": case.title,
        "about": [str(one) for one in case.about],
        "levels": [int(one) for one in case.levels],
        "when": [one.value for one in case.when],
        "scope": case.scope,
        "condition": case.condition,
        "compensating": case.compensating,
        "downgrade": case.downgrade.value,
        "downgrade_note": case.downgrade_note,
        "downgrade_part": case.downgrade_part,
        "measure": case.measure,
        "triggers": str(case.triggers) if case.triggers else "",
        "principles": [[one.code, one.title] for one in case.principles],
        "source": case.source,
        "confidence": case.confidence.value,
    }


def read_case(kept: KeptCase) -> Case:
    """Read what `kept_case` wrote."""
    return Case(
        id=ItemId(kept["id"]),
        code=kept["code"],
        kind=CaseKind(kept["kind"]),
        title=kept["title"],
        about=tuple(ItemId(one) for one in kept["about"]),
        levels=tuple(SecurityLevel(one) for one in kept["levels"]),
        when=tuple(Trait(one) for one in kept["when"]),
        scope=kept["scope"],
        condition=kept["condition"],
        compensating=kept["compensating"],
        downgrade=Downgrade(kept["downgrade"]),
        downgrade_note=kept["downgrade_note"],
        downgrade_part=kept["downgrade_part"],
        measure=kept["measure"],
        triggers=ItemId(kept["triggers"]) if kept["triggers"] else None,
        principles=tuple(Principle(*one) for one in kept["principles"]),
        source=kept["source"],
        confidence=Confidence(kept["confidence"]),
    )
