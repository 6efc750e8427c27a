"""What would be tried, and what may not be: planned before anything is touched."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Acting
from secops.errors.scanning import (
    NothingPlacedError,
    NothingToResumeError,
    NothingToScanError,
)
from secops.guards.hosts import literal_of
from secops.model.asset import Endpoint
from secops.model.evidence import ScanPlan, Target, digest_of
from secops.model.ids import Digest, ScanId, SystemId
from secops.model.permit import Permit
from secops.model.system import System
from secops.operations.endpoints_in_use import endpoints_of_all, unplaced
from secops.operations.no_permit import no_permit
from secops.operations.scan_targets import target_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan, and what stays out of it."""

    plan: ScanPlan
    systems: tuple[SystemId, ...]
    not_permitted: tuple[Target, ...] = ()
    beyond: tuple[str, ...] = ()  # ranges asked for that no permit holds as a whole
    excluded: tuple[str, ...] = ()  # ranges that a permit leaves out on purpose
    unusable: tuple[Endpoint, ...] = ()  # no address, name or URL
    unplaced: tuple[Endpoint, ...] = ()  # of no system: looked at by `discover` only
    inventory_changed: bool = False  # since the plan was made: only with --resume
    also_unfinished: tuple[int, ...] = ()  # older scans: only with --resume


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """With what: scanners by name, rules by digest."""

    scanners: tuple[str, ...]
    rules: Digest


def plan_scan(
    work: UnitOfWork,
    acting: Acting,
    systems: Sequence[System],
    means: Means,
    *,
    whole: bool = False,
) -> Planned:
    """Plan the endpoints of these systems, each once; raises NothingToScan- and NoPermitError.

    If it is the `whole` inventory that is meant, what belongs to no system is named.
    """
    chosen = [one.id for one in systems]
    endpoints = endpoints_of_all(work, chosen)
    loose = tuple(unplaced(work)) if whole else ()
    if loose and not endpoints:
        raise NothingPlacedError(places=_first(one.value for one in loose))
    if not endpoints:
        raise NothingToScanError
    planned = plan_endpoints(work, acting, endpoints, means, chosen)
    return replace(planned, unplaced=loose)


def plan_endpoints(
    work: UnitOfWork,
    acting: Acting,
    endpoints: Sequence[Endpoint],
    means: Means,
    systems: Sequence[SystemId] = (),
) -> Planned:
    """Plan these endpoints; nothing may be touched if nobody allowed any of them."""
    now = acting.now()
    recorded = tuple(work.permits.all())
    permits = tuple(one for one in recorded if one.open_at(now))
    aimed = [(one, target_of(one)) for one in endpoints]
    usable = [target for _, target in aimed if target]
    allowed = tuple(one for one in usable if may_be_planned(one, permits, acting))
    refused = tuple(one for one in usable if one not in set(allowed))
    if not usable:
        raise NothingToScanError
    if not allowed:
        raise no_permit(recorded, now, len(endpoints))
    options = {
        "systems": list(systems),
        "not_permitted": [(one.endpoint, one.host, one.port) for one in refused],
    }
    plan = ScanPlan(
        id=ScanId(acting.new_id()),
        no=work.scans.next_no(),
        actor=acting.actor,
        made_at=now,
        targets=allowed,
        scanners=means.scanners,
        permits=tuple(one.id for one in permits),
        inventory_digest=inventory_digest(endpoints),
        rules_digest=means.rules,
        options=json.dumps(options, sort_keys=True),
    )
    return Planned(
        plan=plan,
        systems=tuple(systems),
        not_permitted=refused,
        unusable=tuple(one for one, target in aimed if target is None),
    )


def resume_plan(work: UnitOfWork) -> Planned:
    """Give the newest plan that is not done; raises NothingToResumeError."""
    unfinished = [one for one in work.scans.all() if one.ended is None]
    if not unfinished:
        raise NothingToResumeError
    plan = unfinished.pop()
    options = json.loads(plan.options)
    systems = tuple(SystemId(one) for one in options["systems"])
    now_there = (
        inventory_digest(endpoints_of_all(work, systems)) if systems else plan.inventory_digest
    )
    return Planned(
        plan=plan,
        systems=systems,
        not_permitted=tuple(
            Target(endpoint=endpoint, host=host, port=port)
            for endpoint, host, port in options["not_permitted"]
        ),
        inventory_changed=now_there != plan.inventory_digest,
        also_unfinished=tuple(one.no for one in unfinished),
    )


def may_be_planned(target: Target, permits: Sequence[Permit], acting: Acting) -> bool:
    """Whether a permit covers it as far as can be said before resolving its name."""
    now, literal = acting.now(), literal_of(target.host)
    return any(
        one.allows_name(target.host)
        and (literal is None or one.covers(literal, target.port, now))
        and one.open_at(now)
        for one in permits
    )


def inventory_digest(endpoints: Iterable[Endpoint]) -> Digest:
    """Name what the inventory says of the chosen endpoints: a change changes the name."""
    said = [(one.id, one.kind.value, one.value, one.port, sorted(one.systems)) for one in endpoints]
    return digest_of(json.dumps(sorted(said, key=str)).encode())


def _first(places: Iterable[str], most: int = 5) -> str:
    return ", ".join(islice(places, most))
