"""Keys and certificates of the lab, made afresh each time; none is worth anything outside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_DAY: Final = timedelta(days=1)
_P256: Final = bytes.fromhex("06082a8648ce3d030107")
_SM2: Final = bytes.fromhex("06082a811ccf5501822d")
_ECDSA_SHA256: Final = bytes.fromhex("06082a8648ce3d040302")
_SM2_SM3: Final = bytes.fromhex("06082a811ccf55018375")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a certificate is to say."""

    name: str
    hosts: tuple[str, ...] = ()  # names and addresses
    days: tuple[int, int] = (-1, 365)  # begins and ends, counted from today
    is_authority: bool = False


def new_key(*, rsa_bits: int = 0) -> Key:
    """Make an EC key on P-256, or an RSA key."""
    if rsa_bits:
        return rsa.generate_private_key(public_exponent=65537, key_size=rsa_bits)
    return ec.generate_private_key(ec.SECP256R1())


def certify(
    wanted: Wanted, key: Key, issuer: tuple[x509.Certificate, Key] | None = None
) -> x509.Certificate:
    """Make out a certificate; without an issuer it signs itself."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, wanted.name)])
    today = datetime.now(UTC).replace(microsecond=0)
    begins, ends = wanted.days
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today + begins * _DAY)
        .not_valid_after(today + ends * _DAY)
        .add_extension(x509.BasicConstraints(ca=wanted.is_authority, path_length=None), True)  # noqa: FBT003  # named so by the library
    )
    if wanted.hosts:
        names = [_general_name(host) for host in wanted.hosts]
        built = built.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return built.sign(issuer[1] if issuer else key, hashes.SHA256())


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def save(folder: Path, name: str, certificate: x509.Certificate, key: Key) -> None:
    """Write `name.crt` and `name.key`."""
    pem = serialization.Encoding.PEM
    (folder / f"{name}.crt").write_bytes(certificate.public_bytes(pem))
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / f"{name}.key").write_bytes(secret)


def like_sm2(certificate: x509.Certificate) -> bytes:
    """Write SM2 and SM3 over the identifiers of P-256 and SHA-256: it can be read, not verified."""
    der = certificate.public_bytes(serialization.Encoding.DER)
    return der.replace(_P256, _SM2).replace(_ECDSA_SHA256, _SM2_SM3)


def make_all(folder: Path, hosts: dict[str, str], name: str) -> bytes:
    """Write an authority and the web servers' certificates; give the TLCP stand-in's as DER.

    `hosts` are the addresses by the name of the place.
    """
    root_key, good_key, weak_key, own_key = new_key(), new_key(), new_key(rsa_bits=1024), new_key()
    root = certify(Wanted(name="Sample Lab Root", is_authority=True, days=(-2, 3650)), root_key)
    save(folder, "root", root, root_key)
    good = Wanted(name=name, hosts=(name, hosts["tls-good"], "::1"))
    save(folder, "tls-good", certify(good, good_key, (root, root_key)), good_key)
    weak = Wanted(name="old.lab.test", hosts=("old.lab.test",), days=(-300, 20))
    for place in ("tls-weak", "tls-old"):
        save(folder, place, certify(weak, weak_key, (root, root_key)), weak_key)
    expired = Wanted(name="mail.lab.test", hosts=(hosts["tls-expired"],), days=(-400, -35))
    save(folder, "tls-expired", certify(expired, own_key), own_key)
    return like_sm2(certify(Wanted(name="tlcp.lab.test", hosts=("tlcp.lab.test",)), own_key))
