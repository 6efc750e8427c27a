"""有应答未登记: looks over permitted ranges and names for what nobody listed.

A host that answers becomes an endpoint of no system: `inventory check` names it until somebody says
whose it is. One that stays silent leaves its attempt and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from ipaddress import ip_network
from itertools import islice
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Acting
from secops.errors import msgid
from secops.errors.scanning import RangeRefusedError, TooManyHostsError
from secops.guards.hosts import literal_of, name_of
from secops.model.asset import Endpoint, EndpointKind
from secops.model.evidence import Attempt, ScanPlan
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
    known = _whole_hosts(work)
    endpoints = [known.get(host) or _new(host, acting) for host in hosts]
    return plan_endpoints(work, acting, endpoints, means)


def list_answering(
    work: UnitOfWork, acting: Acting, plan: ScanPlan, attempts: Iterable[Attempt]
) -> tuple[Endpoint, ...]:
    """Put hosts that answered and stood nowhere into the inventory, as endpoints of no system."""
    answered = {one.target.endpoint for one in attempts if isinstance(one.outcome, str)}
    new: list[Endpoint] = []
    no = work.endpoints.next_no()
    for target in plan.targets:
        if target.endpoint in answered and work.endpoints.get(target.endpoint) is None:
            new.append(replace(_endpoint(target.endpoint, target.host), no=no + len(new)))
    if new:
        work.endpoints.put_many(acting.actor, new)
    return tuple(new)


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


def _new(host: str, acting: Acting) -> Endpoint:
    return _endpoint(EndpointId(acting.new_id()), host)


def _endpoint(id: EndpointId, host: str) -> Endpoint:
    kind = EndpointKind.ADDRESS if literal_of(host) else EndpointKind.NAME
    return Endpoint(id=id, no=0, kind=kind, value=host)
