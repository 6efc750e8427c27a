"""Which answers to cases count: of this cycle, until this moment, of the set that was kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from secops.errors.cases import NotTriggeredError
from secops.errors.judging import ComponentNotConcernedError, NobodyError
from secops.judging.keeping import item_set_bytes, read_item_set
from secops.model.answer import Answer, Choice
from secops.model.case import CaseState
from secops.model.score import HazardCounts
from secops.model.system import System
from secops.operations.answer_item import Reply, answer_item
from secops.operations.assessments import Series, opened
from secops.operations.freeze_assessment import freeze_assessment
from secops.operations.judge_hazards import answer_absent, hazards_of
from secops.operations.revise_assessment import revise_assessment
from secops.operations.score_system import score_system
from secops.operations.start_assessment import Beginning, start_assessment
from secops.wiring.assess import Assessing, assessing
from secops.wiring.tables import load_tables
from secops.wiring.workspace import Workspace
from tests.operations.graded import sample

TABLES = load_tables()
AFFIRMED = "相关性：a；严重性：b；高发性：c"


def _start(one: Assessing, system: System, cycle: str = "", *, asks_cases: bool = True) -> None:
    beginning = Beginning(
        about=system,
        checklist=TABLES.checklist,
        cycle=cycle,
        guide=TABLES.guide if asks_cases else None,
    )
    start_assessment(one.work, one.blobs, one.acting, beginning)


def _say(one: Assessing, system: System, code: str, value: str, note: str = "") -> Answer:
    reply = Reply(item=code, value=Choice(value), note=note)
    return answer_item(one.work, one.blobs, one.acting, Series(system), reply).answers[0]


def _hazards(one: Assessing, system: System) -> HazardCounts:
    counts = score_system(one.work, one.blobs, Series(system), TABLES).concluded.hazards
    assert counts
    return counts


def _freeze(one: Assessing, system: System) -> None:
    freeze_assessment(one.work, one.blobs, one.acting, Series(system), TABLES)


def test_what_was_found_later_is_hidden_as_of_an_earlier_moment(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        system = sample(workspace, one.work).system
        _start(one, system)
        at = _say(one, system, "A-28", "present", AFFIRMED).recorded_at
        before = score_system(
            one.work, one.blobs, Series(system), TABLES, at - timedelta(microseconds=1)
        )
        now = score_system(one.work, one.blobs, Series(system), TABLES, at)
    assert before.concluded.hazards
    assert now.concluded.hazards
    assert (before.concluded.hazards.hazards, now.concluded.hazards.hazards) == (0, 1)


@pytest.mark.parametrize("cycle", ["", "2026"])
def test_a_correction_keeps_the_count_before_rectification(
    workspace: Workspace, cycle: str
) -> None:
    with assessing(workspace) as one:
        system = sample(workspace, one.work).system
        _start(one, system, cycle)
        _say(one, system, "A-28", "present", AFFIRMED)
        _freeze(one, system)
        revise_assessment(one.work, one.blobs, one.acting, Series(system))
        _say(one, system, "A-28", "absent")
        counts = _hazards(one, system)
    assert (counts.hazards, counts.mended) == (1, 1)


@pytest.mark.parametrize(("then", "now"), [("2026", "2027"), ("", "")])
def test_another_cycle_counts_anew(workspace: Workspace, then: str, now: str) -> None:
    with assessing(workspace) as one:
        system = sample(workspace, one.work).system
        _start(one, system, then)
        _say(one, system, "A-28", "present", AFFIRMED)
        _freeze(one, system)
        _start(one, system, now)
        assert _hazards(one, system).hazards == 0


def test_a_second_start_within_a_cycle_does_not_forget(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        system = sample(workspace, one.work).system
        _start(one, system, "2026")
        _say(one, system, "A-28", "present", AFFIRMED)
        _freeze(one, system)
        _start(one, system, "2026")
        assert _hazards(one, system).hazards == 1


def test_a_set_from_before_cases_were_asked_knows_none(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        system = sample(workspace, one.work).system
        _start(one, system, asks_cases=False)
        scored = score_system(one.work, one.blobs, Series(system), TABLES)
    assert scored.concluded.hazards is None
    assert scored.concluded.hazards_open
    assert scored.cases == ()


def test_the_kept_set_holds_its_cases(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        system = sample(workspace, one.work).system
        _start(one, system)
        item_set = opened(one.work, one.blobs, Series(system)).item_set
    assert item_set.cases
    assert read_item_set(item_set_bytes(item_set)).cases == item_set.cases
    assert item_set_bytes(replace(item_set, cases=())) != item_set_bytes(item_set)


def test_a_case_is_judged_of_the_whole_system(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = sample(workspace, one.work)
        _start(one, found.system)
        reply = Reply(item="HR25-6.4.1.1", value=Choice("absent"), component=found.web.id)
        with pytest.raises(ComponentNotConcernedError):
            answer_item(one.work, one.blobs, one.acting, Series(found.system), reply)


def test_nobody_judges_in_bulk_without_a_name(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        system = sample(workspace, one.work).system
        _start(one, system)
        found = hazards_of(one.work, one.blobs, Series(system), TABLES)
        nobody = replace(one.acting, actor=replace(one.acting.actor, person=None))
        with pytest.raises(NobodyError):
            answer_absent(one.work, one.blobs, nobody, found)


def test_a_hazard_waits_for_its_case_and_ends_with_it(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        system = sample(workspace, one.work).system
        _start(one, system)
        with pytest.raises(NotTriggeredError):
            _say(one, system, "A-18", "present", AFFIRMED)
        _say(one, system, "HR25-6.4.1.1", "present")
        _say(one, system, "A-18", "present", AFFIRMED)
        _say(one, system, "HR25-6.4.1.1", "downgraded", "只能本地登录")
        found = hazards_of(one.work, one.blobs, Series(system), TABLES)
    states = {each.judged.case.code: each.judged.state for each in found.cases}
    assert states["HR25-6.4.1.1"] is CaseState.DOWNGRADED
    assert states["A-18"] is CaseState.NOT_TRIGGERED
    assert (found.counts.hazards, found.counts.mended) == (1, 1)
