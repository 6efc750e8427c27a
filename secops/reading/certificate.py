"""What a server certificate says: dates, key, signature, names. It is read, never trusted here.

SM2 keys and SM3 signatures, which the library cannot verify, are told by their object identifiers.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa

_SM2_CURVE: Final = bytes.fromhex("06082a811ccf5501822d")  # 1.2.156.10197.1.301, in DER
_SIGNATURES: Final = {
    "1.2.156.10197.1.501": "sm3",
    "1.3.101.112": "ed25519",
    "1.3.101.113": "ed448",
}
_SIZED: Final = (
    (rsa.RSAPublicKey, "rsa"),
    (ec.EllipticCurvePublicKey, "ec"),
    (dsa.DSAPublicKey, "dsa"),
)
_NAMED: Final = ((ed25519.Ed25519PublicKey, "ed25519"), (ed448.Ed448PublicKey, "ed448"))
_NO_NAMES: Final = (
    x509.ExtensionNotFound,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
_MOST_NAMES = 5000
_MOST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The facts we use; an empty text is a part that could not be read."""

    not_before: datetime | None = None
    not_after: datetime | None = None
    key: str = ""  # such as rsa-2048, ec-256, sm2-256
    signature: str = ""  # the hash, such as sha256; or the scheme where it has none of its own
    names: tuple[str, ...] = ()  # DNS names, lower case
    addresses: tuple[str, ...] = ()
    subject: bytes = b""  # names in DER
    issuer: bytes = b""

    @property
    def names_itself_issuer(self) -> bool:
        """Whether issuer and subject are the same."""
        return bool(self.subject) and self.subject == self.issuer

    def fits(self, host: str) -> bool | None:
        """Whether it was made out for this host; None: a bare address that it does not name."""
        try:
            address = ip_address(host.strip("[]"))
        except ValueError:
            return any(_matches(pattern, _ascii(host)) for pattern in self.names)
        return str(address) in self.addresses or None


def _ascii(host: str) -> str:
    bare = host.rstrip(".").lower()
    try:
        return bare if bare.isascii() else bare.encode("idna").decode()
    except UnicodeError:
        return bare


def _matches(pattern: str, host: str) -> bool:
    """RFC 6125 in its strict form: `*` is the whole first label and stands for exactly one."""
    pattern = pattern.rstrip(".")
    if not pattern.startswith("*."):
        return pattern == host and bool(host)
    first, dot, rest = host.partition(".")
    return bool(first and dot) and rest == pattern[2:] and "." in rest and "*" not in rest


def read_certificate(der: bytes) -> Certificate | None:
    """Read what can be read; None: these bytes are no certificate."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd serial numbers and the like: not our business here
        try:
            parsed = x509.load_der_x509_certificate(der[:_MOST_BYTES])
        except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion):
            return None
        return _facts(parsed)


def _facts(parsed: x509.Certificate) -> Certificate:
    names, addresses = _names(parsed)
    try:
        begins, ends = parsed.not_valid_before_utc, parsed.not_valid_after_utc
        subject, issuer = parsed.subject.public_bytes(), parsed.issuer.public_bytes()
    except (ValueError, TypeError):
        return Certificate(key=_key(parsed), signature=_signature(parsed))
    return Certificate(
        not_before=begins,
        not_after=ends,
        key=_key(parsed),
        signature=_signature(parsed),
        names=names,
        addresses=addresses,
        subject=subject,
        issuer=issuer,
    )


def _key(parsed: x509.Certificate) -> str:
    try:
        key = parsed.public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # The signature comes last: what stands before it is the part that is signed.
        return "sm2-256" if _SM2_CURVE in parsed.tbs_certificate_bytes else ""
    for kind, name in _SIZED:
        if isinstance(key, kind):
            return f"{name}-{key.key_size}"
    return next((name for kind, name in _NAMED if isinstance(key, kind)), "")


def _signature(parsed: x509.Certificate) -> str:
    known = _SIGNATURES.get(parsed.signature_algorithm_oid.dotted_string)
    if known:
        return known
    try:
        algorithm = parsed.signature_hash_algorithm
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return ""
    return algorithm.name if algorithm else ""


def _names(parsed: x509.Certificate) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        found = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = found.get_values_for_type(x509.DNSName)
        addresses = found.get_values_for_type(x509.IPAddress)
    except (ValueError, TypeError, *_NO_NAMES):
        return (), ()
    dns = tuple(str(name).lower() for name in names[:_MOST_NAMES])
    return dns, tuple(str(address) for address in addresses[:_MOST_NAMES])
