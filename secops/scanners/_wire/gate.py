"""Asks the permits, again and again: they may end or be withdrawn while a scan runs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from secops.contracts.world import Now
from secops.guards.hosts import literal_of
from secops.model.permit import Permit


class Gate:
    """Says whether an address and port may be touched now; every connection asks."""

    def __init__(
        self, permits: Callable[[], Sequence[Permit]], now: Now, *, fresh_seconds: float = 2.0
    ) -> None:
        self._read, self._now, self._fresh_seconds = permits, now, fresh_seconds
        self._permits: Sequence[Permit] = ()
        self._read_at = float("-inf")

    def allows(self, host: str, address: str, port: int | None) -> bool:
        """Whether some permit covers it at this instant; without a port: on any port."""
        literal = literal_of(address)
        if literal is None:
            return False
        moment = self._now()
        return any(
            permit.allows_name(host) and permit.covers(literal, port, moment)
            for permit in self._fresh()
        )

    def allowed_ports(self, host: str, address: str, ports: Iterable[int]) -> tuple[int, ...]:
        """Keep those of the ports that may be touched now."""
        return tuple(port for port in ports if self.allows(host, address, port))

    def _fresh(self) -> Sequence[Permit]:
        if time.monotonic() - self._read_at >= self._fresh_seconds:
            self._permits, self._read_at = tuple(self._read()), time.monotonic()
        return self._permits
