"""TLS, SSLv3 and TLCP hellos on the level of bytes: what OpenSSL will not say for us.

Written out by hand because the local library refuses the very versions we look for. Only the first
flight is read; nothing is decrypted or verified here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

SSL3, TLS10, TLS11, TLS12, TLS13, TLCP = 0x0300, 0x0301, 0x0302, 0x0303, 0x0304, 0x0101
VERSIONS: Final = {
    SSL3: "SSLv3",
    TLS10: "TLSv1.0",
    TLS11: "TLSv1.1",
    TLS12: "TLSv1.2",
    TLS13: "TLSv1.3",
}
_ALERT, _HANDSHAKE = 21, 22
_SERVER_HELLO, _CERTIFICATE = 2, 11
_MOST_HANDSHAKE = 64 * 1024
_MOST_CERTIFICATES = 20
_X25519 = 29
_SUPPORTED_VERSIONS = 43
_VERSION_BYTES = 2
_ALERT_BYTES = 2
_LEAST_HELLO = 38  # version, 32 random bytes, session length, suite, compression


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """The first answer to a hello. Without `version` the server did not agree."""

    version: int = 0  # of the ServerHello
    suite: int = 0
    certificates: tuple[bytes, ...] = ()  # DER as sent; empty from TLS 1.3 on
    alert: int | None = None
    record_version: int = 0  # of the first record: an alert marked 01 01 gives TLCP away


def client_hello(
    version: int, suites: Sequence[int], *, name: str = "", random: bytes = bytes(32)
) -> bytes:
    """Write a hello that offers one version only."""
    legacy = min(version, TLS12) if version != TLCP else TLCP
    body = struct.pack(">H", legacy) + random + b"\x00" + _vector(2, _numbers(suites)) + b"\x01\x00"
    if version not in (SSL3, TLCP):
        body += _vector(2, b"".join(_extensions(version, name, random)))
    hello = b"\x01" + _vector(3, body)
    record = {TLCP: TLCP, SSL3: SSL3}.get(version, TLS10)
    return struct.pack(">BH", _HANDSHAKE, record) + _vector(2, hello)


def _vector(width: int, content: bytes) -> bytes:
    return len(content).to_bytes(width, "big") + content


def _numbers(values: Sequence[int]) -> bytes:
    return b"".join(value.to_bytes(2, "big") for value in values)


def _extensions(version: int, name: str, random: bytes) -> Iterator[bytes]:
    if name:
        host = name.encode("idna" if not name.isascii() else "ascii")
        yield _extension(0, _vector(2, b"\x00" + _vector(2, host)))
    yield _extension(10, _vector(2, _numbers((_X25519, 23, 24, 25, 30, 256, 257))))
    yield _extension(11, b"\x01\x00")
    if version >= TLS12:
        schemes = (0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0807, 0x0809, 0x080A)
        older = (0x0401, 0x0501, 0x0601, 0x0402, 0x0203, 0x0201, 0x0202, 0x0101)
        yield _extension(13, _vector(2, _numbers((*schemes, *older))))
    if version == TLS13:
        yield _extension(_SUPPORTED_VERSIONS, _vector(1, _numbers((TLS13,))))
        yield _extension(45, b"\x01\x01")
        share = _numbers((_X25519,)) + _vector(2, random)
        yield _extension(51, _vector(2, share))


def _extension(number: int, content: bytes) -> bytes:
    return number.to_bytes(2, "big") + _vector(2, content)


def _records(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 5 <= len(content):
        kind, version, length = struct.unpack_from(">BHH", content, at)
        if kind not in (20, 21, 22, 23) or version >> 8 not in (1, 3):
            return
        body = content[at + 5 : at + 5 + length]
        if len(body) < length:
            return
        yield kind, version, body
        at += 5 + length


def _messages(handshake: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(handshake):
        length = int.from_bytes(handshake[at + 1 : at + 4], "big")
        if at + 4 + length > len(handshake):
            return
        yield handshake[at], handshake[at + 4 : at + 4 + length]
        at += 4 + length


def server_flight(content: bytes) -> Flight:
    """Read the records that answer a hello; other protocols give an empty flight."""
    handshake, alert, first = b"", None, 0
    for kind, version, body in _records(content):
        first = first or version
        if kind == _ALERT and len(body) == _ALERT_BYTES:
            alert = body[1]
        if kind == _HANDSHAKE and len(handshake) < _MOST_HANDSHAKE:
            handshake += body
        elif kind != _HANDSHAKE:
            break
    version = suite = 0
    certificates: tuple[bytes, ...] = ()
    for number, message in _messages(handshake):
        if number == _SERVER_HELLO:
            version, suite = _server_hello(message)
        elif number == _CERTIFICATE:
            certificates = tuple(_certificates(message))
    return Flight(
        version=version,
        suite=suite,
        certificates=certificates,
        alert=alert,
        record_version=first,
    )


def _server_hello(message: bytes) -> tuple[int, int]:
    if len(message) < _LEAST_HELLO or len(message) < _LEAST_HELLO + message[34]:
        return 0, 0
    (version,) = struct.unpack_from(">H", message)
    after = 35 + message[34]
    (suite,) = struct.unpack_from(">H", message, after)
    at = after + 5  # suite, compression, length of the extensions
    while at + 4 <= len(message):
        number, length = struct.unpack_from(">HH", message, at)
        if number == _SUPPORTED_VERSIONS and length == _VERSION_BYTES and at + 6 <= len(message):
            return int.from_bytes(message[at + 4 : at + 6], "big"), suite
        at += 4 + length
    return version, suite


def _certificates(message: bytes) -> Iterator[bytes]:
    at = 3
    for _ in range(_MOST_CERTIFICATES):
        length = int.from_bytes(message[at : at + 3], "big")
        if at + 3 > len(message) or not length or at + 3 + length > len(message):
            return
        yield message[at + 3 : at + 3 + length]
        at += 3 + length


def flight_is_complete(content: bytes) -> bool:
    """Whether no more is needed: an alert, a TLS 1.3 hello, or hello with certificates."""
    flight = server_flight(content)
    if flight.alert is not None or flight.version == TLS13 or flight.certificates:
        return True
    if not content or content[0] not in (20, 21, 22, 23):
        return bool(content)  # no TLS: nothing to wait for
    done = [number for kind, _, body in _records(content) if kind == _HANDSHAKE for number in body]
    return bool(flight.version) and done[-4:] == [14, 0, 0, 0]  # ServerHelloDone
