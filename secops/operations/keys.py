"""The keys of the workspace: its own, and those of others after somebody confirmed them."""

from __future__ import annotations

import re
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Acting
from secops.errors.keys import (
    KeyThereError,
    NoOwnKeyError,
    OwnKeyThereError,
    WrongFingerprintError,
)
from secops.guards.text import clean_text
from secops.model.key import Key, KeyAlgorithm, KeyOrigin, PublicKey
from secops.model.unit import Unit
from secops.reading.signed_files import fingerprint

_APART: Final = re.compile(r"[\s:-]+")


def unit_called(unit: Unit) -> str:
    """Give the name by which a unit signs: fit for a file and for every screen."""
    return clean_text(unit.name)


def code_of(unit: Unit) -> str:
    """Give its code in the same way."""
    return clean_text(unit.credit_code)


def own_key(work: UnitOfWork, unit: Unit) -> Key:
    """Give the key that a unit of this workspace signs with; raises NoOwnKeyError."""
    for one in work.keys.all():
        if one.origin is KeyOrigin.OWN and one.key.unit == unit_called(unit):
            return one
    raise NoOwnKeyError(unit=unit.name)


def refuse_second(work: UnitOfWork, unit: Unit) -> None:
    """Raise OwnKeyThereError where the unit can sign already."""
    for one in work.keys.all():
        if one.origin is KeyOrigin.OWN and one.key.unit == unit_called(unit):
            raise OwnKeyThereError(unit=unit.name, key=one.id)


def public_key(unit: Unit, public: bytes) -> PublicKey:
    """Bind a public half to its unit."""
    return PublicKey(
        unit=unit_called(unit),
        credit_code=code_of(unit),
        algorithm=KeyAlgorithm.ED25519,
        public=public,
    )


def keep_own_key(work: UnitOfWork, acting: Acting, key: PublicKey) -> Key:
    """Put a new key of this workspace into the list."""
    return _keep(work, acting, key, KeyOrigin.OWN)


def enrol_key(work: UnitOfWork, acting: Acting, key: PublicKey, confirmed: str) -> Key:
    """Believe a key of another unit; `confirmed` is what the unit itself said, by another way.

    Raises WrongFingerprintError, KeyThereError.
    """
    found = fingerprint(key)
    if _APART.sub("", confirmed.lower()).removeprefix("sha256") != found.removeprefix("sha256:"):
        raise WrongFingerprintError(found=found)
    there = work.keys.get(found)
    if there:
        raise KeyThereError(no=str(there.no), unit=there.key.unit)
    return _keep(work, acting, key, KeyOrigin.ENROLLED)


def _keep(work: UnitOfWork, acting: Acting, key: PublicKey, origin: KeyOrigin) -> Key:
    made = Key(
        id=fingerprint(key),
        no=work.keys.next_no(),
        key=key,
        origin=origin,
        kept_at=acting.now(),
        kept_by=acting.actor,
    )
    work.keys.put_many(acting.actor, [made])
    return made
