"""The wire that scanners are given: it alone checks permit, rate and limits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import aiohttp

from secops.contracts.scanning import HttpRequest, HttpSeen, TlsOffer, TlsSeen, ToolRun
from secops.contracts.world import Now
from secops.guards.hosts import literal_of
from secops.model.evidence import Failed, FailureKind, Target
from secops.model.permit import Permit
from secops.scanners._wire.gate import Gate
from secops.scanners._wire.http import Client, fetch_from
from secops.scanners._wire.nmap import run_nmap
from secops.scanners._wire.pace import Limits, Pace
from secops.scanners._wire.sockets import Sockets, worth_trying
from secops.scanners._wire.tls import shake

_NOBODY = (FailureKind.REFUSED, FailureKind.UNREACHABLE, FailureKind.SILENT)


class OpenWire:
    """Fits `contracts.Wire`; `async with OpenWire(permits, now) as wire:`."""

    def __init__(
        self, permits: Callable[[], Sequence[Permit]], now: Now, limits: Limits | None = None
    ) -> None:
        self._gate = Gate(permits, now)
        self._pace = Pace(limits or Limits())
        self._sockets = Sockets(self._gate, self._pace)
        self._client: Client | None = None
        self._one_nmap = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._client is not None:
            await self._client.close()

    async def addresses(self, target: Target) -> tuple[str, ...] | Failed:
        """Resolve once and keep what the permits cover."""
        return await self._sockets.addresses(target)

    async def connects(self, target: Target, port: int) -> bool | Failed:
        """Whether a TCP connection is accepted; False: refused, which is an answer."""
        async with self._sockets.link(target, port) as link:
            if isinstance(link, Failed):
                return False if link.kind is FailureKind.REFUSED else link
            return True

    async def exchange(
        self,
        target: Target,
        request: bytes,
        *,
        enough: Callable[[bytes], bool] | None = None,
        most_bytes: int = 65_536,
    ) -> bytes | Failed:
        """Send, then read until `enough` says so, the other side closes, or a limit passes."""
        async with self._sockets.link(target, _port(target)) as link:
            if isinstance(link, Failed):
                return link
            return await self._sockets.talk(link, request, enough, most_bytes)

    async def handshake(self, target: Target, offer: TlsOffer) -> TlsSeen | Failed:
        """Make one TLS handshake and close."""
        async with self._sockets.link(target, _port(target)) as link:
            if isinstance(link, Failed):
                return link
            seconds = self._pace.patience(link.address, self._pace.limits.handshake_seconds)
            try:
                async with asyncio.timeout(seconds):
                    return await shake(link, target.host, offer)
            except TimeoutError:
                self._pace.was_silent(link.address, seconds)
                return Failed(FailureKind.SILENT, "connected, but no handshake")

    async def fetch(self, target: Target, request: HttpRequest) -> HttpSeen | Failed:
        """Send one request and read the response within every bound."""
        addresses = await self._sockets.addresses(target)
        if isinstance(addresses, Failed):
            return addresses
        fitting = [one for one in addresses if request.family in (0, _family(one))]
        if not fitting:
            return Failed(FailureKind.UNRESOLVED, f"no IPv{request.family} address")
        seen: HttpSeen | Failed = Failed(FailureKind.UNREACHABLE, "no address")
        for address in worth_trying(fitting):
            seen = await self._fetch_from(address, target, request)
            if not (isinstance(seen, Failed) and seen.kind in _NOBODY):
                break
        return seen

    async def _fetch_from(
        self, address: str, target: Target, request: HttpRequest
    ) -> HttpSeen | Failed:
        port = _port(target)
        await self._pace.request(address, port)
        async with self._pace.place(address):
            await self._pace.connection()
            if not self._gate.allows(target.host, address, port):
                return Failed(FailureKind.NOT_PERMITTED, f"{address} port {port}")
            seconds = self._pace.limits.fetch_seconds
            try:
                async with asyncio.timeout(seconds):
                    return await fetch_from(self._http(), address, port, request)
            except TimeoutError:
                return Failed(FailureKind.TIMED_OUT, f"over {seconds:g} s")

    async def nmap(
        self, targets: Sequence[Target], ports: Sequence[int], *, versions: bool
    ) -> ToolRun | Failed:
        """Run nmap over permitted address literals, one child at a time."""
        async with self._one_nmap:
            return await run_nmap(self._gate, self._pace.limits, targets, ports, versions=versions)

    def _http(self) -> aiohttp.ClientSession:
        if self._client is None:
            self._client = Client()
        return self._client.session


def _port(target: Target) -> int:
    if target.port is None:
        message = "this needs a target with a port"
        raise ValueError(message)
    return target.port


def _family(address: str) -> int:
    literal = literal_of(address)
    return literal.version if literal else 0
