"""A workspace with a permit for loopback and endpoints of one website."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from secops.contracts.scanning import Scanner
from secops.model.asset import Endpoint, EndpointKind
from secops.model.evidence import Failed
from secops.model.ids import EndpointId, SystemId
from secops.model.permit import Permit
from secops.model.system import LifecycleStage, Ownership, System, SystemKind
from secops.operations.permits import Letter, PermitRequest, add_permit
from secops.operations.run_scan import Progress, Ran
from secops.scanners._wire.pace import Limits
from secops.scanners.connect_ports import ConnectPorts
from secops.scanners.services import ServiceProbe
from secops.wiring import scan as wiring
from secops.wiring.scanners import Loaded
from secops.wiring.workspace import Workspace
from tests.addresses import NET

QUICK = Limits(connect_seconds=0.5, read_seconds=0.5, requests_per_second=1000)


def quiet(progress: Progress) -> None:
    """Tell nobody."""
    del progress


def allow(workspace: Workspace, *ranges: str, ports: str = "1-65535") -> Permit:
    """Record a permit."""
    request = PermitRequest(
        allowed_by="Sample",
        post="Head",
        letter=Letter(number="No. 1"),
        ranges=ranges or ("127.0.0.0/16", f"{NET}.0/24"),
        names=(),
        ports=ports,
        excluded=(),
        opens_at=workspace.now() - timedelta(days=1),
        closes_at=workspace.now() + timedelta(days=1),
        effect_weighed="only loopback",
    )
    with workspace.begin() as work:
        return add_permit(work, workspace.blobs, workspace.acting, request)


def website(workspace: Workspace, *places: tuple[str, int | None]) -> System:
    """Put a website with endpoints at these hosts and ports into the inventory."""
    with workspace.begin() as work:
        (unit,) = work.units.all()
        system = System(
            id=SystemId(workspace.new_id()),
            no=work.systems.next_no(),
            name="sample website",
            kind=SystemKind.WEBSITE,
            stage=LifecycleStage.RUNNING,
            ownership=Ownership(operating_unit=unit.id),
        )
        work.systems.put_many(workspace.actor, [system])
        no = work.endpoints.next_no()
        work.endpoints.put_many(
            workspace.actor,
            [
                Endpoint(
                    id=EndpointId(workspace.new_id()),
                    no=no + at,
                    kind=EndpointKind.ADDRESS,
                    value=host,
                    port=port,
                    systems=(system.id,),
                )
                for at, (host, port) in enumerate(places)
            ],
        )
        work.commit()
    return system


def own(*more: Scanner) -> Loaded:
    """Give scanners that need nothing installed."""
    return Loaded(scanners=(ConnectPorts((80,)), ServiceProbe(), *more))


async def scan(
    workspace: Workspace,
    system: System,
    loaded: Loaded,
    tell: Callable[[Progress], None] = quiet,
) -> Ran:
    """Plan, store and run."""
    planned = wiring.plan(workspace, [system], [one.name for one in loaded.scanners])
    wiring.store_plan(workspace, planned, loaded)
    manner = wiring.Manner(tell=tell, jobs=4, limits=QUICK)
    return await wiring.run_plan(workspace, planned, loaded, manner)


def outcomes(ran: Ran) -> Sequence[tuple[str, int | None, str]]:
    """Say per attempt: scanner, port, `evidence` or the kind of failure."""
    return sorted(
        (
            one.scanner,
            one.target.port,
            one.outcome.kind.value
            if isinstance(one.outcome, Failed)
            else "evidence"
            if isinstance(one.outcome, str)
            else "not_applicable",
        )
        for one in ran.attempts
    )
