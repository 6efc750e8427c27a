"""Ed25519: a new pair, a signature, a proof."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from secops.contracts.platforms import Signer
from secops.model.key import KeyAlgorithm, KeyId, PublicKey, Signature


def new_private() -> bytes:
    """Make a private key, as its 32 raw bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> bytes:
    """Give the public half, as its 32 raw bytes."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def signer(key: KeyId, private: bytes) -> Signer:
    """Give what signs as this key."""
    made = Ed25519PrivateKey.from_private_bytes(private)

    def sign(content: bytes) -> Signature:
        return Signature(algorithm=KeyAlgorithm.ED25519, key=key, value=made.sign(content))

    return sign


def prove(key: PublicKey, content: bytes, value: bytes) -> bool:
    """Whether the key made this signature over these very bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(value, content)
    except (InvalidSignature, ValueError):
        return False
    return True
