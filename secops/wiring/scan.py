"""Puts store, permits, wire and scanners together for `secops scan` and `secops discover`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Final

from secops.contracts.store import Begin
from secops.errors.scanning import NoneCoveredError, ScanStoppedError
from secops.errors.store import StoreLockedError
from secops.files.roots import read_roots
from secops.files.workspace_file import NAME, read_workspace_file
from secops.model.evidence import Failed, FailureKind, Target
from secops.model.ids import Digest, SystemId
from secops.model.permit import Permit
from secops.model.system import System
from secops.operations.discover import plan_discovery
from secops.operations.endpoints_in_use import behind_components, with_all_systems
from secops.operations.judge_systems import Judged, judge_systems
from secops.operations.plan_scan import Means, Planned, may_be_planned, plan_scan, resume_plan
from secops.operations.run_scan import Progress, Ran, Tools, run_scan
from secops.operations.scan_targets import target_of
from secops.scanners._wire.pace import Limits
from secops.scanners._wire.wire import OpenWire
from secops.wiring.scanners import PORTS, Loaded, load_scanners
from secops.wiring.tables import load_tables
from secops.wiring.workspace import Workspace

_FRESH_SECONDS: Final = 2.0
_MOST_NAMED: Final = 5
DISCOVERY: Final = ("nmap-ports", "connect-ports", "services")
_NOBODY_THERE: Final = (FailureKind.SILENT, FailureKind.UNREACHABLE, FailureKind.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A host that answers: its open ports with the services seen there, and whether it is known."""

    host: str
    listed: bool  # at least one system stands behind it
    services: tuple[tuple[int, str], ...]


class Permits:
    """The permits as they stand now: read again every two seconds, so that withdrawing works."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._read_at, self._permits = float("-inf"), tuple[Permit, ...]()

    def __call__(self) -> tuple[Permit, ...]:
        """Give them, at most two seconds old."""
        if time.monotonic() - self._read_at >= _FRESH_SECONDS:
            with self._begin(reading=True) as work:
                self._permits = tuple(work.permits.all())
            self._read_at = time.monotonic()
        return self._permits


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a plan is run: who is told, how many batches at once, how hard we may lean."""

    tell: Callable[[Progress], None]
    jobs: int = 16
    limits: Limits = Limits()  # noqa: RUF009  # frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What a run gave; suggestions are no answers."""

    ran: Ran
    judged: Judged


def scanners_of(workspace: Workspace) -> Loaded:
    """Give our scanners and those that `secops.toml` names."""
    said = read_workspace_file(workspace.path / NAME)
    roots = read_roots(workspace.path, said.roots)
    return load_scanners(said.plugins, roots, said.ports or PORTS)


def means_of(scanners: Sequence[str]) -> Means:
    """Say with what a scan is planned."""
    return Means(scanners=tuple(scanners), rules=Digest(load_tables().rules.digest))


def plan(
    workspace: Workspace,
    systems: Sequence[System],
    scanners: Sequence[str],
    *,
    whole: bool = False,
) -> Planned:
    """Plan a new scan; nothing is written or touched."""
    with workspace.begin(reading=True) as work:
        return plan_scan(work, workspace.acting, systems, means_of(scanners), whole=whole)


def plan_discover(workspace: Workspace, places: Sequence[str], scanners: Sequence[str]) -> Planned:
    """Plan to look over ranges and names; nothing is written or touched."""
    with workspace.begin(reading=True) as work:
        return plan_discovery(work, workspace.acting, places, means_of(scanners))


def resume(workspace: Workspace) -> Planned:
    """Take up the newest scan that is not done."""
    with workspace.begin(reading=True) as work:
        return resume_plan(work)


def store_plan(workspace: Workspace, planned: Planned, loaded: Loaded) -> None:
    """Keep the plan and the digests of foreign code, before the first packet."""
    with workspace.begin() as work:
        work.scans.start(planned.plan)
        for name, digest in loaded.digests:
            work.chain.note(
                workspace.actor, "scan.plugin", f"scan {planned.plan.id}", f"{name} {digest}"
            )
        work.commit()


def run(workspace: Workspace, planned: Planned, loaded: Loaded, manner: Manner) -> Scanned:
    """Run a stored plan, then judge what was seen; raises NoneCovered- and ScanStoppedError."""
    try:
        ran = asyncio.run(_heeding(run_plan(workspace, planned, loaded, manner)))
    except asyncio.CancelledError:  # by Ctrl-C; asyncio itself does not always say so
        raise KeyboardInterrupt from None
    except StoreLockedError as error:
        raise ScanStoppedError from error
    if refused := ran.refused():
        raise NoneCoveredError(places=", ".join(refused[:_MOST_NAMED]))
    return Scanned(ran=ran, judged=judge(workspace, planned.systems))


async def _heeding(running: Coroutine[None, None, Ran]) -> Ran:
    """Let no Ctrl-C be lost that came while the last of it was ending."""
    ran = await running
    task = asyncio.current_task()
    if task and task.cancelling():
        raise asyncio.CancelledError
    return ran


async def run_plan(workspace: Workspace, planned: Planned, loaded: Loaded, manner: Manner) -> Ran:
    """Run it through a wire that asks the permits of the store."""
    permits, acting = Permits(workspace.begin), workspace.acting

    def permitted(target: Target) -> bool:
        return may_be_planned(target, permits(), acting)

    async with OpenWire(permits, workspace.now, manner.limits) as wire:
        tools = Tools(
            scanners=loaded.chosen(planned.plan.scanners),
            wire=wire,
            begin=workspace.begin,
            blobs=workspace.blobs,
            acting=acting,
            permitted=permitted,
            tell=manner.tell,
            jobs=manner.jobs,
        )
        return await run_scan(tools, planned.plan)


def judge(workspace: Workspace, systems: Sequence[SystemId]) -> Judged:
    """Say what the observations suggest, and keep what they say is wrong."""
    with workspace.begin() as work:
        found = [one for one in (work.systems.get(id_) for id_ in systems) if one is not None]
        judged = judge_systems(work, workspace.acting, found, load_tables())
        work.commit()
    return judged


def answering(workspace: Workspace, planned: Planned) -> tuple[Host, ...]:
    """Say which of the planned hosts answer, and whether a system of the inventory is there."""
    with workspace.begin(reading=True) as work:
        behind = behind_components(work)
        listed = {
            target.host
            for one in work.endpoints.all()
            if with_all_systems(one, behind).systems
            and one.retired_on is None
            and (target := target_of(one))
        }
        found: dict[str, dict[int, str]] = {}
        for one in work.observations.newest([target.endpoint for target in planned.plan.targets]):
            port = one.target.port
            if one.name == "port.open" and port:
                found.setdefault(one.target.host, {}).setdefault(port, "")
            elif one.name == "service.name" and port:
                found.setdefault(one.target.host, {})[port] = one.value
    return tuple(
        Host(host=host, listed=host in listed, services=tuple(sorted(services.items())))
        for host, services in found.items()
    )


def without_silence(ran: Ran) -> Ran:
    """Leave out hosts where nobody is: when looking over a range that is no hole."""
    return Ran(
        attempts=tuple(
            one
            for one in ran.attempts
            if not (isinstance(one.outcome, Failed) and one.outcome.kind in _NOBODY_THERE)
        ),
        left=ran.left,
    )
