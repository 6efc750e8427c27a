"""What the inventory counts for a self-check, and what an empty one proposes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from secops.judging.unit_figures import UnitStock, in_use, proposed_by
from secops.model.answer import Measure
from secops.model.assessment import AgencyReport
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.figure import Figure
from secops.model.ids import AppointmentId, PersonId, SystemId, UnitId
from secops.model.system import (
    Filing,
    FilingState,
    Grading,
    LifecycleStage,
    Ownership,
    Responsibility,
    System,
    SystemKind,
)
from secops.model.unit import Appointment, Post
from tests.judging.asked_samples import asked

DAY = date(2026, 11, 25)
UNIT, PERSON = UnitId("unit"), PersonId("person")
WHO = Responsibility(unit=UNIT, person=PERSON, post="管理员")
EMPTY = UnitStock(day=DAY, systems=(), appointments=(), data_categories=(), agency_reports=())


def _system(no: int, level: int | None, *, complete: bool = False, filed: bool = False) -> System:
    grade = SecurityLevel(level) if level else None
    who = WHO if complete else Responsibility()
    return System(
        id=SystemId(f"s{no}"),
        no=no,
        name=f"系统{no}",
        kind=SystemKind.INFORMATION_SYSTEM,
        stage=LifecycleStage.RUNNING,
        ownership=Ownership(operating_unit=UNIT, supervises=who, maintains=who, uses=who),
        grading=Grading(business_information=grade, system_service=grade),
        filing=Filing(state=FilingState.CERTIFIED if filed else FilingState.NONE),
    )


def _stock(*systems: System) -> UnitStock:
    return replace(EMPTY, systems=systems)


def _propose(figure: Figure, stock: UnitStock) -> object:
    return proposed_by(replace(asked(1).item, figure=figure), stock)


def test_three_responsibilities_count_where_all_three_are_whole() -> None:
    stock = _stock(_system(1, 2, complete=True), _system(2, 2), _system(3, None, complete=True))
    assert _propose(Figure.THREE_RESPONSIBILITIES, stock) == Measure(2, 3)


def test_what_is_no_target_needs_no_grade() -> None:
    spared = replace(_system(3, None), grading=Grading(not_applicable="不承载业务"))
    stock = _stock(_system(1, 2), _system(2, None), spared)
    assert _propose(Figure.GRADED, stock) == Measure(1, 2)


def test_filing_is_asked_from_level_two_on_and_wants_the_certificate() -> None:
    stock = _stock(_system(1, 1), _system(2, 2, filed=True), _system(3, 3))
    assert _propose(Figure.FILED, stock) == Measure(1, 2)


def test_only_this_year_s_report_counts_for_level_three() -> None:
    def report(system: str, year: int) -> AgencyReport:
        return AgencyReport(
            id=f"r{year}",
            no=1,
            system=SystemId(system),
            agency="测评机构",
            report_number="1",
            cover_date=date(year, 5, 1),
            edition="2025",
            conclusion="符合",
        )

    stock = replace(
        _stock(_system(1, 3), _system(2, 3), _system(3, 2)),
        agency_reports=(report("s1", 2026), report("s2", 2025), report("s3", 2026)),
    )
    assert _propose(Figure.AGENCY_ASSESSED, stock) == Measure(1, 2)


def test_an_appointment_that_ended_names_nobody() -> None:
    def held(post: Post, until: date | None = None) -> Appointment:
        return Appointment(
            id=AppointmentId(post.value), no=1, unit=UNIT, person=PERSON, post=post, until=until
        )

    stock = replace(
        EMPTY,
        appointments=(
            held(Post.FIRST_RESPONSIBLE),
            held(Post.TECHNICAL_SUPPORT, date(2026, 11, 24)),
            held(Post.CONTACT_PERSON),
        ),
    )
    assert _propose(Figure.ROLES_NAMED, stock) == Measure(1, 4)


@pytest.mark.parametrize("figure", [one for one in Figure if one is not Figure.ROLES_NAMED])
def test_of_nothing_it_is_proposed_that_the_item_does_not_apply(figure: Figure) -> None:
    assert _propose(figure, EMPTY) == NotApplicable("没有系统")


@pytest.mark.parametrize("figure", [Figure.SYSTEMS, Figure.WEBSITES])
def test_where_there_is_something_nothing_is_guessed(figure: Figure) -> None:
    website = replace(_system(1, 2), kind=SystemKind.WEBSITE)
    assert _propose(figure, _stock(website)) is None


def test_a_unit_that_runs_critical_infrastructure_is_asked_about_it() -> None:
    assert _propose(Figure.CRITICAL_INFRASTRUCTURE, replace(EMPTY, critical=True)) is None


def test_an_item_without_a_figure_gets_no_proposal() -> None:
    assert proposed_by(asked(1).item, _stock(_system(1, 2))) is None


def test_what_is_retired_is_not_in_use() -> None:
    gone = replace(_system(1, 2), retired_on=DAY)
    assert in_use([gone, _system(2, 2)], DAY) == (_system(2, 2),)
