"""What the lab offers, and where; the sample inventory points at these addresses and ports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NET: Final = 10
"""The demo's places are at 127.0.10.x; tests take another number, so that labs do not meet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One service: who answers there, with which settings."""

    name: str
    last: int  # of the address
    port: int
    what: str

    def host(self, net: int = NET) -> str:
        """Give the address in a lab's own net."""
        return f"127.0.{net}.{self.last}"


PLAIN_GOOD: Final = Place(name="plain-good", last=11, port=18080, what="http, leads to https")
PLAIN_BAD: Final = Place(name="plain-bad", last=12, port=18081, what="http, login form, .git, list")
TLS_GOOD: Final = Place(name="tls-good", last=11, port=18443, what="TLS 1.2 and 1.3, HSTS")
TLS_WEAK: Final = Place(name="tls-weak", last=12, port=18444, what="TLS 1.0 to 1.2, weak suites")
TLS_EXPIRED: Final = Place(name="tls-expired", last=13, port=18445, what="expired, self-signed")
TLS_OLD: Final = Place(name="tls-old", last=14, port=18446, what="TLS 1.0 only")
TLCP_ONLY: Final = Place(name="tlcp-only", last=15, port=18447, what="TLCP only (a stand-in)")
SSH: Final = Place(name="ssh", last=21, port=12222, what="OpenSSH with weak algorithms beside")
REDIS_OPEN: Final = Place(name="redis-open", last=22, port=16379, what="Redis without a password")
REDIS_ASKS: Final = Place(name="redis-asks", last=22, port=16380, what="Redis with a password")
POSTGRESQL: Final = Place(name="postgresql", last=23, port=15432, what="PostgreSQL, trusts anybody")

WEB: Final = (PLAIN_GOOD, PLAIN_BAD, TLS_GOOD, TLS_WEAK, TLS_EXPIRED, TLS_OLD)
PLACES: Final = (*WEB, TLCP_ONLY, SSH, REDIS_OPEN, REDIS_ASKS, POSTGRESQL)
GOOD_NAME: Final = "portal.lab.test"
"""The name in the certificate of `tls-good`, beside its address."""
