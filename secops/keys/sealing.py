"""Seals a private key by a passphrase: scrypt makes the key of AES-256-GCM out of it.

What stands beside the sealed bytes (whose key, by which cost) is bound to them: altering it opens
nothing.
"""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from secops.errors.keys import SealedKeyDamagedError, WrongPassphraseError
from secops.model.history import canonical
from secops.model.key import KeyId

FORMAT: Final = "secops/sealed-key/1"
_COST: Final = 2**16  # 64 MiB and a fifth of a second: what guessing costs, each time
_MOST_COST: Final = 2**20
_BLOCK: Final = 8
_KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12


def seal(private: bytes, key: KeyId, passphrase: str) -> bytes:
    """Give the content of the file that keeps the key."""
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    head = {
        "format": FORMAT,
        "key": key,
        "cost": _COST,
        "salt": b64encode(salt).decode(),
        "nonce": b64encode(nonce).decode(),
    }
    made = AESGCM(_derived(passphrase, salt, _COST))
    sealed = made.encrypt(nonce, private, canonical(head).encode())
    return (canonical({**head, "sealed": b64encode(sealed).decode()}) + "\n").encode()


def unseal(content: bytes, key: KeyId, passphrase: str) -> bytes:
    """Give the private key; raises WrongPassphraseError, SealedKeyDamagedError."""
    head, sealed = _read(content)
    if head["key"] != key:
        raise SealedKeyDamagedError
    salt, nonce = b64decode(str(head["salt"])), b64decode(str(head["nonce"]))
    made = AESGCM(_derived(passphrase, salt, int(str(head["cost"]))))
    try:
        return made.decrypt(nonce, sealed, canonical(head).encode())
    except InvalidTag as error:
        raise WrongPassphraseError from error


def _read(content: bytes) -> tuple[dict[str, object], bytes]:
    try:
        head: dict[str, object] = json.loads(content)
        sealed = b64decode(str(head.pop("sealed")), validate=True)
        known = {"format", "key", "cost", "salt", "nonce"} == head.keys()
        cost = int(str(head["cost"])) if known else 0
        fits = 1 < cost <= _MOST_COST and cost.bit_count() == 1
        sizes = [len(b64decode(str(head[name]), validate=True)) for name in ("salt", "nonce")]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SealedKeyDamagedError from error
    if not fits or head["format"] != FORMAT or sizes != [_SALT_BYTES, _NONCE_BYTES]:
        raise SealedKeyDamagedError
    return head, sealed


def _derived(passphrase: str, salt: bytes, cost: int) -> bytes:
    made = Scrypt(salt=salt, length=_KEY_BYTES, n=cost, r=_BLOCK, p=1)
    return made.derive(passphrase.encode())
