"""Opens the workspace of `-C`: file, database, blobs, clock, and who acts."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from secops.contracts.store import Begin
from secops.errors import msgid
from secops.errors.store import StoreUnreadableError, WorkspaceMissingError
from secops.files.blobs import FileBlobs
from secops.files.workspace_file import NAME, read_workspace_file
from secops.model.actor import Actor
from secops.model.ids import PersonId
from secops.operations.find_record import find_record
from secops.store.open import open_store
from secops.wiring.ids import new_id
from secops.wiring.workspace import Workspace

EVIDENCE: Final = "evidence"
_LOCAL: Final = "sqlite:///"


def utc_now() -> datetime:
    """Give the instant."""
    return datetime.now(UTC)


def account() -> str:
    """Name the operating-system user; a user without a name acts as their number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


@contextmanager
def open_workspace(path: Path, *, act_as: str = "") -> Iterator[Workspace]:
    """Open it, acting as this person (number, id or name), or as the one named in secops.toml.

    Raises WorkspaceMissingError, UnknownNameError, AmbiguousNameError and what opening the
    database raises.
    """
    file = path / NAME
    if not file.is_file():
        raise WorkspaceMissingError(folder=str(path.resolve()))
    said = read_workspace_file(file)
    url = database_url(path, said.database)
    _refuse_lost(url)
    store = open_store(url, now=utc_now)
    try:
        yield Workspace(
            path=path,
            begin=store,
            blobs=FileBlobs(path / EVIDENCE),
            now=utc_now,
            new_id=new_id,
            actor=_actor(store, act_as or said.person),
        )
    finally:
        store.close()


def database_url(path: Path, database: str) -> str:
    """Give the database's full address: a relative SQLite path starts at the workspace."""
    if not database.startswith(_LOCAL):
        return database
    return f"{_LOCAL}{path.resolve() / database.removeprefix(_LOCAL)}"


def _refuse_lost(url: str) -> None:
    """Raise StoreUnreadableError where the file is gone: SQLite would begin an empty one."""
    file = Path(url.removeprefix(_LOCAL))
    if url.startswith(_LOCAL) and not (file.is_file() and file.stat().st_size):
        raise StoreUnreadableError(problem=msgid("the file is missing or empty"))


def _actor(begin: Begin, who: str) -> Actor:
    if not who:
        return Actor(account=account())
    with begin(reading=True) as work:
        person = find_record(work, "person", who)
    return Actor(account=account(), person=PersonId(person.id))
