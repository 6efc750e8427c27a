"""Waivers come back as they were granted, and the history vouches for them."""

from __future__ import annotations

from datetime import date

import pytest

from secops.errors import WrongValueError
from secops.model.ids import ItemId, PersonId, SystemId, WaiverId
from secops.model.waiver import Waiver
from secops.store.open import Store
from tests.store.samples import AT, OFFICER, a_person, a_system, a_unit


def _waiver(reason: str = "等机房改造", measure: str = "每日人工巡检") -> Waiver:
    return Waiver(
        id=WaiverId("w1"),
        no=1,
        system=SystemId("s1"),
        item=ItemId("three-synchronies/building/baseline"),
        leader=PersonId("p1"),
        post="deputy_in_charge",
        reason=reason,
        measure=measure,
        until=date(2026, 6, 30),
        granted_at=AT,
    )


def test_a_waiver_is_found_by_its_system_and_vouched_for(store: Store) -> None:
    with store() as work:
        work.units.put_many(OFFICER, [a_unit()])
        work.persons.put_many(OFFICER, [a_person()])
        work.systems.put_many(OFFICER, [a_system()])
        work.waivers.put_many(OFFICER, [_waiver()])
        work.commit()
    with store(reading=True) as work:
        assert list(work.waivers.find(system="s1")) == [_waiver()]
        assert not list(work.chain.strays())
        assert [one.action for one in work.chain.about("waiver w1")] == ["waiver.put"]


@pytest.mark.parametrize(("reason", "measure"), [(" ", "巡检"), ("改造", "")])
def test_no_waiver_without_reason_and_measure(reason: str, measure: str) -> None:
    with pytest.raises(WrongValueError):
        _waiver(reason, measure)


def test_it_holds_through_its_last_day() -> None:
    waiver = _waiver()
    assert waiver.holds_on(date(2026, 6, 30))
    assert not waiver.holds_on(date(2026, 7, 1))
