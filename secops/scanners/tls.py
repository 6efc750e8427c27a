"""Looks at TLS as a server speaks it: versions, weak suites, certificate, TLCP.

Versions and suites come from raw hellos, each offering one version: they show what the server
accepts or refuses, whatever our own OpenSSL was built to refuse. The certificate comes from a
handshake at security level 0, its chain from a second, verifying one.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from secops import __version__
from secops.contracts.scanning import Collected, Known, TlsOffer, Wire
from secops.errors import msgid
from secops.guards.hosts import literal_of
from secops.model.common import NotApplicable
from secops.model.evidence import Evidence, Failed, FailureKind, Observation, Stage, Target
from secops.reading.exchanges import Exchange, pack
from secops.reading.tls_evidence import CERTIFICATE, CHAIN, SECRECY, VERSION, WEAK, tls_facts
from secops.reading.tls_record import (
    SSL3,
    TLCP,
    TLS10,
    TLS11,
    TLS12,
    TLS13,
    VERSIONS,
    Flight,
    client_hello,
    flight_is_complete,
    server_flight,
)
from secops.reading.tls_suites import (
    FORWARD_SECRET,
    ORDINARY,
    TLCP_SUITES,
    TLS13_SUITES,
    WEAK_SUITES,
    has_forward_secrecy,
    of_the_kinds,
    weakness,
)
from secops.scanners._wire.together import together

_TRIED: Final = (TLS12, TLS13, TLS11, TLS10, SSL3, TLCP)
_MAIL_AND_FILES: Final = ("ftp", "smtp", "pop3", "imap", "telnet", "vnc")
_WITHOUT_TLS: Final = frozenset(
    ("http", "ssh", "redis", "postgresql", "mysql", "dns", "memcached", *_MAIL_AND_FILES)
)
_KINDS: Final = frozenset(("null", "anonymous", "export", "rc4", "des"))


@dataclass(slots=True)
class _Conversation:
    """What was said with one port, and how to say more."""

    target: Target
    wire: Wire
    exchanges: list[Exchange] = field(default_factory=list)
    flights: list[Flight] = field(default_factory=list)

    @property
    def versions(self) -> list[int]:
        return sorted({one.version for one in self.flights} & VERSIONS.keys())

    async def hello(self, asked: str, version: int, suites: Sequence[int] = ()) -> Flight | Failed:
        name = "" if literal_of(self.target.host) else self.target.host
        offered = suites or {TLS13: TLS13_SUITES, TLCP: TLCP_SUITES}.get(version, ORDINARY)
        hello = client_hello(version, offered, name=name, random=secrets.token_bytes(32))
        got = await self.wire.exchange(self.target, hello, enough=flight_is_complete)
        where = VERSIONS.get(version, "TLCP")
        if isinstance(got, Failed):
            self.exchanges.append(_failed(asked, got, where, hello))
            return got
        self.exchanges.append(Exchange(asked=asked, where=where, sent=hello, got=got))
        self.flights.append(server_flight(got))
        return self.flights[-1]


class TlsProbe:
    """Asks a TLS port what it accepts; `roots` are the unit's own, PEM, beside the system's."""

    name = "tls"
    stage = Stage.CONTENT
    batch_size = 16

    def __init__(self, roots: tuple[bytes, ...] = ()) -> None:
        self.roots = roots

    def accepts(self, target: Target, known: Known) -> NotApplicable | None:
        """Leave alone ports where another protocol was seen."""
        if target.port is None:
            return NotApplicable(msgid("no port is named"))
        if _WITHOUT_TLS.intersection(known.values("service.name", target.port)):
            return NotApplicable(msgid("another protocol than TLS was seen there"))
        return None

    async def collect(self, batch: Sequence[Target], wire: Wire) -> AsyncIterator[Collected]:
        """Ports side by side, the handshakes of one port one after another."""

        async def examine(target: Target) -> Collected:
            result = await self._examine(target, wire)
            return Collected(target=target, result=result, tool=f"secops {__version__}")

        async for one in together(batch, examine):
            yield one

    def interpret(self, evidence: Evidence) -> tuple[Observation, ...]:
        """Read versions, suites and certificate."""
        return tls_facts(evidence)

    async def _examine(self, target: Target, wire: Wire) -> bytes | Failed:
        talk = _Conversation(target, wire)
        first, *others = _TRIED
        begun = await talk.hello(VERSION, first)
        if isinstance(begun, Failed) and not _is_an_answer(begun):
            return begun
        if isinstance(begun, Flight) and not _is_tls(begun):
            return Failed(FailureKind.NOT_UNDERSTOOD, "no TLS is spoken there")
        for version in others:
            await talk.hello(VERSION, version)
        if not any(map(_is_tls, talk.flights)):
            return Failed(FailureKind.NOT_UNDERSTOOD, "no TLS is spoken there")
        if talk.versions:
            await _weak_suites(talk)
            await _forward_secrecy(talk)
            await self._certificate(talk)
        return pack(talk.exchanges)

    async def _certificate(self, talk: _Conversation) -> None:
        found = await talk.wire.handshake(talk.target, TlsOffer())
        if isinstance(found, Failed):
            talk.exchanges.append(_failed(CERTIFICATE, found))
            return
        agreed = f"{found.version} {found.suite}"
        for der in found.certificates:
            talk.exchanges.append(Exchange(asked=CERTIFICATE, got=der, note=agreed))
        offer = TlsOffer(verify=True, verify_name=False, roots=self.roots)
        judged = await talk.wire.handshake(talk.target, offer)
        talk.exchanges.append(
            _failed(CHAIN, judged)
            if isinstance(judged, Failed)
            else Exchange(asked=CHAIN, note=judged.verify_error)
        )


def _is_an_answer(failed: Failed) -> bool:
    """Whether it was the other side that closed: it may like another version better."""
    return failed.kind is FailureKind.REFUSED and failed.detail.startswith("closed")


def _is_tls(flight: Flight) -> bool:
    return bool(flight.version) or flight.alert is not None


def _failed(asked: str, failed: Failed, where: str = "", sent: bytes = b"") -> Exchange:
    return Exchange(
        asked=asked, where=where, sent=sent, note=failed.detail, failed=failed.kind.value
    )


async def _weak_suites(talk: _Conversation) -> None:
    """Offer weak suites only; what is taken is left out of the next offer, until all are refused.

    One hello for a good server, at most one more for each kind of weakness.
    """
    older = [one for one in talk.versions if one != TLS13] or [TLS12]
    for version in sorted({older[0], older[-1]}):
        kinds, offered = _KINDS, WEAK_SUITES
        while offered:
            flight = await talk.hello(WEAK, version, offered)
            found = () if isinstance(flight, Failed) else weakness(flight.suite)
            kinds -= frozenset(found)
            offered = of_the_kinds(kinds) if found else ()


async def _forward_secrecy(talk: _Conversation) -> None:
    agreed = (one.suite for one in talk.flights if one.version in VERSIONS)
    if TLS13 not in talk.versions and not any(map(has_forward_secrecy, agreed)):
        await talk.hello(SECRECY, talk.versions[-1], FORWARD_SECRET)
