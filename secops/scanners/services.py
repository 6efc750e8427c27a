"""Finds out who answers at a port, by the fewest words that make it speak.

What is sent is listed in docs/reference/scanners.md. No password is ever sent or guessed: Redis is
asked PING, memcached its version, PostgreSQL is greeted once as `postgres`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from secops import __version__
from secops.contracts.scanning import Collected, HttpRequest, Known, Wire
from secops.errors import msgid
from secops.model.common import NotApplicable
from secops.model.evidence import Evidence, Failed, FailureKind, Observation, Stage, Target
from secops.reading.exchanges import Exchange, pack
from secops.reading.greeting import greeting_is_complete
from secops.reading.http_response import write_response
from secops.reading.postgresql_reply import STARTUP, TLS_REQUEST, postgresql_is_complete
from secops.reading.redis_reply import redis_is_complete
from secops.reading.service_evidence import (
    GREETING,
    HTTP,
    HTTPS,
    MEMCACHED,
    POSTGRESQL,
    POSTGRESQL_TLS,
    REDIS,
    SSH,
    TLS,
    may_be_https,
    service_facts,
    service_of,
)
from secops.reading.ssh_banner import ssh_is_complete
from secops.reading.tls_record import TLS12, client_hello, flight_is_complete
from secops.reading.tls_suites import ORDINARY
from secops.scanners._wire.together import together


@dataclass(frozen=True, slots=True)
class _Question:
    request: bytes
    enough: Callable[[bytes], bool]


_QUESTIONS: Final = {
    GREETING: _Question(b"", greeting_is_complete),
    HTTP: _Question(b"HEAD / HTTP/1.0\r\n\r\n", greeting_is_complete),
    TLS: _Question(client_hello(TLS12, ORDINARY), flight_is_complete),
    SSH: _Question(b"SSH-2.0-secops\r\n", ssh_is_complete),
    REDIS: _Question(b"PING\r\nQUIT\r\n", redis_is_complete),
    MEMCACHED: _Question(b"version\r\nquit\r\n", redis_is_complete),
    POSTGRESQL_TLS: _Question(TLS_REQUEST, bool),
    POSTGRESQL: _Question(STARTUP, postgresql_is_complete),
}
_BY_PORT: Final = {
    **dict.fromkeys((21, 23, 25, 110, 143, 587, 3306, 5900), GREETING),
    22: SSH,
    5432: POSTGRESQL_TLS,
    6379: REDIS,
    11211: MEMCACHED,
}
_OWN_QUESTION: Final = {
    "ssh": SSH,
    "redis": REDIS,
    "memcached": MEMCACHED,
    "postgresql": POSTGRESQL,
    "tls": HTTPS,
}
_GENERAL: Final = (HTTP, TLS, POSTGRESQL_TLS)
_HOPELESS: Final = (
    FailureKind.NOT_PERMITTED,
    FailureKind.UNRESOLVED,
    FailureKind.UNREACHABLE,
    FailureKind.SILENT,
    FailureKind.TIMED_OUT,
)


def next_question(port: int, so_far: Sequence[Exchange]) -> str | None:
    """Choose what to ask next, from the port's number and the answers so far; None: enough."""
    asked = {one.asked for one in so_far}
    if not so_far:
        return _BY_PORT.get(port, HTTP)
    service = service_of(so_far)
    if service:
        wanted = TLS if service == "http" and may_be_https(so_far) else _OWN_QUESTION.get(service)
        return wanted if wanted not in asked else None
    if so_far[-1].failed in [kind.value for kind in _HOPELESS]:
        return None
    return next((one for one in _GENERAL if one not in asked), None)


class ServiceProbe:
    """Names the service; knows SSH, Redis, PostgreSQL, memcached and web servers well."""

    name = "services"
    stage = Stage.SERVICES
    batch_size = 64

    def accepts(self, target: Target, known: Known) -> NotApplicable | None:
        """Every port may be asked."""
        del known
        if target.port is None:
            return NotApplicable(msgid("no port is named"))
        return None

    async def collect(self, batch: Sequence[Target], wire: Wire) -> AsyncIterator[Collected]:
        """Ask all of them together."""

        async def examine(target: Target) -> Collected:
            result = await _examine(target, wire)
            return Collected(target=target, result=result, tool=f"secops {__version__}")

        async for one in together(batch, examine):
            yield one

    def interpret(self, evidence: Evidence) -> tuple[Observation, ...]:
        """Read the service's name, its version, and whether it asks for a login."""
        return service_facts(evidence)


async def _examine(target: Target, wire: Wire) -> bytes | Failed:
    exchanges: list[Exchange] = []
    failed: Failed | None = None
    while asked := next_question(target.port or 0, exchanges):
        exchange, problem = await _ask(asked, target, wire)
        failed = failed or problem
        exchanges.append(exchange)
    return failed if failed and not any(one.got for one in exchanges) else pack(exchanges)


async def _ask(asked: str, target: Target, wire: Wire) -> tuple[Exchange, Failed | None]:
    if asked == HTTPS:
        return await _ask_within_tls(target, wire)
    question = _QUESTIONS[asked]
    got = await wire.exchange(target, question.request, enough=question.enough, most_bytes=32_768)
    if isinstance(got, Failed):
        return _without_answer(asked, question.request, got), got
    return Exchange(asked=asked, sent=question.request, got=got), None


async def _ask_within_tls(target: Target, wire: Wire) -> tuple[Exchange, Failed | None]:
    request = HttpRequest(method="HEAD", scheme="https", path="/", host=target.host, most_bytes=0)
    seen = await wire.fetch(target, request)
    if isinstance(seen, Failed):
        return _without_answer(HTTPS, b"HEAD /", seen), seen
    got = write_response(seen.status, seen.headers, b"")
    return Exchange(asked=HTTPS, sent=b"HEAD /", got=got), None


def _without_answer(asked: str, sent: bytes, failed: Failed) -> Exchange:
    return Exchange(asked=asked, sent=sent, note=failed.detail, failed=failed.kind.value)
