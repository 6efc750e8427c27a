"""Makes a workspace on disk: folders, database, first records, and last the file that names it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secops.contracts.world import Acting
from secops.errors import InFile
from secops.errors.store import WorkspaceBusyError, WorkspaceExistsError
from secops.files.lock import exclusive
from secops.files.refusals import says_refusals
from secops.files.workspace_file import (
    DATABASE,
    NAME,
    WorkspaceFile,
    refuse_password,
    write_workspace_file,
)
from secops.model.actor import Actor
from secops.operations.init_workspace import Beginning, Founded, init_workspace
from secops.store.open import open_store
from secops.wiring.ids import new_id
from secops.wiring.opening import EVIDENCE, account, database_url, utc_now

DATABASE_FILE: Final = "secops.db"
MAKING: Final = ".secops-making"  # there while `init` is at work, and after it was killed
FOLDERS: Final = (EVIDENCE, "documents", "keys")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where a workspace will stand."""

    folder: Path
    database: str = ""  # empty: a file in the workspace


def refuse_taken(folder: Path) -> None:
    """Raise WorkspaceExistsError if the folder holds a workspace or a part of one.

    What an `init` that was killed left is no workspace: the next one sweeps it.
    """
    parts = (NAME, DATABASE_FILE, *FOLDERS)
    if any((folder / name).exists() for name in parts) and not _left_over(folder):
        raise WorkspaceExistsError(folder=str(folder.resolve()))


def found_workspace(ground: Ground, beginning: Beginning) -> Founded:
    """Make it; on any error nothing of it stays."""
    refuse_taken(ground.folder)
    refuse_password(ground.database, InFile(ground.folder / NAME))
    new = not ground.folder.exists()
    try:
        with _held(ground.folder):
            _make_folders(ground.folder)
            founded = _fill(ground, beginning)
    except WorkspaceBusyError:  # somebody else is making it
        raise
    except BaseException:
        _remove(ground.folder, whole=new)
        raise
    return founded


def _left_over(folder: Path) -> bool:
    """Whether all that stands there was made by an `init` that came to no end."""
    filled = any((folder / name).is_dir() and any((folder / name).iterdir()) for name in FOLDERS)
    return (folder / MAKING).is_dir() and not (folder / NAME).exists() and not filled


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a mark in the folder while the workspace is made; raises WorkspaceBusyError."""
    making = folder / MAKING
    with says_refusals():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            folder.chmod(0o700)
        making.mkdir(mode=0o700, exist_ok=True)
    with exclusive(making, now=utc_now()):
        refuse_taken(folder)
        _remove(folder, whole=False)
        yield
    shutil.rmtree(making, ignore_errors=True)


def _make_folders(folder: Path) -> None:
    """Make the workspace's folders, open to nobody else."""
    with says_refusals():
        for name in FOLDERS:
            (folder / name).mkdir(mode=0o700)


def _fill(ground: Ground, beginning: Beginning) -> Founded:
    database = ground.database or DATABASE
    if database == DATABASE:
        (ground.folder / DATABASE_FILE).touch(mode=0o600)  # SQLite gives its log the same mode
    store = open_store(database_url(ground.folder, database), now=utc_now)
    try:
        with store() as work:
            acting = Acting(actor=Actor(account=account()), now=utc_now, new_id=new_id)
            founded = init_workspace(work, acting, beginning)
    finally:
        store.close()
    person = founded.person.id if founded.person else ""
    said = WorkspaceFile(database=database, person=person)
    write_workspace_file(ground.folder / NAME, said)
    return founded


def _remove(folder: Path, *, whole: bool) -> None:
    if whole:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)
    beside = ("", "-journal", "-wal", "-shm")
    for name in (NAME, *(f"{DATABASE_FILE}{ending}" for ending in beside)):
        (folder / name).unlink(missing_ok=True)
