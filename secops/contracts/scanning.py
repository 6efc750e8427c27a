"""Scanners and the wire: nothing but the wire opens sockets or starts programs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from secops.model.common import NotApplicable
from secops.model.evidence import Evidence, Failed, Observation, Stage, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsOffer:
    """One handshake: the versions and suites offered, in OpenSSL's words, at security level 0."""

    lowest: str = ""  # such as `TLSv1`; empty: what the library can
    highest: str = ""
    suites: str = ""  # a cipher string; empty: ALL:@SECLEVEL=0
    verify: bool = False  # judge the chain
    verify_name: bool = True  # then also whether the certificate fits the name
    roots: tuple[bytes, ...] = ()  # PEM of the unit's own roots, beside the system's


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsSeen:
    """What the other side agreed to."""

    version: str
    suite: str
    certificates: tuple[bytes, ...]  # DER; the leaf first
    verify_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """One GET or HEAD. `scheme` is http or https."""

    method: str
    scheme: str
    path: str
    host: str  # the name that is sent; the address was resolved and checked by the wire
    headers: tuple[tuple[str, str], ...] = ()
    most_bytes: int = 2 * 1024 * 1024  # after decoding
    family: int = 0  # 4 or 6: only that; 0: what answers first


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSeen:
    """One response; redirects are never followed by the wire, they are evidence."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    truncated: bool
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolRun:
    """What the child program gave: its raw outputs, split per target by the scanner."""

    outputs: tuple[bytes, ...]
    complete: bool  # False: it was cut off, what it wrote is kept
    tool: str  # name and version
    arguments: str
    warnings: str = ""


class Wire(Protocol):
    """The only way to the network: it alone checks permit, rate and limits, at every connection.

    No method raises for what the other side does; all have a total deadline.
    """

    async def addresses(self, target: Target) -> tuple[str, ...] | Failed:
        """Resolve once and keep what the permits cover; nothing left: NOT_PERMITTED."""

    async def connects(self, target: Target, port: int) -> bool | Failed:
        """Whether a TCP connection to this port is accepted (False: refused)."""

    async def exchange(
        self,
        target: Target,
        request: bytes,
        *,
        enough: Callable[[bytes], bool] | None = None,
        most_bytes: int = 65_536,
    ) -> bytes | Failed:
        """Send, then read until `enough` says so, the other side closes, or a limit passes."""

    async def handshake(self, target: Target, offer: TlsOffer) -> TlsSeen | Failed:
        """Make one TLS handshake and close."""

    async def fetch(self, target: Target, request: HttpRequest) -> HttpSeen | Failed:
        """Send one request and read the response within every bound."""

    async def nmap(
        self, targets: Sequence[Target], ports: Sequence[int], *, versions: bool
    ) -> ToolRun | Failed:
        """Run nmap over permitted address literals; TOOL_MISSING where it is not installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What one target of a batch gave."""

    target: Target
    result: bytes | Failed
    tool: str = ""
    arguments: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What earlier stages saw at a target's endpoint."""

    observations: tuple[Observation, ...] = field(default=())

    def values(self, name: str, port: int | None = None) -> tuple[str, ...]:
        """Give the values of one observation, on one port or on any."""
        return tuple(
            one.value
            for one in self.observations
            if one.name == name and port in (None, one.target.port)
        )


class Scanner(Protocol):
    """What every scanner offers. `name` is stable: it stands in reports and in the store."""

    name: str
    stage: Stage
    batch_size: int  # 1 unless the tool underneath is faster with many

    def accepts(self, target: Target, known: Known) -> NotApplicable | None:
        """Say why this target is not for us, given what earlier stages saw; None: it is."""

    def collect(self, batch: Sequence[Target], wire: Wire) -> AsyncIterator[Collected]:
        """Do the I/O through `wire`; give exactly one result for each target, in any order.

        A tool's answer for a whole batch is split here: no evidence shows another owner's hosts.
        """

    def interpret(self, evidence: Evidence) -> tuple[Observation, ...]:
        """Read facts out of evidence. Pure: same bytes, same observations."""
