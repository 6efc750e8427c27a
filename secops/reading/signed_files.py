"""Files that carry signatures or a public key: one JSON line in the one form that has a digest.

Whatever is not byte for byte as it was written is refused, before anybody trusts a word of it.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from typing import Final

from secops.errors import msgid
from secops.errors.keys import NoKeyFileError
from secops.errors.platforms import NoStatementFileError
from secops.guards.json_bounds import JsonBounds, UnsafeJsonError, bounded_json
from secops.model.evidence import digest_of
from secops.model.history import canonical
from secops.model.key import Envelope, KeyAlgorithm, KeyId, PublicKey, Signature

MOST_BYTES: Final = 6 * 1024 * 1024
_KEY_FORMAT: Final = "secops/public-key/1"
_PUBLIC_BYTES: Final = 32
_FINGERPRINT: Final = re.compile(r"sha256:[0-9a-f]{64}")
_MOST_SIGNATURES: Final = 16
_LONGEST: Final = 200
_NOT_OURS: Final = msgid("it is not in the form that secops writes")


def key_bytes(key: PublicKey) -> bytes:
    """Write a public key and whose it is; the digest of these bytes is its fingerprint."""
    return _line(
        {
            "format": _KEY_FORMAT,
            "unit": key.unit,
            "credit_code": key.credit_code,
            "algorithm": key.algorithm.value,
            "public": b64encode(key.public).decode(),
        }
    )


def fingerprint(key: PublicKey) -> KeyId:
    """Give what the key is called by, and what people confirm."""
    return KeyId(digest_of(key_bytes(key)))


def read_key(content: bytes) -> PublicKey:
    """Read a key file; raises NoKeyFileError."""
    try:
        said = bounded_json(content, JsonBounds(most_bytes=10_000, deepest=2))
    except UnsafeJsonError as error:
        raise NoKeyFileError(problem=error.problem) from error
    key = _key(said)
    if key is None or key_bytes(key) != content:
        raise NoKeyFileError(problem=_NOT_OURS)
    return key


def _key(said: object) -> PublicKey | None:
    match said:
        case {"unit": str(unit), "credit_code": str(code), "public": str(public)}:
            fits = unit.strip() and unit.isprintable() and len(unit) <= _LONGEST
            raw = _decoded(public)
            if not fits or not code.isprintable() or raw is None or len(raw) != _PUBLIC_BYTES:
                return None
            return PublicKey(
                unit=unit, credit_code=code, algorithm=KeyAlgorithm.ED25519, public=raw
            )
    return None


def envelope_bytes(envelope: Envelope) -> bytes:
    """Write what was signed, with its signatures."""
    return _line(
        {
            "type": envelope.payload_type,
            "body": b64encode(envelope.payload).decode(),
            "signatures": [
                {
                    "algorithm": one.algorithm.value,
                    "key": one.key,
                    "value": b64encode(one.value).decode(),
                }
                for one in envelope.signatures
            ],
        }
    )


def read_envelope(content: bytes) -> Envelope:
    """Read it; nothing in it is proved yet. Raises NoStatementFileError."""
    try:
        said = bounded_json(content, JsonBounds(most_bytes=MOST_BYTES, deepest=4))
    except UnsafeJsonError as error:
        raise NoStatementFileError(problem=error.problem) from error
    envelope = _envelope(said)
    if envelope is None or envelope_bytes(envelope) != content:
        raise NoStatementFileError(problem=_NOT_OURS)
    return envelope


def _envelope(said: object) -> Envelope | None:
    match said:
        case {"type": str(kind), "body": str(body), "signatures": list(listed)}:
            payload = _decoded(body)
            signatures = [_signature(one) for one in listed[: _MOST_SIGNATURES + 1]]
            known = tuple(one for one in signatures if one)
            if payload is None or not 0 < len(known) == len(listed) <= _MOST_SIGNATURES:
                return None
            return Envelope(payload_type=kind, payload=payload, signatures=known)
    return None


def _signature(said: object) -> Signature | None:
    match said:
        case {"algorithm": str(name), "key": str(key), "value": str(value)}:
            algorithm = next((one for one in KeyAlgorithm if one.value == name), None)
            raw = _decoded(value)
            if algorithm and raw is not None and _FINGERPRINT.fullmatch(key):
                return Signature(algorithm=algorithm, key=KeyId(key), value=raw)
    return None


def _decoded(text: str) -> bytes | None:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return None


def _line(said: object) -> bytes:
    return (canonical(said) + "\n").encode()
