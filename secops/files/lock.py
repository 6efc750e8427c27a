"""One scan or restore at a time: a lock that the system drops when its holder dies, also by -9.

What stands in the file only tells the second one who the first one is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from secops.errors.store import WorkspaceBusyError
from secops.files.refusals import says_refusals

NAME: Final = "secops.lock"
_LONGEST: Final = 200


@contextmanager
def exclusive(folder: Path, *, now: datetime) -> Iterator[None]:
    """Hold the workspace; raises WorkspaceBusyError naming the process that holds it."""
    with says_refusals():
        handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _locked(handle):
            pid, _, since = os.pread(handle, _LONGEST, 0).decode("utf-8", "replace").partition(" ")
            raise WorkspaceBusyError(pid=pid or "?", since=since.strip() or "?")
        os.ftruncate(handle, 0)
        since = now.astimezone(UTC).isoformat(timespec="seconds")
        os.pwrite(handle, f"{os.getpid()} {since}\n".encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


if sys.platform == "win32":

    def _locked(handle: int) -> bool:
        import msvcrt  # noqa: PLC0415  # only there

        try:
            os.lseek(handle, _LONGEST, os.SEEK_SET)  # beyond the text, so that it stays readable
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _locked(handle: int) -> bool:
        import fcntl  # noqa: PLC0415  # not on Windows

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
