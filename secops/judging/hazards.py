"""High-risk cases and major hazards: which concern a system, what stands, what may be said.

The tool proposes and refuses what the guide does not allow; only a person's answer decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from secops.errors.cases import (
    HalfMissingError,
    MeasureMissingError,
    NotDowngradableError,
    NotTriggeredError,
    PrinciplesMissingError,
)
from secops.judging.tailoring import ItemSet
from secops.model.answer import Answer, Choice, Value, Verdict
from secops.model.case import (
    Case,
    CaseBook,
    CaseKind,
    CaseProposal,
    CaseState,
    Downgrade,
    Principle,
)
from secops.model.common import NotApplicable
from secops.model.ids import ItemId
from secops.model.judgement import Against, Risk, Suggestion
from secops.model.score import HazardCounts, JudgedCase, ScoredItem

JUDGED_RISK: Final[Mapping[CaseState, Risk]] = {
    CaseState.PRESENT: Risk.HIGH,
    CaseState.DOWNGRADED: Risk.MEDIUM,
}
"""高风险, and what a compensating measure leaves of it: the guide lowers it by one step."""
_SEGMENT: Final = re.compile(r"\s*([^:\uff1a]+?)\s*[:\uff1a]\s*(.*\S)\s*")


@lru_cache(maxsize=64)  # many systems share one set
def with_cases(chosen: ItemSet, guide: CaseBook) -> ItemSet:
    """Add the cases about items of the set, at the levels at which it asks them.

    A hazard that rests on a case comes with it; one about the whole system always.
    """
    levels = {one.item.id: one.at.level for one in chosen.asked}
    cases = (
        case
        for case in guide.cases
        if not (case.when and not set(case.when) & set(chosen.traits))
        and (not case.about or any(levels.get(item) in case.levels for item in case.about))
    )
    return replace(chosen, cases=tuple(cases))


def state_of(value: Value | None) -> CaseState:
    """Give what an answer's value makes of a case."""
    match value:
        case Choice(code=code):
            return CaseState(code)
        case NotApplicable():
            return CaseState.NOT_APPLICABLE
    return CaseState.OPEN


def states_of(cases: Sequence[Case], values: Mapping[ItemId, Value]) -> dict[ItemId, CaseState]:
    """Give what stands about each case, by what people answered to it.

    A hazard falls with the case that it rests on: a measure or a mend there ends it.
    """
    own = {one.id: state_of(values.get(one.id)) for one in cases}
    fallen = {
        one.id: CaseState.NOT_TRIGGERED
        for one in cases
        if one.triggers and own.get(one.triggers) is not CaseState.PRESENT
    }
    return own | fallen


def judge(
    cases: Sequence[Case],
    said: Mapping[ItemId, Answer],
    items: Mapping[ItemId, ScoredItem],
    ever_present: Collection[ItemId],
) -> tuple[JudgedCase, ...]:
    """Put together each case, what stands about it, and the items that it is about."""
    states = states_of(cases, {item: one.value for item, one in said.items()})
    return tuple(
        JudgedCase(
            case=one,
            state=states[one.id],
            answer=said.get(one.id),
            items=tuple(items[item] for item in one.about if item in items),
            was_present=one.id in ever_present,
        )
        for one in cases
    )


def propose(judged: JudgedCase, suggestions: Mapping[ItemId, Suggestion]) -> CaseProposal:
    """Say what speaks for a case: an answer or an observation against its items comes first.

    A hazard whose case stands as present proposes itself, whatever its items say.
    """
    if judged.case.triggers:
        raised = judged.state is CaseState.OPEN
        return CaseProposal.TO_BE_JUDGED if raised else CaseProposal.NOTHING
    values = [one.value for one in judged.items]
    failing = any(isinstance(one, Verdict) and one < Verdict.COMPLIANT for one in values)
    if failing or any(isinstance(suggestions.get(one), Against) for one in judged.case.about):
        return CaseProposal.TO_BE_JUDGED
    if values and all(one is Verdict.COMPLIANT for one in values):
        return CaseProposal.ABSENT
    return CaseProposal.NOTHING


def absent_in_bulk(judged: JudgedCase, proposal: CaseProposal) -> bool:
    """Say whether `absent` may be answered unread: every item was answered here, none taken over.

    What a platform states about an item says nothing of what the tenant does with it.
    """
    own = all(one.answers for one in judged.items)
    return judged.state is CaseState.OPEN and proposal is CaseProposal.ABSENT and own


def count_hazards(judged: Iterable[JudgedCase]) -> HazardCounts:
    """Count cases and hazards apart; a hazard that was mended still counts as found."""
    cases = [one for one in judged if one.case.kind is CaseKind.CASE]
    hazards = [one for one in judged if one.case.kind is CaseKind.HAZARD]
    found = [one for one in hazards if one.was_present or one.state is CaseState.PRESENT]
    return HazardCounts(
        asked=len(cases),
        present=sum(one.state is CaseState.PRESENT for one in cases),
        downgraded=sum(one.state is CaseState.DOWNGRADED for one in cases),
        open=sum(one.state is CaseState.OPEN for one in (*cases, *hazards)),
        hazards=len(found),
        mended=sum(one.mended for one in found),
    )


def at_high_risk(cases: Sequence[Case], states: Mapping[ItemId, CaseState]) -> dict[ItemId, Case]:
    """Give the items about which a case stands as present: what is wrong there is of high risk."""
    present = [one for one in cases if states[one.id] is CaseState.PRESENT]
    return {item: one for one in reversed(present) for item in one.about}


def refuse_judgement(
    case: Case, value: Value, note: str, rests_on: tuple[Case, CaseState] | None
) -> None:
    """Refuse what the guide does not allow; `rests_on`: the case of a hazard, and what stands.

    Raises NotTriggeredError, PrinciplesMissingError, NotDowngradableError, MeasureMissingError
    and HalfMissingError.
    """
    match state_of(value):
        case CaseState.PRESENT if case.kind is CaseKind.HAZARD:
            if rests_on and rests_on[1] is not CaseState.PRESENT:
                raise NotTriggeredError(case=case.code, trigger=rests_on[0].code)
            _refuse_unaffirmed(case, note)
        case CaseState.DOWNGRADED:
            _refuse_unlowered(case, note.strip())


def _refuse_unlowered(case: Case, note: str) -> None:
    if case.downgrade is Downgrade.NEVER:
        raise NotDowngradableError(case=case.code)
    half = case.downgrade_part
    if half and not note.startswith(half):
        raise HalfMissingError(case=case.code, rule=case.downgrade_note, half=half)
    if not re.search(r"\w", note.removeprefix(half)):
        raise MeasureMissingError(case=case.code, measure=case.compensating or "-")


def _refuse_unaffirmed(case: Case, note: str) -> None:
    affirmed = affirmations(note, case.principles)
    missing = [one.title for one in case.principles if one not in affirmed]
    if missing:
        example = "; ".join(f"{one.title}: ..." for one in case.principles)
        raise PrinciplesMissingError(case=case.code, missing=", ".join(missing), example=example)


def affirmations(note: str, principles: Sequence[Principle]) -> dict[Principle, str]:
    """Read `title: words` for each principle, by its title or code, parted by semicolons."""
    names = {name: one for one in principles for name in (one.title, one.code)}
    found: dict[Principle, str] = {}
    for segment in re.split(r"[;\uff1b\n]", note):
        match = _SEGMENT.fullmatch(segment)
        if match and match[1] in names and re.search(r"\w", match[2]):
            found.setdefault(names[match[1]], match[2])
    return found
