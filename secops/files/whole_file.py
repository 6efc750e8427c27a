"""Reads a file that a user named: whole, within a bound, never waiting for one without an end."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from secops.errors import InFile, msgid
from secops.errors.files import TooLargeError, UnreadableFileError

_MEBIBYTE: Final = 1024 * 1024
MOST_BYTES: Final = 10 * _MEBIBYTE
_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody fills opens at once
_AS_IT_IS: Final = getattr(os, "O_BINARY", 0)  # Windows would change line ends


def beginning_of(path: Path, most: int) -> bytes:
    """Read so many bytes of a file that a user named; a pipe or a device might never end."""
    try:
        handle = os.open(path, os.O_RDONLY | _AT_ONCE | _AS_IT_IS)
        with os.fdopen(handle, "rb") as file:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                return file.read(most)
        problem = msgid("it is no regular file")
    except FileNotFoundError:
        problem = msgid("there is no such file")
    except IsADirectoryError:
        problem = msgid("it is a folder")
    except OSError as error:
        problem = error.strerror or str(error)
    raise UnreadableFileError(where=InFile(path), problem=problem)


def content_of(path: Path, most: int = MOST_BYTES) -> bytes:
    """Read a whole file that a user named, up to a bound."""
    raw = beginning_of(path, most + 1)
    if len(raw) > most:
        raise TooLargeError(where=InFile(path), most=_size(most))
    return raw


def _size(count: int) -> str:
    whole = count // _MEBIBYTE
    return f"{whole} MiB" if whole else f"{count // 1000} KB"
