"""有应答未登记: looks over permitted ranges and names for what nobody listed.

What is tried stays with the scan, under an id made of the host, and never enters the inventory:
`inventory check` names what answers until somebody lists it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_address, ip_network
from itertools import islice
from typing import Final
from uuid import NAMESPACE_DNS, uuid5

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Acting
from secops.errors import msgid
from secops.errors.scanning import RangeRefusedError, TooManyHostsError
from secops.guards.hosts import literal_of, name_of
from secops.model.asset import Endpoint, EndpointKind
from secops.model.ids import EndpointId
from secops.model.permit import Network, Permit
from secops.operations.no_permit import no_permit
from secops.operations.plan_scan import Means, Planned, plan_endpoints
from secops.operations.scan_targets import target_of

_MOST: Final = 65_536


def plan_discovery(
    work: UnitOfWork, acting: Acting, places: Sequence[str], means: Means
) -> Planned:
    """Plan the hosts of these ranges and names, as far as permitted; none named: all permitted."""
    now = acting.now()
    recorded = tuple(work.permits.all())
    permits = [one for one in recorded if one.open_at(now)]
    hosts = dict.fromkeys(_hosts(places, permits))
    if not hosts:
        raise no_permit(recorded, now, len(places))
    if len(hosts) > _MOST:
        raise TooManyHostsError(range=" ".join(places) or "*")
    left_out = _left_out(hosts, permits)
    known = _whole_hosts(work)
    endpoints = [known.get(host) or _unlisted(host) for host in hosts if host not in left_out]
    if not endpoints:
        raise no_permit(recorded, now, len(hosts))
    planned = plan_endpoints(work, acting, endpoints, means)
    excluded = tuple(str(one) for one in dict.fromkeys(left_out.values()))
    return replace(planned, excluded=excluded, beyond=tuple(_beyond(places, permits)))


def _left_out(hosts: Iterable[str], permits: Sequence[Permit]) -> Mapping[str, Network]:
    """Give the addresses that a permit leaves out and no other one allows."""
    found: dict[str, Network] = {}
    for host in hosts:
        if literal_of(host) is None:
            continue
        address = ip_address(host)
        over = [one for permit in permits for one in permit.excluded if address in one]
        if over and not any(
            address in one and not any(address in out for out in permit.excluded)
            for permit in permits
            for one in permit.ranges
        ):
            found[host] = over[0]
    return found


def _beyond(places: Sequence[str], permits: Sequence[Permit]) -> Iterator[str]:
    """Give the ranges asked for that no permit holds as a whole."""
    permitted = [one for permit in permits for one in permit.ranges]
    for place in places:
        if name_of(place) and literal_of(place) is None and "/" not in place:
            continue  # a name is judged by its target
        wanted = _network(place)
        parts = sum(one.num_addresses for one in _merged(_common(wanted, permitted)))
        if parts < wanted.num_addresses:
            yield place


def _merged(networks: Sequence[Network]) -> Iterator[Network]:
    yield from collapse_addresses(one for one in networks if isinstance(one, IPv4Network))
    yield from collapse_addresses(one for one in networks if isinstance(one, IPv6Network))


def _hosts(places: Sequence[str], permits: Sequence[Permit]) -> Iterator[str]:
    permitted = [one for permit in permits for one in permit.ranges]
    if not places:
        names = (name for permit in permits for name in permit.names if not name.startswith("*."))
        yield from names
    wanted: list[Network] = [] if places else permitted
    for place in places:
        name = name_of(place)
        if name and literal_of(place) is None and "/" not in place:
            yield name
        else:
            wanted.append(_network(place))
    for one in wanted:
        for network in _common(one, permitted):
            addresses = network.hosts() if network.num_addresses > 1 else iter(network)
            yield from (str(address) for address in islice(addresses, _MOST + 1))


def _common(wanted: Network, permitted: Iterable[Network]) -> list[Network]:
    """Give the permitted parts of a range: of two that overlap, one lies inside the other."""
    return [
        wanted if wanted.prefixlen >= one.prefixlen else one
        for one in permitted
        if one.version == wanted.version and one.overlaps(wanted)
    ]


def _network(text: str) -> Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise RangeRefusedError(text=text, kind=msgid("address range")) from None


def _whole_hosts(work: UnitOfWork) -> dict[str, Endpoint]:
    found: dict[str, Endpoint] = {}
    for one in work.endpoints.all():
        target = target_of(one) if one.retired_on is None else None
        if target and target.port is None:
            found.setdefault(target.host, one)
    return found


def _unlisted(host: str) -> Endpoint:
    """Name a host that stands nowhere: by the same id whenever it is looked at; never stored."""
    kind = EndpointKind.ADDRESS if literal_of(host) else EndpointKind.NAME
    return Endpoint(id=EndpointId(str(uuid5(NAMESPACE_DNS, host))), no=0, kind=kind, value=host)
