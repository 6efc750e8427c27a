"""A private key opens by its passphrase alone, and signs what was signed, nothing else."""

from __future__ import annotations

import json

import pytest

from secops.errors.keys import SealedKeyDamagedError, WrongPassphraseError
from secops.keys.sealing import seal, unseal
from secops.keys.signing import new_private, prove, public_of, signer
from secops.model.key import KeyAlgorithm, KeyId, PublicKey, signed_bytes

KEY = KeyId("sha256:" + "a" * 64)
WORDS = "correct horse battery"
PRIVATE = bytes(range(32))
SEALED = seal(PRIVATE, KEY, WORDS)


def test_a_sealed_key_opens_by_its_passphrase() -> None:
    assert unseal(SEALED, KEY, WORDS) == PRIVATE
    assert PRIVATE not in SEALED


def test_two_seals_of_one_key_have_nothing_in_common() -> None:
    assert json.loads(SEALED)["sealed"] != json.loads(seal(PRIVATE, KEY, WORDS))["sealed"]


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(WrongPassphraseError):
        unseal(SEALED, KEY, WORDS + "!")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", "secops/sealed-key/2"),
        ("key", "sha256:" + "b" * 64),
        ("cost", 3),
        ("cost", 2**30),  # would take a tebibyte
        ("salt", "AAAA"),
        ("nonce", ""),
        ("sealed", "no base64"),
    ],
)
def test_what_stands_beside_the_seal_cannot_be_altered(name: str, value: object) -> None:
    altered = json.dumps({**json.loads(SEALED), name: value}).encode()
    with pytest.raises(SealedKeyDamagedError):
        unseal(altered, KEY, WORDS)


def test_a_cheaper_cost_does_not_open_it_either() -> None:
    altered = json.dumps({**json.loads(SEALED), "cost": 2}).encode()
    with pytest.raises(WrongPassphraseError):
        unseal(altered, KEY, WORDS)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000])
def test_what_is_no_sealed_key_is_called_damaged(content: bytes) -> None:
    with pytest.raises(SealedKeyDamagedError):
        unseal(content, KEY, WORDS)


def test_a_signature_proves_these_very_bytes_of_this_very_kind() -> None:
    private = new_private()
    key = PublicKey(
        unit="x", credit_code="", algorithm=KeyAlgorithm.ED25519, public=public_of(private)
    )
    made = signer(KEY, private)(signed_bytes("a", b"bc"))
    assert prove(key, signed_bytes("a", b"bc"), made.value)
    assert not prove(key, signed_bytes("ab", b"c"), made.value)
    assert not prove(key, signed_bytes("a", b"bd"), made.value)
    assert not prove(key, signed_bytes("a", b"bc"), made.value[:-1])
