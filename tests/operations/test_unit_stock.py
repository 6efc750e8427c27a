"""What a unit's self-check counts: the unit and its departments, no unit that checks itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from secops.errors.answering import NotProposedError
from secops.errors.store import FrozenAssessmentError
from secops.judging.proposing import read_source
from secops.model.answer import Measure
from secops.model.common import NotApplicable
from secops.model.ids import SystemId, UnitId
from secops.model.proposal import FromInventory
from secops.model.system import LifecycleStage, Ownership, System, SystemKind
from secops.model.unit import Parents, Unit, UnitKind
from secops.operations.assessments import Series, opened
from secops.operations.freeze_assessment import freeze_assessment
from secops.operations.propose_answers import Accepting, accept_proposals
from secops.operations.propose_from_inventory import Counting, stock_of
from secops.operations.start_assessment import Beginning, start_assessment
from secops.wiring.assess import Assessing, assessing
from secops.wiring.tables import load_tables
from secops.wiring.workspace import Workspace

TABLES = load_tables()
DAY = date(2026, 11, 25)
COUNTING = Counting(TABLES.library.items(), DAY)


def _unit(workspace: Workspace, one: Assessing, above: Unit, kind: UnitKind) -> Unit:
    made = Unit(
        id=UnitId(workspace.new_id()),
        no=one.work.units.next_no(),
        name=f"{above.name}{kind.value}",
        kind=kind,
        parents=Parents(administrative=above.id),
    )
    one.work.units.put_many(one.acting.actor, [made])
    return made


def _system(workspace: Workspace, one: Assessing, unit: Unit, name: str) -> System:
    made = System(
        id=SystemId(workspace.new_id()),
        no=one.work.systems.next_no(),
        name=name,
        kind=SystemKind.INFORMATION_SYSTEM,
        stage=LifecycleStage.RUNNING,
        ownership=Ownership(operating_unit=unit.id),
    )
    one.work.systems.put_many(one.acting.actor, [made])
    return made


def _top(one: Assessing) -> Unit:
    return next(iter(one.work.units.all()))


def _started(one: Assessing, unit: Unit) -> Series:
    checklist = TABLES.library.in_force("education-selfcheck", DAY)
    beginning = Beginning(about=unit, checklist=checklist, cycle="2026")
    start_assessment(one.work, one.blobs, one.acting, beginning)
    return beginning.series


def test_departments_count_and_units_of_their_own_do_not(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        top = _top(one)
        office = _unit(workspace, one, top, UnitKind.DEPARTMENT)
        branch = _unit(workspace, one, office, UnitKind.DEPARTMENT)
        school = _unit(workspace, one, top, UnitKind.LEGAL)
        inner = _unit(workspace, one, school, UnitKind.DEPARTMENT)
        for unit in (top, branch, school, inner):
            _system(workspace, one, unit, f"{unit.name}的系统")
        found = stock_of(one.work, top, DAY)
    assert {it.ownership.operating_unit for it in found.systems} == {top.id, branch.id}


def test_a_retired_system_is_not_counted(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        top = _top(one)
        gone = replace(_system(workspace, one, top, "旧系统"), retired_on=date(2026, 6, 1))
        one.work.systems.put_many(one.acting.actor, [gone])
        assert stock_of(one.work, top, DAY).systems == ()


def test_accepting_keeps_where_the_number_comes_from(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        top = _top(one)
        _system(workspace, one, top, "办公系统")
        held = opened(one.work, one.blobs, _started(one, top))
        accepting = (Accepting(items=("EDU-04",)), COUNTING)
        done = accept_proposals(one.work, one.blobs, one.acting, held, accepting)
        (answer,) = done.answers
        source = read_source(one.blobs.get(answer.suggestion)) if answer.suggestion else None
    assert answer.value == Measure(0, 1)
    assert answer.answered_by == workspace.actor.person
    assert source == FromInventory(day=DAY)


def test_accepting_all_leaves_alone_what_a_person_said(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        held = opened(one.work, one.blobs, _started(one, _top(one)))
        first = accept_proposals(
            one.work, one.blobs, one.acting, held, (Accepting(items=("EDU-04",)), COUNTING)
        )
        rest = accept_proposals(one.work, one.blobs, one.acting, held, (Accepting(), COUNTING))
    assert isinstance(first.answers[0].value, NotApplicable)
    assert first.answers[0].item not in {it.item for it in rest.answers}
    assert rest.answers


def test_what_is_not_counted_cannot_be_accepted(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        held = opened(one.work, one.blobs, _started(one, _top(one)))
        accepting = (Accepting(items=("EDU-04", "EDU-01")), COUNTING)
        with pytest.raises(NotProposedError):
            accept_proposals(one.work, one.blobs, one.acting, held, accepting)
        assert list(one.work.answers.of(held.assessment.id)) == []


def test_a_frozen_check_accepts_nothing(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        series = _started(one, _top(one))
        freeze_assessment(one.work, one.blobs, one.acting, series, TABLES)
        held = opened(one.work, one.blobs, series)
        with pytest.raises(FrozenAssessmentError):
            accept_proposals(one.work, one.blobs, one.acting, held, (Accepting(), COUNTING))
