"""A scan from the outside, on real servers of loopback, with a real store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace

import pytest

from secops.contracts.scanning import Collected, Wire
from secops.errors.scanning import (
    NoneCoveredError,
    NoPermitError,
    NothingToResumeError,
    NothingToScanError,
)
from secops.model.evidence import Attempt, Evidence, Failed, FailureKind, Observation, Target
from secops.model.ids import AttemptId
from secops.operations.permits import withdraw_permit
from secops.operations.run_scan import Progress, Ran
from secops.scanners.connect_ports import ConnectPorts
from secops.scanners.services import ServiceProbe
from secops.wiring import scan as wiring
from secops.wiring.workspace import Workspace
from tests.addresses import NET
from tests.operations.scanning import QUICK, allow, outcomes, own, quiet, scan, website

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
HOST = f"{NET}.1"


async def page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        with suppress(OSError):
            await reader.read(1000)
            writer.write(PAGE)
            await writer.drain()
    finally:
        writer.close()


def served(use: Callable[[], Awaitable[Ran]], *ports: int) -> Ran:
    async def run() -> Ran:
        servers = [await asyncio.start_server(page, HOST, port) for port in ports]
        try:
            return await use()
        finally:
            for one in servers:
                one.close()

    return asyncio.run(run())


def kinds(ran: Ran) -> set[FailureKind]:
    return {failed.kind for _, failed in ran.failed()}


def stored(workspace: Workspace) -> list[Attempt]:
    with workspace.begin(reading=True) as work:
        plan = work.scans.newest()
        assert plan is not None
        return list(work.scans.attempts(plan.id))


class Crashing(ServiceProbe):
    """A plugin with a bug in its work."""

    name = "crashing"

    async def collect(self, batch: Sequence[Target], wire: Wire) -> AsyncIterator[Collected]:
        """Give the first, then fail."""
        async for one in super().collect(batch[:1], wire):
            yield one
        message = "a bug"
        raise RuntimeError(message)


class Misreading(ServiceProbe):
    """A plugin with a bug in its reader."""

    name = "misreading"

    def interpret(self, evidence: Evidence) -> tuple[Observation, ...]:
        """Fail on anything."""
        raise ValueError(evidence.scanner)


def test_every_target_ends_with_its_own_outcome_and_evidence_is_kept(workspace: Workspace) -> None:
    allow(workspace)
    system = website(workspace, (HOST, 17001), (HOST, 17002))
    ran = served(lambda: scan(workspace, system, own()), 17001)
    assert outcomes(ran) == [
        ("connect-ports", 17001, "evidence"),
        ("connect-ports", 17002, "refused"),
        ("services", 17001, "evidence"),
    ]
    assert len(stored(workspace)) == 3
    with workspace.begin(reading=True) as work:
        for one in work.evidence.all():
            assert len(workspace.blobs.get(one.digest)) == one.size
        plan = work.scans.newest()
        assert plan is not None
        assert plan.ended is not None
        seen = {
            (one.name, one.value)
            for one in work.observations.newest([target.endpoint for target in plan.targets])
        }
    assert {("port.open", "tcp/17001"), ("service.name", "http")} <= seen


def test_a_bug_in_a_plugin_is_an_attempt_and_the_others_go_on(workspace: Workspace) -> None:
    allow(workspace)
    system = website(workspace, (HOST, 17001), (HOST, 17003))
    loaded = own(Crashing(), Misreading())
    ran = served(lambda: scan(workspace, system, loaded), 17001, 17003)
    by_scanner = {
        name: [result for scanner, _, result in outcomes(ran) if scanner == name]
        for name in ("services", "crashing", "misreading")
    }
    assert by_scanner["services"] == ["evidence", "evidence"]
    assert sorted(by_scanner["crashing"]) == ["bug", "evidence"]
    assert by_scanner["misreading"] == ["bug", "bug"]
    details = [failed.detail for _, failed in ran.failed()]
    assert any("RuntimeError: a bug" in one for one in details)


def test_without_a_permit_for_any_target_nothing_is_planned(workspace: Workspace) -> None:
    allow(workspace, "127.0.8.0/24")
    system = website(workspace, (HOST, 17001))
    with pytest.raises(NoPermitError):
        wiring.plan(workspace, [system], ["services"])


def test_targets_without_a_permit_are_named_and_left_alone(workspace: Workspace) -> None:
    allow(workspace, f"{HOST}/32")
    system = website(workspace, (HOST, 17001), (f"{NET}.2", 17001))
    planned = wiring.plan(workspace, [system], ["connect-ports"])
    assert [one.host for one in planned.plan.targets] == [HOST]
    assert [one.host for one in planned.not_permitted] == [f"{NET}.2"]


def test_a_system_without_endpoints_cannot_be_scanned(workspace: Workspace) -> None:
    allow(workspace)
    with pytest.raises(NothingToScanError):
        wiring.plan(workspace, [website(workspace)], ["services"])


def test_an_endpoint_of_two_systems_is_planned_once(workspace: Workspace) -> None:
    allow(workspace)
    first, second = website(workspace, (HOST, 17001)), website(workspace)
    with workspace.begin() as work:
        (endpoint,) = work.endpoints.all()
        both = replace(endpoint, systems=(first.id, second.id))
        work.endpoints.put_many(workspace.actor, [both])
        work.commit()
    planned = wiring.plan(workspace, [first, second], ["services"])
    assert len(planned.plan.targets) == 1


def test_a_permit_withdrawn_meanwhile_stops_the_run_and_the_rest_is_left(
    workspace: Workspace,
) -> None:
    permit = allow(workspace)
    ports = range(17010, 17030)
    system = website(workspace, *((HOST, port) for port in ports))
    loaded = own()
    withdrawn = False

    def withdraw(progress: Progress) -> None:
        nonlocal withdrawn
        if progress.scanner == "services" and not withdrawn:
            withdrawn = True
            with workspace.begin() as work:
                withdraw_permit(work, workspace.acting, permit.no, "enough")

    class OneByOne(ServiceProbe):
        batch_size = 1

        async def collect(self, batch: Sequence[Target], wire: Wire) -> AsyncIterator[Collected]:
            await asyncio.sleep(0.8)
            async for one in super().collect(batch, wire):
                yield one

    loaded = replace(loaded, scanners=(ConnectPorts((80,)), OneByOne()))
    ran = served(lambda: scan(workspace, system, loaded, withdraw), *ports)
    assert ran.left > 0
    assert kinds(ran) <= {FailureKind.NOT_PERMITTED}
    with workspace.begin(reading=True) as work:
        plan = work.scans.newest()
    assert plan is not None
    assert plan.ended is None

    allow(workspace)
    planned = wiring.resume(workspace)
    manner = wiring.Manner(tell=quiet, limits=QUICK)
    again = served(lambda: wiring.run_plan(workspace, planned, own(), manner), *ports)
    assert [result for _, _, result in outcomes(again)] == ["evidence"] * 40
    with pytest.raises(NothingToResumeError):
        wiring.resume(workspace)


def test_resume_does_only_what_has_no_outcome(workspace: Workspace) -> None:
    allow(workspace)
    system = website(workspace, *((HOST, port) for port in range(17040, 17044)))
    planned = wiring.plan(workspace, [system], ["connect-ports", "services"])
    loaded = own()
    wiring.store_plan(workspace, planned, loaded)
    with workspace.begin() as work:
        open_one = Attempt(
            id=AttemptId(workspace.new_id()),
            scan=planned.plan.id,
            scanner="connect-ports",
            target=planned.plan.targets[0],
            n=1,
            started=workspace.now(),
            ended=None,
            tool="",
            arguments="",
            outcome=None,
        )
        done = replace(
            open_one,
            id=AttemptId(workspace.new_id()),
            target=planned.plan.targets[1],
            ended=workspace.now(),
            outcome=Failed(FailureKind.REFUSED, "as it was"),
        )
        work.scans.put_attempts([open_one, done])
        work.commit()
    again = wiring.resume(workspace)
    assert not again.inventory_changed
    manner = wiring.Manner(tell=quiet, limits=QUICK)
    ran = served(
        lambda: wiring.run_plan(workspace, again, loaded, manner), 17040, 17041, 17042, 17043
    )
    tries = sorted((one.target.port, one.n) for one in ran.attempts if one.scanner[0] == "c")
    assert tries == [(17040, 2), (17041, 1), (17042, 1), (17043, 1)]
    details = [failed.detail for _, failed in ran.failed()]
    assert details == ["as it was"]
    marked = [
        one.outcome.kind
        for one in stored(workspace)
        if one.id == open_one.id and isinstance(one.outcome, Failed)
    ]
    assert marked == [FailureKind.INTERRUPTED]


def test_resume_says_when_the_inventory_changed_meanwhile(workspace: Workspace) -> None:
    allow(workspace)
    system = website(workspace, (HOST, 17001))
    planned = wiring.plan(workspace, [system], ["services"])
    wiring.store_plan(workspace, planned, own())
    with workspace.begin() as work:
        (endpoint,) = work.endpoints.all()
        work.endpoints.put_many(workspace.actor, [replace(endpoint, port=17002)])
        work.commit()
    assert wiring.resume(workspace).inventory_changed


def test_several_unfinished_scans_are_named_and_the_newest_goes_first(
    workspace: Workspace,
) -> None:
    allow(workspace)
    system = website(workspace, (HOST, 17001))
    for _ in range(3):
        wiring.store_plan(workspace, wiring.plan(workspace, [system], ["services"]), own())
    first = wiring.resume(workspace)
    assert (first.plan.no, first.also_unfinished) == (3, (1, 2))
    with workspace.begin() as work:
        work.scans.end(first.plan.id, workspace.now())
        work.commit()
    assert wiring.resume(workspace).plan.no == 2


def test_names_that_lead_past_every_permit_are_wrong_use(workspace: Workspace) -> None:
    allow(workspace, "127.0.9.0/24")
    system = website(workspace, ("localhost", 17001))
    planned = wiring.plan(workspace, [system], ["connect-ports", "services"])
    wiring.store_plan(workspace, planned, own())
    with pytest.raises(NoneCoveredError, match=r"localhost:17001 \(.*127\.0\.0\.1"):
        wiring.run(workspace, planned, own(), wiring.Manner(tell=quiet, limits=QUICK))
    assert kinds(Ran(attempts=tuple(stored(workspace)))) == {FailureKind.NOT_PERMITTED}


def test_two_ports_that_say_the_same_bytes_are_both_seen(workspace: Workspace) -> None:
    allow(workspace)
    system = website(workspace, (HOST, None))
    loaded = replace(own(), scanners=(ConnectPorts((17061, 17062)), ServiceProbe()))
    served(lambda: scan(workspace, system, loaded), 17061, 17062)
    with workspace.begin(reading=True) as work:
        (endpoint,) = work.endpoints.all()
        named = [
            one.target.port
            for one in work.observations.newest([endpoint.id])
            if one.name == "service.name"
        ]
    assert sorted(named, key=str) == [17061, 17062]
