"""TCP: resolve once, ask the permits each time, connect to the address that was checked."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from secops.guards.hosts import host_of, literal_of
from secops.model.evidence import Failed, FailureKind, Target
from secops.scanners._wire.gate import Gate
from secops.scanners._wire.pace import Pace

MOST_ADDRESSES = 20
TRIED = 2  # of a name with several addresses


def worth_trying(addresses: Sequence[str]) -> tuple[str, ...]:
    """Choose few of a name's addresses: one of each family first, as the resolver orders them."""
    firsts = {":" in one: one for one in reversed(addresses)}
    mixed = sorted(addresses, key=lambda one: one not in firsts.values())
    return tuple(mixed[:TRIED])


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An open connection to an address that a permit covers."""

    address: str
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Sockets:
    """Opens connections, and remembers for a run what each name resolved to."""

    def __init__(self, gate: Gate, pace: Pace) -> None:
        self.gate, self.pace = gate, pace
        self._resolved: dict[str, asyncio.Task[tuple[str, ...] | Failed]] = {}

    async def addresses(self, target: Target) -> tuple[str, ...] | Failed:
        """Resolve once and keep what the permits cover now."""
        host = host_of(target.host)
        if host is None:
            return Failed(FailureKind.UNRESOLVED, "not a host name or address")
        if host not in self._resolved:
            self._resolved[host] = asyncio.create_task(self._resolve(host))
        found = await asyncio.shield(self._resolved[host])
        if isinstance(found, Failed):
            return found
        kept = tuple(one for one in found if self.gate.allows(host, one, target.port))
        return kept or Failed(FailureKind.NOT_PERMITTED, ", ".join(found))

    async def _resolve(self, host: str) -> tuple[str, ...] | Failed:
        if literal_of(host):
            return (host,)
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(self.pace.limits.resolve_seconds):
                found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except OSError as error:  # TimeoutError is one
            return Failed(FailureKind.UNRESOLVED, error.strerror or "no answer from the resolver")
        literals = (literal_of(str(one[4][0])) for one in found)
        unique = dict.fromkeys(str(one) for one in literals if one)
        return tuple(unique)[:MOST_ADDRESSES]

    @asynccontextmanager
    async def link(self, target: Target, port: int) -> AsyncIterator[Link | Failed]:
        """Lend a connection, or say why there is none; closed at once when given back."""
        addresses = await self.addresses(target)
        if isinstance(addresses, Failed):
            yield addresses
            return
        failed = Failed(FailureKind.UNREACHABLE, "no address")
        for address in worth_trying(addresses):
            async with self.pace.place(address):
                link = await self._connect(target.host, address, port)
                if isinstance(link, Link):
                    try:
                        yield link
                    finally:
                        link.writer.transport.abort()
                        with suppress(OSError):
                            await link.writer.wait_closed()
                    return
                failed = link
        yield failed

    async def _connect(self, host: str, address: str, port: int) -> Link | Failed:
        await self.pace.connection()
        seconds = self.pace.patience(address, self.pace.limits.connect_seconds)
        if not self.gate.allows(host, address, port):  # asked last: the permit may have ended
            return Failed(FailureKind.NOT_PERMITTED, f"{address} port {port}")
        try:
            async with asyncio.timeout(seconds):
                reader, writer = await asyncio.open_connection(address, port)
        except TimeoutError:
            self.pace.was_silent(address, seconds)
            return Failed(FailureKind.SILENT, f"no answer from {address} port {port}")
        except ConnectionRefusedError:
            return Failed(FailureKind.REFUSED, f"{address} port {port}")
        except OSError as error:
            return Failed(FailureKind.UNREACHABLE, f"{address}: {error.strerror or error}")
        return Link(address=address, reader=reader, writer=writer)

    async def talk(
        self,
        link: Link,
        request: bytes,
        enough: Callable[[bytes], bool] | None,
        most_bytes: int,
    ) -> bytes | Failed:
        """Send, then read until it is enough, they close, or a limit passes."""
        got = bytearray()
        seconds = self.pace.patience(link.address, self.pace.limits.read_seconds)
        try:
            async with asyncio.timeout(seconds):
                if request:
                    link.writer.write(request)
                    await link.writer.drain()
                while len(got) < most_bytes and (piece := await link.reader.read(65_536)):
                    got += piece
                    if enough and enough(bytes(got)):
                        break
        except TimeoutError:
            self.pace.was_silent(link.address, seconds)
            return bytes(got) or Failed(FailureKind.SILENT, "connected, but no answer")
        except OSError as error:
            return bytes(got) or Failed(FailureKind.REFUSED, f"closed: {error.strerror or error}")
        return bytes(got[:most_bytes]) or Failed(FailureKind.REFUSED, "closed without a word")
