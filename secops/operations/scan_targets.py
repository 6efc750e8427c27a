"""From endpoints of the inventory to targets: host and port, and nothing a tool could misread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from secops.guards.hosts import LAST_PORT, host_of
from secops.model.asset import Endpoint, EndpointKind
from secops.model.evidence import Observation, Stage, Target
from secops.model.ids import EndpointId

_USUAL: Final = {"http": 80, "https": 443}

Seen = Mapping[EndpointId, Sequence[Observation]]


def target_of(endpoint: Endpoint) -> Target | None:
    """Say what to aim at; None: what stands in the inventory is no address, name or URL."""
    host, port = endpoint.value.strip(), endpoint.port
    if endpoint.kind is EndpointKind.URL or "://" in host:
        host, port = _of_url(host, port)
    plain = host_of(host)
    if plain is None or (port is not None and not 0 < port <= LAST_PORT):
        return None
    return Target(endpoint=endpoint.id, host=plain, port=port)


def _of_url(url: str, port: int | None) -> tuple[str, int | None]:
    try:
        parts = urlsplit(url)
        usual = port or parts.port or _USUAL.get(parts.scheme.lower())
    except ValueError:
        return "", None
    if "@" in parts.netloc or usual is None:
        return "", None  # a user name in front is a trick or a secret; either stays out
    return parts.hostname or "", usual


def targets_at(
    stage: Stage, planned: Iterable[Target], seen: Seen, *, ports_are_sought: bool
) -> tuple[Target, ...]:
    """Give a stage's targets: hosts first, then each port that was seen open on them."""
    if stage is Stage.PORTS:
        return tuple(planned)
    found: dict[Target, None] = {}
    for target in planned:
        open_ports = sorted(
            {
                one.target.port
                for one in seen.get(target.endpoint, ())
                if one.name == "port.open" and one.target.port is not None
            }
        )
        if target.port is None:
            found |= dict.fromkeys(replace(target, port=port) for port in open_ports)
        elif target.port in open_ports or not ports_are_sought:
            found[target] = None
    return tuple(found)


def place_of(target: Target) -> str:
    """Write a target as people do."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port is None else f"{host}:{target.port}"
