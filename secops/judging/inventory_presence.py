"""有应答未登记、已登记无应答: the list against what the newest scan met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from secops.judging.codes import parse_url
from secops.model.asset import Endpoint
from secops.model.evidence import Attempt, Failed, FailureKind, Observation
from secops.model.ids import Digest, EndpointId

_SILENCE: Final = frozenset(
    {
        FailureKind.UNRESOLVED,
        FailureKind.UNREACHABLE,
        FailureKind.REFUSED,
        FailureKind.SILENT,
        FailureKind.TIMED_OUT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """Something answers, and no system of the list stands behind it."""

    endpoint: EndpointId
    host: str
    port: int
    service: str
    whole_host: bool  # the host itself is on no system; else only this port is not


def answering(observations: Iterable[Observation]) -> dict[tuple[EndpointId, int], Observation]:
    """Give the open ports of each endpoint."""
    found: dict[tuple[EndpointId, int], Observation] = {}
    for one in observations:
        if one.name == "port.open":
            number = one.value.rpartition("/")[2]
            if number.isdigit():
                found[one.target.endpoint, int(number)] = one
    return found


def unlisted(
    endpoints: Mapping[EndpointId, Endpoint], observations: Iterable[Observation]
) -> Iterator[Unlisted]:
    """Say which open ports nobody listed: on a host of no system, or beside the ports it lists."""
    seen = list(observations)
    services = {
        (one.target.endpoint, one.target.port): one.value
        for one in seen
        if one.name == "service.name"
    }
    listed, hosts = _listed(endpoints.values())
    given: set[tuple[str, int]] = set()
    for (id, port), one in sorted(answering(seen).items()):
        host = one.target.host
        endpoint = endpoints.get(id)
        if (endpoint and endpoint.retired_on) or (host, port) in given:
            continue
        here = {host, endpoint.value} if endpoint else {host}
        if any((name, number) in listed for name in here for number in (port, None)):
            continue
        given.add((host, port))
        yield Unlisted(
            endpoint=id,
            host=host,
            port=port,
            service=services.get((id, port), ""),
            whole_host=not here & hosts,
        )


def _listed(endpoints: Iterable[Endpoint]) -> tuple[set[tuple[str, int | None]], set[str]]:
    """Give the places of systems; a place without port lists every port of its host."""
    places: set[tuple[str, int | None]] = set()
    hosts: set[str] = set()
    for one in endpoints:
        if one.systems and not one.retired_on:
            url = parse_url(one.value)
            host = url.host if url else one.value
            places.add((host, url.port if url else one.port))
            places.add((one.value, url.port if url else one.port))
            hosts |= {host, one.value}
    return places, hosts


def silent(
    endpoints: Mapping[EndpointId, Endpoint],
    attempts: Iterable[Attempt],
    observations: Iterable[Observation],
) -> Iterator[EndpointId]:
    """Say which listed endpoints did not answer in a scan; not looked at is not silent."""
    told: set[Digest] = {one.evidence for one in observations}
    answered: set[EndpointId] = set()
    quiet: set[EndpointId] = set()
    for attempt in attempts:
        match attempt.outcome:
            case Failed(kind) if kind in _SILENCE:
                quiet.add(attempt.target.endpoint)
            case Failed() | None:
                pass
            case str() as digest:
                (answered if digest in told else quiet).add(attempt.target.endpoint)
            case _:  # not applicable: another scanner's business
                pass
    for id in sorted(quiet - answered):
        endpoint = endpoints.get(id)
        if endpoint and endpoint.systems and not endpoint.retired_on:
            yield id
