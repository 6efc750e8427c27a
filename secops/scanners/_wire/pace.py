"""How hard we lean on what we look at: places, rates, and one allowance of silence per host."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Shipped values are courteous; a user may only ask for less waiting, never for no permit."""

    at_once: int = 64
    at_once_per_host: int = 4
    connections_per_second: float = 300.0  # to all hosts together
    requests_per_second: float = 2.0  # HTTP, to one address and port, after a burst of:
    request_burst: int = 12
    resolve_seconds: float = 5.0
    connect_seconds: float = 3.0
    read_seconds: float = 5.0
    handshake_seconds: float = 8.0
    fetch_seconds: float = 20.0
    silence_seconds: float = 8.0  # for one address, all ports together; then we wait only:
    impatient_seconds: float = 0.5
    nmap_host_seconds: int = 60
    nmap_seconds: float = 600.0


class Bucket:
    """Lets `burst` through at once, then `rate` a second."""

    def __init__(self, rate: float, burst: float) -> None:
        self._gap, self._ahead, self._next = 1 / rate, (burst - 1) / rate, 0.0

    async def take(self) -> None:
        """Wait for our turn."""
        moment = asyncio.get_running_loop().time()
        start = max(moment, self._next - self._ahead)
        self._next = max(moment, self._next) + self._gap
        if start > moment:
            await asyncio.sleep(start - moment)


class Pace:
    """One for a whole run."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._places = asyncio.Semaphore(limits.at_once)
        self._at_host: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(limits.at_once_per_host)
        )
        rate = limits.connections_per_second
        self._connections = Bucket(rate, burst=max(1.0, rate / 10))
        self._requests: defaultdict[tuple[str, int], Bucket] = defaultdict(
            lambda: Bucket(limits.requests_per_second, limits.request_burst)
        )
        self._silence: defaultdict[str, float] = defaultdict(float)

    @asynccontextmanager
    async def place(self, address: str) -> AsyncIterator[None]:
        """Hold one of the places, first at the host, then among all."""
        async with self._at_host[address], self._places:
            yield

    async def connection(self) -> None:
        """Wait until the next connection may begin."""
        await self._connections.take()

    async def request(self, address: str, port: int) -> None:
        """Wait until the next HTTP request to this server may begin."""
        await self._requests[address, port].take()

    def patience(self, address: str, seconds: float) -> float:
        """How long to wait for this address: a silent one costs its allowance once, not a port."""
        spent = self._silence[address] >= self.limits.silence_seconds
        return min(seconds, self.limits.impatient_seconds) if spent else seconds

    def was_silent(self, address: str, seconds: float) -> None:
        """Take what was waited for nothing from the address's allowance."""
        self._silence[address] += seconds
