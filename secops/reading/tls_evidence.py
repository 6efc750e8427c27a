"""Facts of a TLS port, read out of the transcript of hellos and handshakes that the probe kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from secops.model.evidence import Evidence, Observation
from secops.reading.certificate import Certificate, read_certificate
from secops.reading.exchanges import Exchange, observed, unpack
from secops.reading.tls_record import TLCP, TLS13, VERSIONS, Flight, server_flight
from secops.reading.tls_suites import has_forward_secrecy, weakness

VERSION: Final = "version"  # a hello that offers one version and every suite
WEAK: Final = "weak-suites"  # a hello that offers weak suites only
SECRECY: Final = "forward-secrecy"  # a hello that offers suites with forward secrecy only
CERTIFICATE: Final = "certificate"  # DER from a complete handshake, leaf first
CHAIN: Final = "chain"  # a verifying handshake; `note` is the library's complaint
"""What an exchange of the transcript was made for."""

_ORDER = ("null", "anonymous", "export", "rc4", "des")
_DATES = ("expired", "not yet valid", "mismatch")
_UNKNOWN_ROOT = ("self signed certificate in certificate chain", "unable to")
_SELF_SIGNED = "self signed certificate"


def tls_facts(evidence: Evidence) -> tuple[Observation, ...]:
    """Read versions, suites and the certificate; nothing where no TLS was spoken."""
    exchanges = unpack(evidence.content)
    flights = [
        (one.asked, server_flight(one.got))
        for one in exchanges
        if one.asked in (VERSION, WEAK, SECRECY)
    ]
    versions = sorted({flight.version for _, flight in flights} & VERSIONS.keys())
    tlcp = speaks_tlcp(flight for _, flight in flights)
    facts: list[tuple[str, str | None]] = []
    if versions:
        facts += _protocol(versions, flights)
    if versions or tlcp:
        facts.append(("tls.tlcp", "yes" if tlcp else "no"))
        facts += _certificate(exchanges, [flight for _, flight in flights], evidence)
    return observed(evidence, facts)


def speaks_tlcp(flights: Iterator[Flight] | Sequence[Flight]) -> bool:
    """Whether a hello was agreed to, or refused, in the version number of GB/T 38636."""
    return any(
        flight.version == TLCP or (flight.record_version == TLCP and flight.alert is not None)
        for flight in flights
    )


def _protocol(
    versions: Sequence[int], flights: Sequence[tuple[str, Flight]]
) -> Iterator[tuple[str, str | None]]:
    names = [VERSIONS[number] for number in versions]
    yield "tls.versions", ",".join(names)
    yield "tls.lowest-version", names[0]
    yield "tls.highest-version", names[-1]
    agreed = {flight.suite for _, flight in flights if flight.version in VERSIONS}
    if any(asked == WEAK for asked, _ in flights):
        kinds = {kind for suite in agreed for kind in weakness(suite)}
        yield "tls.weak-suites", ",".join(one for one in _ORDER if one in kinds) or "none"
    secret = TLS13 in versions or any(has_forward_secrecy(suite) for suite in agreed)
    if secret or any(asked == SECRECY for asked, _ in flights):
        yield "tls.forward-secrecy", "yes" if secret else "no"


def _certificate(
    exchanges: Sequence[Exchange], flights: Sequence[Flight], evidence: Evidence
) -> Iterator[tuple[str, str | None]]:
    sent = max((flight.certificates for flight in flights), key=len, default=())
    shown = tuple(one.got for one in exchanges if one.asked == CERTIFICATE and one.got) or sent
    leaf = read_certificate(shown[0]) if shown else None
    if leaf is None:
        return
    yield "tls.certificate.key", leaf.key
    yield "tls.certificate.signature", leaf.signature
    if leaf.not_after is not None:
        yield "tls.certificate.not-after", leaf.not_after.date().isoformat()
        yield "tls.certificate.days-left", _days(evidence.taken_at, leaf.not_after)
    fits = leaf.fits(evidence.target.host)
    if fits is not None:
        yield "tls.certificate.name-fits", "yes" if fits else "no"
    notes = [one for one in exchanges if one.asked == CHAIN and not one.failed]
    yield "tls.certificate.chain", _chain(leaf, len(max(sent, shown, key=len)), notes, sent)


def _days(now: datetime, until: datetime) -> str:
    return str((until - now).days)


def _chain(
    leaf: Certificate, length: int, notes: Sequence[Exchange], sent: Sequence[bytes]
) -> str | None:
    """Say how far up the chain leads; None: the library stopped at something else first."""
    if leaf.names_itself_issuer and length == 1:
        return "self-signed"
    if not notes:
        return None
    complaint = notes[0].note.lower().replace("-", " ")
    if not complaint:
        return "trusted"
    if any(word in complaint for word in _DATES):
        return None
    if any(word in complaint for word in _UNKNOWN_ROOT):
        return "broken" if len(sent) == 1 else "private"
    return "self-signed" if _SELF_SIGNED in complaint else "broken"
