"""A graded website with two components, and what a scan saw of it; real store, real blobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from secops.contracts.store import UnitOfWork
from secops.model.asset import Component, ComponentKind, Endpoint, EndpointKind, Side
from secops.model.common import SecurityLevel
from secops.model.evidence import Attempt, Observation, ScanPlan, Target
from secops.model.ids import AttemptId, ComponentId, Digest, EndpointId, ScanId, SystemId
from secops.model.system import Grading, LifecycleStage, Ownership, System, SystemKind
from secops.operations.assessments import Series
from secops.wiring.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the tests refer to."""

    system: System
    web: Component
    cache: Component
    endpoint: Endpoint

    @property
    def series(self) -> Series:
        """Its assessments by the standard."""
        return Series(self.system)


def sample(workspace: Workspace, work: UnitOfWork, *, s: int = 3, a: int = 3) -> Sample:
    """Put a website of grades S and A with a web application and a cache behind one address."""
    unit = next(iter(work.units.all()))
    system = System(
        id=SystemId(workspace.new_id()),
        no=work.systems.next_no(),
        name="招生网站",
        kind=SystemKind.WEBSITE,
        stage=LifecycleStage.RUNNING,
        ownership=Ownership(operating_unit=unit.id),
        grading=Grading(
            business_information=SecurityLevel(s) if s else None,
            system_service=SecurityLevel(a) if a else None,
        ),
    )
    web, cache = (
        Component(
            id=ComponentId(workspace.new_id()),
            no=work.components.next_no() + n,
            name=name,
            kind=kind,
            unit=unit.id,
            systems=(system.id,),
        )
        for n, (name, kind) in enumerate(
            [("招生前台", ComponentKind.APPLICATION), ("会话缓存", ComponentKind.DATABASE)]
        )
    )
    endpoint = Endpoint(
        id=EndpointId(workspace.new_id()),
        no=work.endpoints.next_no(),
        kind=EndpointKind.ADDRESS,
        value="127.0.0.1",
        side=Side.OUTSIDE,
        systems=(system.id,),
        components=(web.id, cache.id),
    )
    work.systems.put_many(workspace.actor, [system])
    work.components.put_many(workspace.actor, [web, cache])
    work.endpoints.put_many(workspace.actor, [endpoint])
    return Sample(system=system, web=web, cache=cache, endpoint=endpoint)


def see(
    workspace: Workspace,
    work: UnitOfWork,
    one: Sample,
    seen: Mapping[tuple[int, str], str],
) -> Digest:
    """Store a scan that saw these values, by port and name."""
    evidence = workspace.blobs.put(repr(sorted(seen.items())).encode())
    plan = ScanPlan(
        id=ScanId(workspace.new_id()),
        no=work.scans.next_no(),
        actor=workspace.actor,
        made_at=workspace.now(),
        targets=(Target(endpoint=one.endpoint.id, host=one.endpoint.value),),
        scanners=("test",),
        permits=(),
        inventory_digest=evidence,
        rules_digest=evidence,
    )
    work.scans.start(plan)
    targets = {
        port: Target(endpoint=one.endpoint.id, host=one.endpoint.value, port=port)
        for port, _ in seen
    }
    work.scans.put_attempts(
        [
            Attempt(
                id=AttemptId(workspace.new_id()),
                scan=plan.id,
                scanner="test",
                target=target,
                n=1,
                started=workspace.now(),
                ended=workspace.now(),
                tool="test",
                arguments="",
                outcome=evidence,
            )
            for target in targets.values()
        ]
    )
    work.observations.put_many(
        plan.id,
        [
            Observation(target=targets[port], name=name, value=value, evidence=evidence)
            for (port, name), value in seen.items()
        ],
    )
    return evidence
