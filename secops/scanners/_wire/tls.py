"""One TLS handshake at security level 0: an old server is seen as old, never as unreachable."""

from __future__ import annotations

import ssl
import warnings
from functools import lru_cache
from typing import Final

from secops.contracts.scanning import TlsOffer, TlsSeen
from secops.model.evidence import Failed, FailureKind
from secops.scanners._wire.sockets import Link

ALL_SUITES: Final = "ALL:COMPLEMENTOFALL:@SECLEVEL=0"
_VERSIONS: Final = {
    "SSLv3": ssl.TLSVersion.SSLv3,
    "TLSv1": ssl.TLSVersion.TLSv1,
    "TLSv1.0": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}
_LEGACY_CONNECT: Final = 0x4  # also servers without secure renegotiation
_OUR_LIBRARY: Final = ("NO_PROTOCOLS_AVAILABLE", "NO_CIPHERS_AVAILABLE", "NO_SUITABLE")
_THEIR_NO: Final = ("ALERT", "UNSUPPORTED_PROTOCOL", "DH_KEY_TOO_SMALL", "EOF")
_MOST_BYTES: Final = 1_000_000


@lru_cache(maxsize=64)
def context_for(offer: TlsOffer) -> ssl.SSLContext:
    """Build the client side of an offer; raises ssl.SSLError where our OpenSSL cannot offer it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = offer.verify and offer.verify_name
    context.verify_mode = ssl.CERT_REQUIRED if offer.verify else ssl.CERT_NONE
    if offer.verify:
        context.load_default_certs()
        for pem in offer.roots:
            context.load_verify_locations(cadata=pem.decode("ascii", "replace"))
    with warnings.catch_warnings():
        # Old versions are what we look for; the warning is meant for those who use them.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = _VERSIONS.get(offer.lowest, ssl.TLSVersion.MINIMUM_SUPPORTED)
        context.maximum_version = _VERSIONS.get(offer.highest, ssl.TLSVersion.MAXIMUM_SUPPORTED)
        context.options |= _LEGACY_CONNECT
    context.set_ciphers(offer.suites or ALL_SUITES)
    return context


async def shake(link: Link, name: str, offer: TlsOffer) -> TlsSeen | Failed:
    """Shake hands over an open connection, and no more."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        tls = context_for(offer).wrap_bio(incoming, outgoing, server_hostname=name)
    except (ssl.SSLError, ValueError) as error:
        return Failed(FailureKind.TOOL_FAILED, f"our OpenSSL cannot offer this: {error}")
    try:
        await _pump(link, tls, incoming, outgoing)
    except ssl.SSLCertVerificationError as error:
        said = f"{error.verify_code} {error.verify_message}"
        return TlsSeen(version=tls.version() or "", suite="", certificates=(), verify_error=said)
    except ssl.SSLError as error:
        return _why(error)
    except OSError as error:
        return Failed(FailureKind.REFUSED, f"closed: {error.strerror or error}")
    suite = tls.cipher()
    return TlsSeen(
        version=_plain(tls.version()),
        suite=suite[0] if suite else "",
        certificates=_certificates(tls),
    )


async def _pump(
    link: Link, tls: ssl.SSLObject, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO
) -> None:
    """Carry bytes between the library and the socket until the handshake is done."""
    received = 0
    while True:
        try:
            tls.do_handshake()
        except ssl.SSLWantReadError:
            link.writer.write(outgoing.read())
            await link.writer.drain()
            piece = await link.reader.read(65_536)
            received += len(piece)
            if piece and received <= _MOST_BYTES:
                incoming.write(piece)
            else:
                incoming.write_eof()
        else:
            link.writer.write(outgoing.read())
            return


def _why(error: ssl.SSLError) -> Failed:
    reason = error.reason or str(error)
    if any(one in reason for one in _OUR_LIBRARY):
        return Failed(FailureKind.TOOL_FAILED, f"our OpenSSL cannot offer this: {reason}")
    if isinstance(error, ssl.SSLEOFError) or any(one in reason for one in _THEIR_NO):
        return Failed(FailureKind.REFUSED, reason)
    return Failed(FailureKind.NOT_UNDERSTOOD, reason)


def _certificates(tls: ssl.SSLObject) -> tuple[bytes, ...]:
    """Give the chain where Python lets us see it (3.13 on), else the leaf."""
    chain = getattr(tls, "get_unverified_chain", None)
    if chain is not None:
        return tuple(chain())
    leaf = tls.getpeercert(binary_form=True)
    return (leaf,) if leaf else ()


def _plain(version: str | None) -> str:
    return "TLSv1.0" if version == "TLSv1" else version or ""
