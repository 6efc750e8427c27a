"""签名密钥: whose signatures are believed; the private half never comes here.

A key is called by its fingerprint, the digest of its file: unit and public half in one. Whoever
confirms the fingerprint has confirmed both. Algorithms are a closed list with room for SM2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, unique
from typing import NewType

from secops.model.actor import Actor

KeyId = NewType("KeyId", str)
"""The fingerprint: `sha256:` and 64 hexadecimal digits."""


@unique
class KeyAlgorithm(Enum):
    """How a key signs."""

    ED25519 = "ed25519"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """What a unit hands out: whose key, and what its signatures are proved by."""

    unit: str
    credit_code: str  # 统一社会信用代码; departments have none
    algorithm: KeyAlgorithm
    public: bytes


@unique
class KeyOrigin(Enum):
    """How a key came into the list."""

    OWN = "own"  # made here: its private half lies sealed in `keys/`
    ENROLLED = "enrolled"  # of another unit, after its fingerprint was confirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key in the list of this workspace."""

    id: KeyId
    no: int
    key: PublicKey
    origin: KeyOrigin
    kept_at: datetime
    kept_by: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One line of a detached list: by which key, and the value."""

    algorithm: KeyAlgorithm
    key: KeyId
    value: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What was signed, byte for byte, and the signatures over it."""

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]


def signed_bytes(payload_type: str, payload: bytes) -> bytes:
    """Give what a signature covers: type and bytes, each with its length (PAE of DSSE v1)."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
