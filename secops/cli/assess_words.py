"""How answers and suggestions are said, to people and in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from secops.cli.times import civil
from secops.contracts.words import Words, label
from secops.errors import msgid
from secops.errors.judging import NoReasonError, UnknownVerdictError
from secops.model.answer import (
    NOT_APPLICABLE,
    Choice,
    Measure,
    OfComponent,
    OfSystem,
    OfUnit,
    Subject,
    Value,
    Verdict,
    reason_of,
)
from secops.model.case import CaseValue
from secops.model.common import NotApplicable
from secops.model.evidence import short_digest
from secops.model.judgement import Against, Ground, NothingAgainst, Score, Suggestion, Supported
from secops.model.platform_statement import Inherited
from secops.model.score import ScoredItem

KEYS: Final[Mapping[str, str]] = {
    "y": Verdict.COMPLIANT.value,
    "p": Verdict.PARTIALLY_COMPLIANT.value,
    "n": Verdict.NON_COMPLIANT.value,
    "x": NOT_APPLICABLE,
}


def read_value(text: str, reason: str, words: Words) -> Value:
    """Read a verdict: its name, its Chinese or its key.

    Raises UnknownVerdictError, NoReasonError.
    """
    said = {label(one, words): one.value for one in Verdict}
    said[words.gettext(msgid("not applicable"))] = NOT_APPLICABLE
    wanted = text.strip()
    value = said.get(wanted) or KEYS.get(wanted) or wanted.replace("-", "_")
    if value == NOT_APPLICABLE:
        if not reason.strip():
            raise NoReasonError
        return NotApplicable(reason)
    for verdict in Verdict:
        if verdict.value == value:
            return verdict
    choices = ", ".join([*(one.value for one in Verdict), NOT_APPLICABLE, *said])
    raise UnknownVerdictError(found=text, choices=choices)


def say_value(value: Value | None, words: Words) -> str:
    """Say what counts for an item."""
    match value:
        case None:
            return words.gettext(msgid("unanswered"))
        case Verdict():
            return label(value, words)
        case NotApplicable():
            return words.gettext(msgid("not applicable"))
        case Measure(n=n, of=of):
            return f"{n}/{of}"
        case Choice(code=code):
            judged = next((one for one in CaseValue if one.value == code), None)
            return label(judged, words) if judged else code


def value_document(value: Value | None) -> str:
    """Name a value in JSON."""
    match value:
        case None:
            return "unanswered"
        case Verdict():
            return value.value
        case NotApplicable():
            return NOT_APPLICABLE
        case Measure(n=n, of=of):
            return f"{n}/{of}"
        case Choice(code=code):
            return f"choice:{code}"


def counts_document(score: Score) -> dict[str, int]:
    """Give the counts."""
    return {
        "compliant": score.compliant,
        "partially_compliant": score.partially_compliant,
        "non_compliant": score.non_compliant,
        "not_applicable": score.not_applicable,
        "unanswered": score.unanswered,
        "not_judged": score.not_judged,
    }


def _subject_document(subject: Subject) -> dict[str, str]:
    match subject:
        case OfUnit(unit=unit):
            return {"unit": unit}
        case OfSystem(system=system):
            return {"system": system}
        case OfComponent(system=system, component=component):
            return {"system": system, "component": component}


def scored_document(scored: ScoredItem) -> dict[str, object]:
    """Give an item with what counts for it and the answers behind that."""
    return {
        "item": str(scored.item.id),
        "clause": str(scored.at.clause),
        "level": None if scored.at.level is None else int(scored.at.level),
        "part": scored.item.part.code,
        "domain": scored.item.domain.code,
        "control_point": scored.item.control_point,
        "gist": scored.at.gist,
        "value": value_document(scored.value),
        "answers": [
            {
                **_subject_document(one.subject),
                "revision": one.revision,
                "value": value_document(one.value),
                "reason": reason_of(one.value),
                "answered_by": one.answered_by,
                "recorded_by": one.recorded_by.account,
                "means": one.recorded_by.means.value,
                "recorded_at": one.recorded_at.isoformat(),
                "note": one.note,
                "evidence": list(one.evidence),
            }
            for one in scored.answers
        ],
        "inherited": inherited_document(scored.inherited),
    }


def inherited_document(inherited: Inherited | None) -> dict[str, object] | None:
    """Give what an item takes over; null where it takes over nothing."""
    if inherited is None:
        return None
    row, said = inherited.inheritance, inherited.statement
    return {
        "duty": row.duty.value,
        "value": value_document(inherited.stated.value),
        "reason": reason_of(inherited.stated.value),
        "statement": row.statement,
        "platform": said.platform.name,
        "unit": said.platform.unit,
        "stated_by": said.made_by,
        "stated_at": said.made_at.isoformat(),
        "valid_until": said.valid_until.isoformat(),
        "taken_by": row.taken_by,
        "taken_at": row.recorded_at.isoformat(),
    }


def say_inherited(inherited: Inherited, words: Words) -> str:
    """Say where a value comes from, never as an answer of the tenant's persons."""
    said = msgid(
        "inherited from {platform} of {unit}, {duty}; statement {digest} by {person} on {day}, "
        "until {until}"
    )
    statement = inherited.statement
    return words.gettext(said).format(
        platform=statement.platform.name,
        unit=statement.platform.unit,
        duty=label(inherited.inheritance.duty, words),
        digest=short_digest(inherited.inheritance.statement),
        person=statement.made_by,
        day=civil(statement.made_at)[:10],
        until=statement.valid_until.isoformat(),
    )


def suggestion_document(suggestion: Suggestion | None) -> dict[str, object] | None:
    """Give a suggestion; null where nothing was looked at."""
    if suggestion is None:
        return None
    kinds = {Against: "against", Supported: "supported", NothingAgainst: "nothing_against"}
    document: dict[str, object] = {"kind": kinds[type(suggestion)]}
    if isinstance(suggestion, Against):
        document["verdict"] = suggestion.verdict.value
    if isinstance(suggestion, NothingAgainst):
        document["still_to_show"] = list(suggestion.still_to_show)
    document["grounds"] = [_ground_document(one) for one in suggestion.grounds]
    return document


def _ground_document(ground: Ground) -> dict[str, object]:
    return {
        "rule": ground.rule,
        "part": ground.part,
        "component": ground.component,
        "verdict": ground.verdict.value,
        "risk": ground.risk.value,
        "statement": ground.statement,
        "evidence": ground.evidence,
    }
