"""Asks the permits, again and again: they may end or be withdrawn while a scan runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from secops.contracts.world import Now
from secops.guards.hosts import literal_of
from secops.model.permit import Permit


class Gate:
    """Says whether an address and port may be touched now; every connection asks.

    `permits` gives them as they stand and is asked each time: a slow giver keeps them a while.
    """

    def __init__(self, permits: Callable[[], Sequence[Permit]], now: Now) -> None:
        self._permits, self._now = permits, now

    def allows(self, host: str, address: str, port: int | None) -> bool:
        """Whether some permit covers it at this instant; without a port: on any port."""
        literal = literal_of(address)
        if literal is None:
            return False
        moment = self._now()
        return any(
            permit.allows_name(host) and permit.covers(literal, port, moment)
            for permit in self._permits()
        )

    def allowed_ports(self, host: str, address: str, ports: Iterable[int]) -> tuple[int, ...]:
        """Keep those of the ports that may be touched now."""
        return tuple(port for port in ports if self.allows(host, address, port))
