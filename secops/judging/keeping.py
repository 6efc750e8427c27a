"""Copies that are kept, so that an old assessment is judged and printed as it was.

Canonical JSON: the same values give the same bytes, and so the same digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypedDict, assert_never

from secops.judging.case_keeping import KeptCase, kept_case, read_case
from secops.judging.tables import Tables
from secops.judging.tailoring import Asked, ItemSet
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
from secops.model.asking import VERDICT, Asks, AsksChoice, AsksRatio, AsksVerdict, Option
from secops.model.assessment import Conclusion
from secops.model.asset import Component, ComponentKind
from secops.model.checklist import (
    GENERAL,
    STANDARD,
    AtLevel,
    ChecklistPart,
    Clause,
    Domain,
    Duty,
    Item,
    Trait,
)
from secops.model.common import Confidence, NotApplicable, SecurityLevel
from secops.model.grades import Attribute, Grades
from secops.model.ids import ComponentId, ItemId, SystemId, UnitId
from secops.model.judgement import Against, Ground, NothingAgainst, Suggestion
from secops.model.platform_statement import Inherited
from secops.model.score import Bands


def canonical(value: object) -> bytes:
    """Write JSON in the one form that has a digest."""
    return history.canonical(value).encode()


class _KeptItem(TypedDict):
    id: str
    part: list[object]
    domain: list[str] | str  # the first sets kept its code only
    control_point: str
    level: int | None
    clause: str
    gist: str
    attribute: str
    unit: str
    unit_confidence: str
    parts: list[list[str]]
    concerns: list[str]
    confidence: str
    duty: str
    mandatory: bool
    asks: list[object]
    weight: str
    not_applicable: str
    basis: str


class _KeptSet(TypedDict):
    pack: str
    edition: str
    checklist: str
    grades: list[int] | None
    traits: list[str]
    items: list[_KeptItem]
    cases: list[KeptCase]
    stands_in: str


@lru_cache(maxsize=64)
def item_set_bytes(chosen: ItemSet) -> bytes:
    """Write an item set; each item with what it says at its one level, guidance left out."""
    grades = chosen.grades
    return canonical(
        {
            "pack": chosen.pack,
            "edition": chosen.edition,
            "checklist": chosen.checklist,
            "grades": [int(grades.business_information), int(grades.system_service)]
            if grades
            else None,
            "traits": [one.value for one in chosen.traits],
            "items": [_kept(one) for one in chosen.asked],
            **({"cases": [kept_case(one) for one in chosen.cases]} if chosen.cases else {}),
            **({"stands_in": chosen.stands_in} if chosen.stands_in else {}),
        }
    )


def _kept(asked: Asked) -> _KeptItem:
    item, at = asked.item, asked.at
    part, domain = item.part, item.domain
    return {
        "id": str(item.id),
        "part": [part.code, part.title, part.english, [one.value for one in part.when]],
        "domain": [domain.code, domain.title, domain.english],
        "control_point": item.control_point,
        "level": None if at.level is None else int(at.level),
        "clause": str(at.clause),
        "gist": at.gist,
        "attribute": at.attribute.value,
        "unit": at.unit_id,
        "unit_confidence": at.unit_confidence.value,
        "parts": [list(part) for part in item.parts],
        "concerns": [one.value for one in item.concerns],
        "confidence": item.confidence.value,
        "duty": item.duty.value,
        "mandatory": item.mandatory,
        "asks": _kept_asks(item.asks),
        "weight": str(item.weight),
        "not_applicable": item.not_applicable,
        "basis": item.basis,
    }


def _kept_asks(asks: Asks) -> list[object]:
    match asks:
        case AsksVerdict():
            return ["verdict"]
        case AsksChoice(options=options):
            return ["choice", [[one.code, one.title, str(one.share)] for one in options]]
        case AsksRatio(counted=counted, of=of):
            return ["ratio", counted, of]
    assert_never(asks)


def read_item_set(content: bytes) -> ItemSet:
    """Read what `item_set_bytes` wrote; the bytes were proved by their digest."""
    kept: _KeptSet = json.loads(content)
    grades = None
    if kept["grades"]:
        business, service = (SecurityLevel(one) for one in kept["grades"])
        grades = Grades(business_information=business, system_service=service)
    return ItemSet(
        pack=kept.get("pack", STANDARD),
        edition=kept["edition"],
        checklist=kept["checklist"],
        grades=grades,
        traits=tuple(Trait(one) for one in kept.get("traits", ())),
        asked=tuple(_asked(one) for one in kept["items"]),
        cases=tuple(read_case(one) for one in kept.get("cases", ())),
        stands_in=kept.get("stands_in", ""),
    )


def _asked(kept: _KeptItem) -> Asked:
    at = AtLevel(
        level=None if kept["level"] is None else SecurityLevel(kept["level"]),
        clause=Clause(kept["clause"]),
        gist=kept["gist"],
        attribute=Attribute(kept["attribute"]),
        unit_id=kept["unit"],
        unit_confidence=Confidence(kept["unit_confidence"]),
    )
    code, title, english, when = kept.get("part", [GENERAL, "", "", []])
    domain = kept["domain"]
    item = Item(
        id=ItemId(kept["id"]),
        part=ChecklistPart(
            str(code), str(title), str(english), tuple(Trait(one) for one in _listed(when))
        ),
        domain=Domain(domain, "") if isinstance(domain, str) else Domain(*domain),
        control_point=kept["control_point"],
        at=(at,),
        parts=tuple((name, wording) for name, wording in kept["parts"]),
        concerns=tuple(ComponentKind(one) for one in kept["concerns"]),
        confidence=Confidence(kept["confidence"]),
        duty=Duty(kept.get("duty", Duty.TENANT.value)),
        mandatory=kept.get("mandatory", True),
        asks=_read_asks(kept.get("asks", [])),
        weight=Fraction(kept.get("weight", "0")),
        not_applicable=kept.get("not_applicable", ""),
        basis=kept.get("basis", ""),
    )
    return Asked(item=item, at=at)


def _listed(value: object) -> list[Any]:
    assert isinstance(value, list)  # noqa: S101  # the bytes were proved by their digest
    return value


def _read_asks(kept: list[object]) -> Asks:
    match kept:
        case ["choice", options]:
            read = (Option(code, title, Fraction(share)) for code, title, share in _listed(options))
            return AsksChoice(tuple(read))
        case ["ratio", counted, of]:
            return AsksRatio(str(counted), str(of))
    return VERDICT


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


def state_bytes(
    answers: Iterable[Answer],
    components: Iterable[Component],
    inherited: Iterable[Inherited] = (),
) -> bytes:
    """Write what a frozen assessment vouches for: its answers, what they were asked of.

    And what it inherits, each with the digest of the statement; nothing where it inherits nothing.
    """
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
    taken = sorted(_kept_inherited(one) for one in inherited)
    return canonical(
        {
            "answers": sorted(lines, key=lambda line: (line[0], line[1])),
            "components": sorted(kept, key=lambda one: one["id"]),
            **({"inherited": taken} if taken else {}),
        }
    )


def _kept_inherited(one: Inherited) -> list[str]:
    row = one.inheritance
    said = value_text(one.stated.value)
    return [str(row.item), row.duty.value, row.statement, said, row.taken_by]


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
