"""Where systems answer: endpoints by system, and what was seen there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from secops.contracts.store import UnitOfWork
from secops.judging.codes import parse_address, parse_url
from secops.judging.inventory_contradictions import Around
from secops.judging.inventory_duplicates import Profile, core_of
from secops.model.asset import Endpoint, EndpointKind
from secops.model.evidence import Observation
from secops.model.ids import EndpointId, SystemId, UnitId
from secops.model.system import System
from secops.model.unit import Unit, UnitKind
from secops.operations.endpoints_in_use import behind_components, with_all_systems


@dataclass(slots=True)
class Places:
    """Endpoints by system, and what was seen at them."""

    endpoints: dict[EndpointId, Endpoint]
    of_system: dict[SystemId, list[Endpoint]] = field(default_factory=dict)
    seen: tuple[Observation, ...] = ()

    def systems_of(self, endpoint: EndpointId) -> tuple[SystemId, ...]:
        """Give the systems behind an endpoint."""
        known = self.endpoints.get(endpoint)
        return known.systems if known else ()


def legal_bodies(units: Mapping[UnitId, Unit]) -> dict[UnitId, UnitId]:
    """Give the legal body of each unit: the nearest above that is no department."""
    found: dict[UnitId, UnitId] = {}
    for unit in units.values():
        at, met = unit, {unit.id}
        while at.kind is UnitKind.DEPARTMENT:
            above = units.get(at.parents.administrative or UnitId(""))
            if above is None or above.id in met:
                break
            at = above
            met.add(at.id)
        found[unit.id] = at.id
    return found


def places_of(work: UnitOfWork) -> Places:
    """Read all endpoints and what the newest attempts saw there."""
    behind = behind_components(work)
    whole = (with_all_systems(one, behind) for one in work.endpoints.all())
    places = Places(endpoints={one.id: one for one in whole})
    for one in places.endpoints.values():
        for system in one.systems if one.retired_on is None else ():
            places.of_system.setdefault(system, []).append(one)
    tried = (target.endpoint for plan in work.scans.all() for target in plan.targets)
    places.seen = tuple(work.observations.newest((*places.endpoints, *tried)))
    return places


def over_ipv6(places: Places) -> frozenset[SystemId]:
    """Give the systems with an IPv6 address, or seen over IPv6."""
    found = {
        system
        for system, endpoints in places.of_system.items()
        if any(_is_ipv6(one.value) for one in endpoints)
    }
    for one in places.seen:
        if (one.name, one.value) == ("http.ipv6", "yes") or _is_ipv6(one.target.host):
            found.update(places.systems_of(one.target.endpoint))
    return frozenset(found)


def _is_ipv6(value: str) -> bool:
    if value.count(":") < 2:  # noqa: PLR2004  # an IPv6 address has at least two
        return False
    parts = parse_url(value)
    address = parse_address(parts.host if parts else value)
    return address is not None and address.version == 6  # noqa: PLR2004  # the protocol's number


def named(places: Places) -> frozenset[SystemId]:
    """Give the systems with a name or URL among their endpoints."""
    return frozenset(
        system
        for system, endpoints in places.of_system.items()
        if any(one.kind is not EndpointKind.ADDRESS for one in endpoints)
    )


def answering(places: Places) -> dict[SystemId, str]:
    """Give the systems that answered, and where."""
    found: dict[SystemId, str] = {}
    for one in places.seen:
        if one.name == "port.open":
            for system in places.systems_of(one.target.endpoint):
                found.setdefault(system, f"{one.target.host} {one.value}")
    return found


def profile_of(system: System, around: Around, places: Places) -> Profile:
    """Give what a system is compared by."""
    unit = system.ownership.operating_unit
    body = around.bodies.get(unit, unit)
    top = around.units.get(body)
    own_names = [name for name in (top.name, top.short_name) if name] if top else []
    alone = [one for one in places.of_system.get(system.id, ()) if len(one.systems) == 1]
    domains = {one.casefold().removeprefix("www.") for one in system.business.domain_names}
    for one in alone:
        if one.kind is EndpointKind.ADDRESS:
            continue
        parts = parse_url(one.value)
        if one.kind is EndpointKind.NAME or (parts and parts.path == "/"):
            host = parts.host if parts else one.value.casefold()
            if parse_address(host) is None:
                domains.add(host.removeprefix("www."))
    return Profile(
        id=system.id,
        no=system.no,
        name=system.name,
        core=core_of(system.name, own_names, system.kind, around.words),
        body=body,
        domains=frozenset(domains),
        endpoints=frozenset(_place(one) for one in alone),
        addresses=frozenset(_host(one) for one in alone if one.kind is EndpointKind.ADDRESS),
        registrations=frozenset(_registrations(system)),
    )


def _registrations(system: System) -> Iterator[str]:
    """Give the numbers that stand for one website or system alone."""
    if "-" in system.registration.icp_number:  # without its ending it is the unit's
        yield system.registration.icp_number
    yield from (one for one in (system.registration.police_number, system.filing.number) if one)


def _host(endpoint: Endpoint) -> str:
    """Give an address in its plain form; only IPv6 has several, and names have capitals."""
    address = parse_address(endpoint.value) if ":" in endpoint.value else None
    return str(address) if address else endpoint.value.casefold()


def _place(endpoint: Endpoint) -> str:
    parts = parse_url(endpoint.value) if endpoint.kind is EndpointKind.URL else None
    if parts:
        return f"{parts.host}:{parts.port}{parts.path if parts.path != '/' else ''}"
    return f"{_host(endpoint)}:{endpoint.port or ''}"
