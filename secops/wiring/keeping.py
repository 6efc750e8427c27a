"""Backup and restore: which files make up a workspace."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from secops.contracts.world import Acting
from secops.errors.store import CannotWriteError, WorkspaceBusyError, WorkspaceExistsError
from secops.files.atomic import sync_folder
from secops.files.backup import unpack_backup, write_backup
from secops.files.lock import exclusive
from secops.files.refusals import says_refusals
from secops.files.workspace_file import (
    NAME,
    WorkspaceFile,
    read_workspace_file,
    write_workspace_file,
)
from secops.model.actor import Actor
from secops.operations.back_up import Saved, back_up
from secops.operations.restore import Restored, adopt_copy
from secops.store.open import Store, open_store
from secops.store.snapshot import prove_whole
from secops.wiring.founding import DATABASE_FILE, FOLDERS
from secops.wiring.ids import new_id
from secops.wiring.opening import EVIDENCE, account, utc_now
from secops.wiring.workspace import Workspace

_OWN: Final = ".secops-own-"


def file_for(output: Path, moment: datetime) -> Path:
    """Give the backup's file: in a folder it is named by the instant."""
    if not output.is_dir():
        return output
    return output / f"secops-{moment.astimezone():%Y%m%d-%H%M%S}.zip"


def save_workspace(workspace: Workspace, output: Path) -> Saved:
    """Write the backup: database, file, evidence, documents; keys stay where they are."""
    store = workspace.begin
    if not isinstance(store, Store):
        raise TypeError(store)

    def save() -> tuple[int, int]:
        with (
            says_refusals(),
            _private(workspace.path) as own,
        ):
            copy = own / DATABASE_FILE
            store.snapshot(copy)
            members = write_backup(output, _files(workspace.path, copy))
        return len(members), sum(one.size for one in members)

    acting = Acting(actor=workspace.actor, now=workspace.now, new_id=workspace.new_id)
    return back_up(store, acting, save)


def _files(folder: Path, database: Path) -> Iterator[tuple[str, Path]]:
    """Name the files; the database comes first, so that no record lacks its evidence."""
    yield DATABASE_FILE, database
    yield NAME, folder / NAME
    for part in (EVIDENCE, "documents"):
        for path in sorted((folder / part).rglob("*")):
            if path.is_file() and not path.is_symlink() and not path.name.startswith(".secops-"):
                yield path.relative_to(folder).as_posix(), path


def restore_workspace(source: Path, folder: Path) -> Restored:
    """Make the workspace of a backup in an empty folder, whole or not at all."""
    return _restore(source, folder, keep=True)


def check_backup(source: Path, folder: Path) -> Restored:
    """Do all that a restore does, and leave nothing."""
    return _restore(source, folder, keep=False)


def _restore(source: Path, folder: Path, *, keep: bool) -> Restored:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceExistsError(folder=str(folder.resolve()))
    with says_refusals():
        if keep:
            folder.parent.mkdir(parents=True, exist_ok=True)
        beside = folder.parent if keep else Path(tempfile.gettempdir())
        with _private(beside) as own:
            made = own / "workspace"
            made.mkdir(mode=0o700)
            restored = _fill(source, made)
            if keep:
                if folder.exists():
                    folder.rmdir()
                made.rename(folder)
                sync_folder(folder.parent)
    return restored


@contextmanager
def _private(beside: Path) -> Iterator[Path]:
    """Give a folder of our own, gone afterwards; what a kill left is swept by the next one.

    Each is held by its process, so that whole copies of a workspace are never left for long.
    """
    own = Path(tempfile.mkdtemp(prefix=_OWN, dir=beside))  # 0700
    try:
        with exclusive(own, now=utc_now()):
            for old in beside.glob(f"{_OWN}*"):
                if old != own and not old.is_symlink() and old.stat().st_uid == own.stat().st_uid:
                    with suppress(WorkspaceBusyError, CannotWriteError):
                        _sweep(old)
            yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _sweep(old: Path) -> None:
    with exclusive(old, now=utc_now()):
        shutil.rmtree(old, ignore_errors=True)


def _fill(source: Path, own: Path) -> Restored:
    unpack_backup(source, own)
    for name in FOLDERS:
        (own / name).mkdir(mode=0o700, exist_ok=True)
    prove_whole(own / DATABASE_FILE)
    said = read_workspace_file(own / NAME)
    url = f"sqlite:///{own.resolve() / DATABASE_FILE}"
    acting = Acting(actor=Actor(account=account()), now=utc_now, new_id=new_id)
    with closing(open_store(url, now=utc_now)) as store, store() as work:
        restored = adopt_copy(work, acting)
    # Not plugins and roots: whoever doctors a backup must not choose what runs and is trusted here.
    write_workspace_file(own / NAME, WorkspaceFile(person=said.person, ports=said.ports))
    return restored
