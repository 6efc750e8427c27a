"""三同步 gates: what of a stage is there, and whether the gate is passed on a day.

Derived by the day and never stored: a waiver that has ended opens its gate again by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from secops.judging.tailoring import Asked
from secops.model.answer import Answer, Verdict
from secops.model.common import NotApplicable
from secops.model.gate import GateState, ItemState
from secops.model.ids import ItemId
from secops.model.system import LifecycleStage
from secops.model.waiver import Waiver

GATES: Final = "three-synchronies"
"""The pack whose domains are the stages."""
LONGEST_WAIVER: Final = "sync.waiver.days"
"""The setting: how many days a waiver may last at most."""
DEFAULT_LONGEST: Final = 180

_BEFORE_BUILDING: Final = ("planning", "grading", "design", "procurement", "development")
_BEFORE_RUNNING: Final = (*_BEFORE_BUILDING, "building", "acceptance")
REACHED: Final[Mapping[LifecycleStage, tuple[str, ...]]] = {
    LifecycleStage.PLANNING: ("planning",),
    LifecycleStage.BUILDING: _BEFORE_BUILDING,
    LifecycleStage.RUNNING: (*_BEFORE_RUNNING, "operation"),
    LifecycleStage.STOPPED: (*_BEFORE_RUNNING, "operation", "retirement"),
}
"""Which gates lie behind a system or are at hand, by where it stands; a change only once begun."""
ONGOING: Final = ("operation", "change")
"""Stages that no later one waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateItem:
    """One item, what a person said about it, and the newest waiver of it, ended or not."""

    asked: Asked
    state: ItemState
    answer: Answer | None = None
    waiver: Waiver | None = None

    @property
    def blocks(self) -> bool:
        """Whether it keeps the gate shut."""
        return self.asked.item.mandatory and self.state is ItemState.OPEN

    @property
    def waived(self) -> bool:
        """Whether only a waiver lets the gate pass without it."""
        return self.asked.item.mandatory and self.state is ItemState.WAIVED


def judge_items(
    asked: Iterable[Asked],
    said: Mapping[ItemId, Answer],
    waivers: Iterable[Waiver],
    day: date,
) -> tuple[GateItem, ...]:
    """Say how each item stands on this day; silence is never compliance."""
    newest = {one.item: one for one in sorted(waivers, key=lambda one: one.no)}
    return tuple(_judged(one, said.get(one.item.id), newest.get(one.item.id), day) for one in asked)


def _judged(asked: Asked, answer: Answer | None, waiver: Waiver | None, day: date) -> GateItem:
    if answer and answer.value is Verdict.COMPLIANT:
        state = ItemState.DONE
    elif answer and isinstance(answer.value, NotApplicable):
        state = ItemState.NOT_APPLICABLE
    elif waiver and waiver.holds_on(day):
        state = ItemState.WAIVED
    else:
        state = ItemState.OPEN
    return GateItem(asked=asked, state=state, answer=answer, waiver=waiver)


def gate_state(items: Sequence[GateItem], *, begun: bool, frozen: bool) -> GateState:
    """Say how the gate stands by its items of that day."""
    if not items:
        return GateState.NOT_ASKED
    if not begun:
        return GateState.NOT_BEGUN
    if not frozen:
        return GateState.OPEN
    if any(one.blocks for one in items):
        return GateState.REOPENED
    waived = any(one.waived for one in items)
    return GateState.PASSED_WITH_WAIVER if waived else GateState.PASSED
