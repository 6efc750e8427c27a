"""The probes against real nginx, OpenSSH, Redis and PostgreSQL, through a real wire."""

from __future__ import annotations

import pytest

from secops.lab.lab import Lab
from secops.lab.places import (
    PLAIN_BAD,
    PLAIN_GOOD,
    POSTGRESQL,
    REDIS_ASKS,
    REDIS_OPEN,
    SSH,
    TLCP_ONLY,
    TLS_EXPIRED,
    TLS_GOOD,
    TLS_OLD,
    TLS_WEAK,
    Place,
)
from secops.model.evidence import Failed, FailureKind
from secops.reading.http_page import WebsiteWords
from secops.scanners.http import HttpProbe
from secops.scanners.services import ServiceProbe
from secops.scanners.tls import TlsProbe
from tests.scanners.conftest import Look

pytestmark = pytest.mark.slow

TLS_TABLE = {
    TLS_GOOD: {
        "tls.versions": "TLSv1.2,TLSv1.3",
        "tls.weak-suites": "none",
        "tls.forward-secrecy": "yes",
        "tls.tlcp": "no",
        "tls.certificate.key": "ec-256",
        "tls.certificate.name-fits": "yes",
        "tls.certificate.chain": "trusted",
    },
    TLS_WEAK: {
        "tls.versions": "TLSv1.0,TLSv1.1,TLSv1.2",
        "tls.lowest-version": "TLSv1.0",
        "tls.weak-suites": "null,anonymous",
        "tls.certificate.key": "rsa-1024",
    },
    TLS_EXPIRED: {"tls.certificate.chain": "self-signed", "tls.versions": "TLSv1.2"},
    TLS_OLD: {"tls.versions": "TLSv1.0", "tls.highest-version": "TLSv1.0"},
    TLCP_ONLY: {
        "tls.tlcp": "yes",
        "tls.certificate.key": "sm2-256",
        "tls.certificate.signature": "sm3",
    },
}
WEB_TABLE = {
    PLAIN_GOOD: {"http.status": "301", "http.redirect-scheme": "https", "http.login-form": "https"},
    PLAIN_BAD: {
        "http.redirect-scheme": "none",
        "http.login-form": "http",
        "http.listing": "yes",
        "http.error-detail": "trace",
        "http.exposed": "git",
        "http.headers-missing": "csp,frame-options,nosniff,referrer-policy",
    },
    TLS_GOOD: {
        "http.hsts": "yes",
        "http.headers-missing": "none",
        "http.cookies-weak": "none",
        "http.exposed": "none",
        "http.error-detail": "none",
        "http.server-banner": "nginx",
    },
    TLS_WEAK: {"http.hsts": "no", "http.cookies-weak": "JSESSIONID:secure+httponly"},
    TLS_OLD: {"http.status": "200", "http.login-form": "https"},
}
SERVICE_TABLE = {
    PLAIN_BAD: {"service.name": "http"},
    TLS_GOOD: {"service.name": "https"},
    TLS_OLD: {"service.name": "https"},
    TLCP_ONLY: {"service.name": "tls"},
    SSH: {
        "service.name": "ssh",
        "service.product": "OpenSSH",
        "ssh.protocol": "2.0",
        "ssh.weak-algorithms": "diffie-hellman-group1-sha1,aes128-cbc",
    },
    REDIS_OPEN: {"service.name": "redis", "redis.access": "open"},
    REDIS_ASKS: {"service.name": "redis", "redis.access": "asks"},
    POSTGRESQL: {
        "service.name": "postgresql",
        "postgresql.access": "open",
        "postgresql.tls": "refused",
    },
}


def part_of(seen: object, wanted: dict[str, str]) -> dict[str, str]:
    assert isinstance(seen, dict), seen
    return {name: seen.get(name, "") for name in wanted}


@pytest.mark.parametrize("place", TLS_TABLE, ids=lambda place: place.name)
def test_tls_is_seen_as_the_server_speaks_it(lab: Lab, look: Look, place: Place) -> None:
    seen = look(TlsProbe((lab.root,)), lab.host(place), place.port)
    assert part_of(seen, TLS_TABLE[place]) == TLS_TABLE[place]


@pytest.mark.parametrize("place", WEB_TABLE, ids=lambda place: place.name)
def test_a_website_is_seen_as_a_visitor_sees_it(
    lab: Lab, look: Look, website_words: WebsiteWords, place: Place
) -> None:
    seen = look(HttpProbe(website_words), lab.host(place), place.port)
    assert part_of(seen, WEB_TABLE[place]) == WEB_TABLE[place]


@pytest.mark.parametrize("place", SERVICE_TABLE, ids=lambda place: place.name)
def test_a_service_is_named_on_a_port_that_nobody_knows(lab: Lab, look: Look, place: Place) -> None:
    if place not in lab.places:
        pytest.skip(f"install {', '.join(lab.missing)}")
    seen = look(ServiceProbe(), lab.host(place), place.port)
    assert part_of(seen, SERVICE_TABLE[place]) == SERVICE_TABLE[place]


def test_an_expired_certificate_counts_its_days_below_zero(lab: Lab, look: Look) -> None:
    seen = look(TlsProbe(), lab.host(TLS_EXPIRED), TLS_EXPIRED.port)
    assert isinstance(seen, dict)
    assert int(seen["tls.certificate.days-left"]) < 0


def test_a_root_of_ones_own_makes_the_difference_of_trust(lab: Lab, look: Look) -> None:
    seen = look(TlsProbe(), lab.host(TLS_GOOD), TLS_GOOD.port)
    assert isinstance(seen, dict)
    assert seen["tls.certificate.chain"] != "trusted"


def test_a_plain_web_server_gives_no_word_about_tls(lab: Lab, look: Look) -> None:
    failed = look(TlsProbe(), lab.host(PLAIN_BAD), PLAIN_BAD.port)
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.NOT_UNDERSTOOD


def test_a_closed_port_is_refused_and_not_called_good(lab: Lab, look: Look) -> None:
    for probe in (TlsProbe(), ServiceProbe()):
        failed = look(probe, lab.host(PLAIN_BAD), 18099)
        assert isinstance(failed, Failed)
        assert failed.kind is FailureKind.REFUSED
