"""How a gate stands is derived from answers and waivers by the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.judging.gates import gate_state, judge_items
from secops.judging.tailoring import Asked
from secops.model.actor import Actor
from secops.model.answer import Answer, OfSystem, Value, Verdict
from secops.model.common import NotApplicable
from secops.model.gate import GateState, ItemState
from secops.model.ids import AnswerId, AssessmentId, PersonId, SystemId, WaiverId
from secops.model.waiver import Waiver
from secops.wiring.tables import load_library

NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)
END = date(2026, 6, 30)
_STAGE = [
    Asked(item=item, at=item.at[0])
    for one in load_library().checklists
    if one.pack == "three-synchronies"
    for item in one.items
    if item.domain.code == "development"
]
MANDATORY = [one for one in _STAGE if one.item.mandatory]
OPTIONAL = [one for one in _STAGE if not one.item.mandatory]


def _said(asked: Asked, value: Value) -> Answer:
    return Answer(
        id=AnswerId(f"answer {asked.item.id}"),
        assessment=AssessmentId("a1"),
        subject=OfSystem(SystemId("s1")),
        item=asked.item.id,
        revision=1,
        value=value,
        answered_by=PersonId("p1"),
        recorded_by=Actor(account="officer"),
        recorded_at=NOON,
        note="见材料",
    )


def _waiver(asked: Asked, until: date = END, no: int = 1) -> Waiver:
    return Waiver(
        id=WaiverId(f"w{no}"),
        no=no,
        system=SystemId("s1"),
        item=asked.item.id,
        leader=PersonId("p2"),
        post="first_responsible",
        reason="等机房改造",
        measure="每日巡检",
        until=until,
        granted_at=NOON,
    )


def _state(
    asked: Asked, answer: Value | None, waivers: Sequence[Waiver] = (), day: date = END
) -> ItemState:
    said = {asked.item.id: _said(asked, answer)} if answer else {}
    (one,) = judge_items([asked], said, waivers, day)
    return one.state


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (None, ItemState.OPEN),
        (Verdict.COMPLIANT, ItemState.DONE),
        (Verdict.PARTIALLY_COMPLIANT, ItemState.OPEN),
        (Verdict.NON_COMPLIANT, ItemState.OPEN),
        (NotApplicable("没有外包"), ItemState.NOT_APPLICABLE),
    ],
)
def test_only_what_a_person_calls_done_is_done(value: Value | None, state: ItemState) -> None:
    assert _state(MANDATORY[0], value) is state


def test_a_waiver_ends_with_its_last_day() -> None:
    asked = MANDATORY[0]
    assert _state(asked, None, [_waiver(asked)], END) is ItemState.WAIVED
    assert _state(asked, None, [_waiver(asked)], END + timedelta(days=1)) is ItemState.OPEN


def test_the_newest_waiver_counts_even_where_it_is_the_shorter_one() -> None:
    asked = MANDATORY[0]
    waivers = [_waiver(asked, date(2026, 4, 1), no=2), _waiver(asked, END, no=1)]
    assert _state(asked, None, waivers, date(2026, 5, 1)) is ItemState.OPEN


def test_a_waiver_of_another_item_waives_nothing() -> None:
    assert _state(MANDATORY[0], None, [_waiver(MANDATORY[1])]) is ItemState.OPEN


def test_a_frozen_gate_is_passed_waived_or_open_again_by_the_day() -> None:
    first, *others = MANDATORY
    said = {one.item.id: _said(one, Verdict.COMPLIANT) for one in others}
    waived = [_waiver(first)]
    later = END + timedelta(days=1)

    def frozen(day: date, *, all_said: bool = False) -> GateState:
        answers = said | ({first.item.id: _said(first, Verdict.COMPLIANT)} if all_said else {})
        items = judge_items(_STAGE, answers, waived, day)
        return gate_state(items, begun=True, frozen=True)

    assert frozen(END) is GateState.PASSED_WITH_WAIVER
    assert frozen(later) is GateState.REOPENED
    assert frozen(later, all_said=True) is GateState.PASSED


def test_an_open_optional_item_stops_no_gate() -> None:
    assert OPTIONAL
    said = {one.item.id: _said(one, Verdict.COMPLIANT) for one in MANDATORY}
    items = judge_items(_STAGE, said, [], END)
    assert [one.state for one in items if not one.asked.item.mandatory] == [
        ItemState.OPEN for _ in OPTIONAL
    ]
    assert gate_state(items, begun=True, frozen=True) is GateState.PASSED


def test_what_is_not_frozen_is_not_passed_however_much_is_done() -> None:
    said = {one.item.id: _said(one, Verdict.COMPLIANT) for one in _STAGE}
    items = judge_items(_STAGE, said, [], END)
    assert gate_state(items, begun=True, frozen=False) is GateState.OPEN
    assert gate_state(items, begun=False, frozen=False) is GateState.NOT_BEGUN
    assert gate_state([], begun=False, frozen=False) is GateState.NOT_ASKED


def test_an_optional_item_under_waiver_does_not_mark_the_gate() -> None:
    said = {one.item.id: _said(one, Verdict.COMPLIANT) for one in MANDATORY}
    items = judge_items(_STAGE, said, [_waiver(OPTIONAL[0])], END)
    assert gate_state(items, begun=True, frozen=True) is GateState.PASSED


@given(
    done=st.sets(st.sampled_from([str(one.at.clause) for one in _STAGE])),
    ends=st.dictionaries(
        st.sampled_from([str(one.at.clause) for one in _STAGE]),
        st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    ),
    day=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
)
def test_a_gate_once_open_again_stays_so_and_silence_never_passes(
    done: set[str], ends: dict[str, date], day: date
) -> None:
    by_code = {str(one.at.clause): one for one in _STAGE}
    said = {by_code[one].item.id: _said(by_code[one], Verdict.COMPLIANT) for one in done}
    waivers = [_waiver(by_code[one], end, no) for no, (one, end) in enumerate(ends.items(), 1)]

    def frozen(when: date) -> GateState:
        return gate_state(judge_items(_STAGE, said, waivers, when), begun=True, frozen=True)

    needed = {str(one.at.clause) for one in MANDATORY}
    held = {one for one, end in ends.items() if day <= end}
    assert (frozen(day) is GateState.PASSED) is (needed <= done)
    assert (frozen(day) is GateState.REOPENED) is (not needed <= done | held)
    if frozen(day) is GateState.REOPENED:
        assert frozen(day + timedelta(days=1)) is GateState.REOPENED
