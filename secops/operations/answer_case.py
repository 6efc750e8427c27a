"""What an answer to a high-risk case may say, and how bad what it tells of is."""

from __future__ import annotations

from collections.abc import Iterable

from secops.judging.hazards import JUDGED_RISK, at_high_risk, refuse_judgement, state_of, states_of
from secops.judging.tailoring import Asked
from secops.model.answer import Answer, Value, Verdict
from secops.model.case import Case
from secops.model.ids import ItemId
from secops.model.judgement import ANSWERED_RISK, Risk
from secops.operations.assessments import Opened


def case_asked(case: Case) -> Asked:
    """Give a case as what is asked of a person."""
    item = case.item
    return Asked(item=item, at=item.at[0])


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

    def risk(self, item: ItemId, value: Value) -> Risk | None:
        """Give how bad it is what an answer tells of; None: it tells of nothing wrong.

        A hazard that rests on a case is told of by that case.
        """
        case = self._cases.get(item)
        if case:
            return None if case.triggers else JUDGED_RISK.get(state_of(value))
        risk = ANSWERED_RISK.get(value) if isinstance(value, Verdict) else None
        return Risk.HIGH if risk and self._raised(item) else risk

    def measure(self, item: ItemId) -> str:
        """Give how it is usually mended, by the case or by one that stands about the item."""
        case = self._cases.get(item) or self._raised(item)
        return case.measure if case else ""

    def _raised(self, item: ItemId) -> Case | None:
        cases = tuple(self._cases.values())
        return at_high_risk(cases, states_of(cases, self._said)).get(item)
