"""An address where a component answers belongs to the component's systems, wherever we ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from secops.errors.scanning import NothingPlacedError
from secops.model.asset import Component, ComponentKind, Endpoint, EndpointKind
from secops.model.evidence import Attempt, Observation
from secops.model.ids import AttemptId, ComponentId, Digest, EndpointId
from secops.model.system import System
from secops.operations.find_owner import asked, find_owner
from secops.operations.inventory_places import places_of
from secops.operations.judge_systems import seen_of
from secops.wiring import scan as wiring
from secops.wiring.workspace import Workspace
from tests.operations.scanning import allow, own, website

HOST = "127.0.8.1"


def component(workspace: Workspace, *systems: System) -> Component:
    """Put a component of these systems and an endpoint with nothing but it into the inventory."""
    with workspace.begin() as work:
        (unit,) = work.units.all()
        there = Component(
            id=ComponentId(workspace.new_id()),
            no=work.components.next_no(),
            name="card-13",
            kind=ComponentKind.APPLICATION,
            unit=unit.id,
            systems=tuple(one.id for one in systems),
        )
        work.components.put_many(workspace.actor, [there])
        place = Endpoint(
            id=EndpointId(workspace.new_id()),
            no=work.endpoints.next_no(),
            kind=EndpointKind.ADDRESS,
            value=HOST,
            port=18081,
            components=(there.id,),
        )
        work.endpoints.put_many(workspace.actor, [place])
        work.commit()
    return there


def test_it_is_planned_once_for_all_systems_of_its_component(workspace: Workspace) -> None:
    allow(workspace)
    systems = [website(workspace), website(workspace)]
    component(workspace, *systems)
    for chosen in (systems, systems[:1], systems[1:]):
        planned = wiring.plan(workspace, chosen, ["services"], whole=True)
        assert [one.host for one in planned.plan.targets] == [HOST]
        assert planned.unplaced == ()


def test_a_retired_component_lends_its_place_to_nobody(workspace: Workspace) -> None:
    allow(workspace)
    there = component(workspace, website(workspace))
    with workspace.begin() as work:
        over = replace(there, retired_on=date(2026, 1, 1))
        work.components.put_many(workspace.actor, [over])
        work.commit()
    with pytest.raises(NothingPlacedError, match=HOST):
        wiring.plan(workspace, [website(workspace)], ["services"], whole=True)


def test_a_scan_of_everything_names_what_belongs_to_nothing(workspace: Workspace) -> None:
    allow(workspace)
    system = website(workspace, ("127.0.8.2", 80))
    component(workspace)
    planned = wiring.plan(workspace, [system], ["services"], whole=True)
    assert [one.value for one in planned.unplaced] == [HOST]
    assert wiring.plan(workspace, [system], ["services"]).unplaced == ()


def test_check_and_owner_know_whose_it_is(workspace: Workspace) -> None:
    system = website(workspace)
    component(workspace, system)
    with workspace.begin(reading=True) as work:
        places = places_of(work)
        assert [one.value for one in places.of_system[system.id]] == [HOST]
        question = asked(f"{HOST}:18081")
        assert question
        assert [one.system.id for one in find_owner(work, question).owned] == [system.id]


def test_what_is_seen_there_is_judged_for_each_of_its_systems(workspace: Workspace) -> None:
    allow(workspace)
    systems = [website(workspace), website(workspace)]
    there = component(workspace, *systems)
    planned = wiring.plan(workspace, systems[:1], ["services"])
    wiring.store_plan(workspace, planned, own())
    observed = Observation(
        target=planned.plan.targets[0],
        name="tls.lowest-version",
        value="TLSv1.0",
        evidence=Digest("sha256:" + "0" * 64),
    )
    with workspace.begin() as work:
        attempt = Attempt(
            id=AttemptId(workspace.new_id()),
            scan=planned.plan.id,
            scanner="tls",
            target=planned.plan.targets[0],
            n=1,
            started=workspace.now(),
            ended=workspace.now(),
            tool="",
            arguments="",
            outcome=observed.evidence,
        )
        work.scans.put_attempts([attempt])
        work.observations.put_many(planned.plan.id, [observed])
        work.commit()
        for system in systems:
            (seen,) = seen_of(work, system, (there,))
            assert seen.observation.value == "TLSv1.0"
            assert [id for id, _ in seen.components] == [there.id]
