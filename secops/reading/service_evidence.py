"""Who answers at a port, and whether without a login: read from the transcript of the probe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from secops.guards.text import clean_text
from secops.model.evidence import Evidence, Observation
from secops.reading.exchanges import Exchange, observed, unpack
from secops.reading.greeting import Greeting, read_greeting
from secops.reading.http_response import read_response
from secops.reading.memcached_reply import memcached_access
from secops.reading.postgresql_reply import postgresql_access, postgresql_tls
from secops.reading.redis_reply import redis_access
from secops.reading.ssh_banner import read_ssh
from secops.reading.tls_evidence import speaks_tlcp
from secops.reading.tls_record import server_flight

GREETING: Final = "greeting"  # nothing was sent
HTTP: Final = "http"  # HEAD in the clear
HTTPS: Final = "https"  # HEAD within TLS
TLS: Final = "tls"  # a hello
SSH: Final = "ssh"  # our version line
REDIS: Final = "redis"  # PING, QUIT
MEMCACHED: Final = "memcached"  # version, quit
POSTGRESQL_TLS: Final = "postgresql-tls"  # SSLRequest
POSTGRESQL: Final = "postgresql"  # one startup message
"""What an exchange of the transcript was made for."""

_PLAIN_ON_TLS: Final = 400
_FIRST_LINES: Final = (GREETING, HTTP, SSH, REDIS, MEMCACHED)
Fact = tuple[str, str | None]


def service_facts(evidence: Evidence) -> tuple[Observation, ...]:
    """Read the service's name and what it said for itself; `unknown`: it spoke, we did not know."""
    exchanges = unpack(evidence.content)
    if not any(one.got for one in exchanges):
        return ()
    said = _greeting(exchanges)
    facts: list[Fact] = [
        ("service.name", service_of(exchanges) or "unknown"),
        ("service.product", said.product if said else None),
        ("service.version", said.version if said else None),
    ]
    for one in exchanges:
        facts += _own_facts(one)
    return observed(evidence, facts)


def service_of(exchanges: Sequence[Exchange]) -> str:
    """Name the service as far as the exchanges tell; empty: not yet known."""
    by_asked = {one.asked: one.got for one in exchanges}
    if postgresql_tls(by_asked.get(POSTGRESQL_TLS, b"")):
        return "postgresql"
    flight = server_flight(by_asked.get(TLS, b""))
    if flight.version or flight.alert is not None or speaks_tlcp([flight]):
        complained = read_response(by_asked.get(HTTP, b""))
        inside = read_response(by_asked.get(HTTPS, b""))
        return "https" if inside or complained else "tls"
    said = _greeting(exchanges)
    return said.service if said else ""


def may_be_https(exchanges: Sequence[Exchange]) -> bool:
    """Whether plain HTTP was answered as web servers answer it on their TLS port."""
    answers = (read_response(one.got) for one in exchanges if one.asked == HTTP)
    return any(answer and answer.status == _PLAIN_ON_TLS for answer in answers)


def _greeting(exchanges: Sequence[Exchange]) -> Greeting | None:
    lines = (read_greeting(one.got) for one in exchanges if one.asked in _FIRST_LINES)
    found = [one for one in lines if one]
    return max(found, key=lambda one: bool(one.version), default=None)


def _own_facts(one: Exchange) -> Iterator[Fact]:
    match one.asked:
        case "ssh":
            greeting = read_ssh(one.got)
            if greeting:
                yield "ssh.protocol", greeting.protocol
            if greeting and greeting.weak is not None:
                weak = ",".join(clean_text(name, 60) for name in greeting.weak)
                yield "ssh.weak-algorithms", weak or "none"
        case "redis":
            yield "redis.access", redis_access(one.got)
        case "memcached":
            yield "memcached.access", memcached_access(one.got)
        case "postgresql-tls":
            yield "postgresql.tls", postgresql_tls(one.got)
        case "postgresql":
            yield "postgresql.access", postgresql_access(one.got)
        case _:
            return
