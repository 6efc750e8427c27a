"""Whose an endpoint is: its own systems', and those of the components that answer there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from secops.contracts.store import UnitOfWork
from secops.model.asset import Component, Endpoint
from secops.model.ids import ComponentId, EndpointId, SystemId
from secops.operations.assessments import in_use_of

Behind = Mapping[ComponentId, tuple[SystemId, ...]]


def behind_components(work: UnitOfWork) -> Behind:
    """Give the systems of every component in use."""
    over = {id for id, _ in work.components.cell("retired_on")}
    return {
        ComponentId(id): tuple(SystemId(one) for one in systems)
        for id, systems in work.components.cell("systems")
        if isinstance(systems, tuple) and id not in over
    }


def with_all_systems(endpoint: Endpoint, behind: Behind) -> Endpoint:
    """Add to its systems those of its components."""
    if not endpoint.components:
        return endpoint
    more = (system for one in endpoint.components for system in behind.get(one, ()))
    return replace(endpoint, systems=tuple(dict.fromkeys((*endpoint.systems, *more))))


def systems_at(work: UnitOfWork, endpoint: Endpoint) -> tuple[SystemId, ...]:
    """Give all systems of one endpoint."""
    there = [part for one in endpoint.components if (part := work.components.get(one))]
    behind = {one.id: one.systems for one in there if one.retired_on is None}
    return with_all_systems(endpoint, behind).systems


def endpoints_of(
    work: UnitOfWork, system: SystemId, components: Iterable[Component] | None = None
) -> dict[EndpointId, Endpoint]:
    """Give the endpoints in use of a system, its components' included."""
    if components is None:
        components = in_use_of(work.components.find(system=system), system)
    own = work.endpoints.find(system=system)
    theirs = (one for part in components for one in work.endpoints.find(component=part.id))
    return {one.id: one for several in (own, theirs) for one in several if one.retired_on is None}


def endpoints_of_all(work: UnitOfWork, systems: Iterable[SystemId]) -> tuple[Endpoint, ...]:
    """Give the endpoints in use of these systems, each once, by number."""
    found = {id: one for system in systems for id, one in endpoints_of(work, system).items()}
    return tuple(sorted(found.values(), key=lambda one: one.no))


def unplaced(work: UnitOfWork) -> Iterator[Endpoint]:
    """Give the endpoints in use behind which no system stands: nobody would look at them."""
    behind = behind_components(work)
    for one in work.endpoints.all():
        if one.retired_on is None and not with_all_systems(one, behind).systems:
            yield one
