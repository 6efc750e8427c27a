"""The folder `keys/` of a workspace: private keys, each sealed, 0600, in no backup."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from secops.contracts.platforms import Signer
from secops.contracts.store import UnitOfWork
from secops.errors import InFile, SecopsError
from secops.errors.keys import PrivateKeyMissingError, SealedKeyDamagedError
from secops.files.atomic import write_atomically
from secops.files.whole_file import content_of
from secops.keys.sealing import seal, unseal
from secops.keys.signing import new_private, public_of, signer
from secops.model.key import Key, PublicKey
from secops.model.unit import Unit
from secops.operations.init_workspace import OWN_UNIT
from secops.operations.keys import keep_own_key, public_key
from secops.reading.signed_files import fingerprint, read_key
from secops.wiring.workspace import Workspace

KEYS: Final = "keys"
_MOST_KEY: Final = 10_000
_SHOWN: Final = 16


def own_unit(work: UnitOfWork) -> Unit | None:
    """Give the unit whose workspace it is."""
    return work.units.get(work.settings.get(OWN_UNIT) or "")


def make_key(workspace: Workspace, unit: Unit, passphrase: str) -> Key:
    """Make a pair: the private half sealed into its file first, the public half into the list."""
    private = new_private()
    made = public_key(unit, public_of(private))
    id_ = fingerprint(made)
    sealed = seal(private, id_, passphrase)
    with workspace.begin() as work:
        key = keep_own_key(work, workspace.acting, made)
        write_atomically(_file(workspace, key), sealed)
        work.commit()
    return key


def unsealed(workspace: Workspace, key: Key, passphrase: str) -> Signer:
    """Open a private key; raises PrivateKeyMissingError and what `unseal` raises."""
    path = _file(workspace, key)
    if not path.is_file():
        raise PrivateKeyMissingError(no=str(key.no))
    try:
        return signer(key.id, unseal(content_of(path, _MOST_KEY), key.id, passphrase))
    except SealedKeyDamagedError as error:
        raise error.at(InFile(path)) from error


def read_key_file(path: Path) -> PublicKey:
    """Read what another unit exported; raises NoKeyFileError."""
    try:
        return read_key(content_of(path, _MOST_KEY))
    except SecopsError as error:
        raise error.at(InFile(path)) from error


def _file(workspace: Workspace, key: Key) -> Path:
    name = key.id.removeprefix("sha256:")[:_SHOWN]
    return workspace.path / KEYS / f"{name}.sealed.json"
