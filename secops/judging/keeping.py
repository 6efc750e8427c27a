"""Copies that are kept, so that an old assessment is judged and printed as it was.

Canonical JSON: the same values give the same bytes, and so the same digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from typing import TypedDict

from secops.judging.tables import Tables
from secops.judging.tailoring import Asked, Grades, ItemSet
from secops.model import history
from secops.model.answer import (
    Answer,
    Choice,
    Measure,
    OfComponent,
    OfSystem,
    OfUnit,
    Subject,
    Value,
    Verdict,
)
from secops.model.assessment import Conclusion
from secops.model.asset import Component, ComponentKind
from secops.model.checklist import (
    AtLevel,
    Attribute,
    Clause,
    Confidence,
    Domain,
    Item,
    ItemId,
)
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.ids import ComponentId, SystemId, UnitId
from secops.model.judgement import Against, Ground, NothingAgainst, Suggestion
from secops.model.score import Bands


def canonical(value: object) -> bytes:
    """Write JSON in the one form that has a digest."""
    return history.canonical(value).encode()


class _KeptItem(TypedDict):
    id: str
    domain: str
    control_point: str
    level: int
    clause: str
    gist: str
    attribute: str
    unit: str
    unit_confidence: str
    parts: list[list[str]]
    concerns: list[str]
    confidence: str


class _KeptSet(TypedDict):
    edition: str
    checklist: str
    grades: list[int]
    items: list[_KeptItem]


def item_set_bytes(chosen: ItemSet) -> bytes:
    """Write an item set; each item with what it says at its one level."""
    grades = chosen.grades
    return canonical(
        {
            "edition": chosen.edition,
            "checklist": chosen.checklist,
            "grades": [int(grades.business_information), int(grades.system_service)],
            "items": [_kept(one) for one in chosen.asked],
        }
    )


def _kept(asked: Asked) -> _KeptItem:
    item, at = asked.item, asked.at
    return {
        "id": str(item.id),
        "domain": item.domain.value,
        "control_point": item.control_point,
        "level": int(at.level),
        "clause": str(at.clause),
        "gist": at.gist,
        "attribute": at.attribute.value,
        "unit": at.unit_id,
        "unit_confidence": at.unit_confidence.value,
        "parts": [list(part) for part in item.parts],
        "concerns": [one.value for one in item.concerns],
        "confidence": item.confidence.value,
    }


def read_item_set(content: bytes) -> ItemSet:
    """Read what `item_set_bytes` wrote; the bytes were proved by their digest."""
    kept: _KeptSet = json.loads(content)
    business, service = (SecurityLevel(one) for one in kept["grades"])
    return ItemSet(
        edition=kept["edition"],
        checklist=kept["checklist"],
        grades=Grades(business_information=business, system_service=service),
        asked=tuple(_asked(one) for one in kept["items"]),
    )


def _asked(kept: _KeptItem) -> Asked:
    at = AtLevel(
        level=SecurityLevel(kept["level"]),
        clause=Clause.parse(kept["clause"]),
        gist=kept["gist"],
        attribute=Attribute(kept["attribute"]),
        unit_id=kept["unit"],
        unit_confidence=Confidence(kept["unit_confidence"]),
    )
    item = Item(
        id=ItemId(kept["id"]),
        domain=Domain(kept["domain"]),
        control_point=kept["control_point"],
        at=(at,),
        parts=tuple((name, wording) for name, wording in kept["parts"]),
        concerns=tuple(ComponentKind(one) for one in kept["concerns"]),
        confidence=Confidence(kept["confidence"]),
    )
    return Asked(item=item, at=at)


def tables_bytes(tables: Tables) -> bytes:
    """Write the rules word for word, the thresholds as set, and the bands."""
    bands = tables.bands
    return canonical(
        {
            "rules": tables.rules.content.decode(),
            "thresholds": dict(tables.thresholds),
            "bands": {
                "title": bands.title,
                "source": bands.source,
                "as_of": bands.as_of,
                "confidence": bands.confidence.value,
                "upper": bands.upper,
                "lower": bands.lower,
                "at_upper": bands.at_upper.value,
                "at_lower": bands.at_lower.value,
                "partial_weight": str(bands.partial_weight),
            },
        }
    )


def read_bands(content: bytes) -> Bands:
    """Read the bands out of what `tables_bytes` wrote."""
    kept = json.loads(content)["bands"]
    return Bands(
        title=kept["title"],
        source=kept["source"],
        as_of=kept["as_of"],
        confidence=Confidence(kept["confidence"]),
        upper=kept["upper"],
        lower=kept["lower"],
        at_upper=Conclusion(kept["at_upper"]),
        at_lower=Conclusion(kept["at_lower"]),
        partial_weight=Fraction(kept["partial_weight"]),
    )


def subject_text(subject: Subject) -> str:
    """Name a subject by its ids."""
    match subject:
        case OfUnit(unit=unit):
            return f"unit {unit}"
        case OfSystem(system=system):
            return f"system {system}"
        case OfComponent(system=system, component=component):
            return f"system {system} component {component}"


def value_text(value: Value) -> str:
    """Name a value."""
    match value:
        case Verdict():
            return value.value
        case Measure(n=n, of=of):
            return f"{n}/{of}"
        case Choice(code=code):
            return f"choice {code}"
        case NotApplicable(reason=reason):
            return f"not_applicable {reason}"


class _KeptComponent(TypedDict):
    id: str
    no: int
    name: str
    kind: str
    unit: str


def state_bytes(answers: Iterable[Answer], components: Iterable[Component]) -> bytes:
    """Write what a frozen assessment vouches for: its answers, and what they were asked of."""
    lines = [
        [
            str(one.item),
            subject_text(one.subject),
            one.revision,
            value_text(one.value),
            one.answered_by,
            one.note,
            list(one.evidence),
        ]
        for one in answers
    ]
    kept: list[_KeptComponent] = [
        {"id": one.id, "no": one.no, "name": one.name, "kind": one.kind.value, "unit": one.unit}
        for one in components
    ]
    return canonical(
        {
            "answers": sorted(lines, key=lambda line: (line[0], line[1])),
            "components": sorted(kept, key=lambda one: one["id"]),
        }
    )


def read_components(content: bytes, system: SystemId) -> tuple[Component, ...]:
    """Read the components out of what `state_bytes` wrote: those that were asked, no newer ones."""
    kept: list[_KeptComponent] = json.loads(content)["components"]
    return tuple(
        Component(
            id=ComponentId(one["id"]),
            no=one["no"],
            name=one["name"],
            kind=ComponentKind(one["kind"]),
            unit=UnitId(one["unit"]),
            systems=(system,),
        )
        for one in kept
    )


def suggestion_bytes(item: ItemId, suggestion: Suggestion) -> bytes:
    """Write a suggestion, so that an answer that accepted it can say what it accepted."""
    verdict = suggestion.verdict.value if isinstance(suggestion, Against) else ""
    still = suggestion.still_to_show if isinstance(suggestion, NothingAgainst) else ()
    return canonical(
        {
            "item": str(item),
            "kind": type(suggestion).__name__,
            "verdict": verdict,
            "still_to_show": list(still),
            "grounds": [_ground(one) for one in suggestion.grounds],
        }
    )


def _ground(ground: Ground) -> dict[str, str]:
    return {
        "rule": ground.rule,
        "part": ground.part,
        "component": ground.component or "",
        "verdict": ground.verdict.value,
        "risk": ground.risk.value,
        "statement": ground.statement,
        "evidence": ground.evidence,
    }
