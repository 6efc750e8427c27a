"""What an answer to a high-risk case may say, and how bad what it tells of is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from secops.judging.hazards import JUDGED_RISK, at_high_risk, refuse_judgement, state_of, states_of
from secops.judging.tailoring import Asked
from secops.model.answer import Answer, Value
from secops.model.case import Case, CaseState
from secops.model.ids import ItemId
from secops.model.judgement import Risk, answered_risk
from secops.operations.assessments import Opened


def case_asked(case: Case) -> Asked:
    """Give a case as what is asked of a person."""
    item = case.item
    return Asked(item=item, at=item.at[0])


@dataclass(frozen=True, slots=True)
class Telling:
    """What an answer says is wrong."""

    risk: Risk
    statement: str
    measure: str  # how it is usually mended
    mark: str  # the same for the same thing said again


class Judgements:
    """What people have said so far about the cases of one assessment, kept up as they answer."""

    def __init__(self, one: Opened, said: Iterable[Answer]) -> None:
        self.subject = one.series.subject
        self._cases = {case.id: case for case in one.item_set.cases}
        self._said = {each.item: each.value for each in said if each.item in self._cases}

    def take(self, item: ItemId, value: Value, note: str) -> None:
        """Take an answer to a case; what the guide does not allow is refused."""
        case = self._cases.get(item)
        if case is None:
            return
        trigger = self._cases.get(case.triggers) if case.triggers else None
        stands = state_of(self._said.get(trigger.id)) if trigger else None
        refuse_judgement(case, value, note, (trigger, stands) if trigger and stands else None)
        self._said[item] = value

    def tells(self, asked: Asked, answer: Answer) -> Telling | None:
        """Give what an answer says is wrong; None: nothing.

        A hazard that rests on a case is told of by that case. The note to a downgraded case tells
        of the measure, not of what is wrong.
        """
        item, case = asked.item.id, self._cases.get(asked.item.id)
        if case:
            state = state_of(answer.value)
            risk = None if case.triggers else JUDGED_RISK.get(state)
            lowered = state is CaseState.DOWNGRADED
            said = case.condition if lowered or not answer.note else answer.note
            mark = f"answer {item} downgraded" if lowered else f"answer {item}"
            return Telling(risk, said, case.measure, mark) if risk else None
        risk = answered_risk(answer.value)
        if risk is None:
            return None
        said, raised = answer.note or asked.at.gist, self._raised(item)
        if raised:
            return Telling(Risk.HIGH, said, raised.measure, f"answer {item}")
        return Telling(risk, said, "", f"answer {item}")

    def _raised(self, item: ItemId) -> Case | None:
        cases = tuple(self._cases.values())
        return at_high_risk(cases, states_of(cases, self._said)).get(item)
