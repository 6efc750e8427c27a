"""Values read before, kept in a folder of this user's under a key that names all they came from.

Only a cache: what is damaged, of another shape, or not this user's alone is not believed and made
anew; where nothing can be written, nothing is kept. JSON throughout: reading runs no code.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from secops import __version__
from secops.errors import SecopsError
from secops.files.atomic import write_atomically
from secops.files.value_json import Codec, codec_of

T = TypeVar("T")
FORMAT: Final = 1
MOST_BYTES: Final = 32 * 1024 * 1024
MOST_FILES: Final = 32
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_UNFOLLOWED: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_DAMAGED: Final = (
    OSError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError, SecopsError,
)  # fmt: skip


def kept_or_made(
    folder: Path | None, kind: type[T], digest: Callable[[], str], make: Callable[[], T]
) -> T:
    """Give the value that was kept under this digest of what it is made of, else make and keep it.

    `digest` is asked again after making: a value of files that changed meanwhile is not kept.
    """
    if folder is None:
        return make()
    codec: Codec[T] = codec_of(kind)
    made_of = digest()
    file = folder / f"{_key(made_of, codec.shape)}.json"
    kept = _read(file, codec)
    if kept is not None:
        return kept
    made = make()
    if digest() == made_of:
        with suppress(OSError, SecopsError):
            _write(file, json.dumps(codec.write(made), ensure_ascii=False).encode())
    return made


def _key(made_of: str, shape: str) -> str:
    said = [str(FORMAT), __version__, _program(), shape, made_of]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@cache
def _program() -> str:
    """Name the very program: another version of it may read the same bytes as another value."""
    package = Path(__file__).parents[1]
    found = ((one, one.stat()) for one in sorted(package.glob("*/*.py")))
    return " ".join(f"{one.name}:{it.st_size}:{it.st_mtime_ns}" for one, it in found)


def _read(file: Path, codec: Codec[T]) -> T | None:
    try:
        if not _ours(file.parent.lstat()):
            return None
        with os.fdopen(os.open(file, os.O_RDONLY | _UNFOLLOWED), "rb") as stream:
            it = os.fstat(stream.fileno())
            if not (stat.S_ISREG(it.st_mode) and _ours(it) and it.st_size <= MOST_BYTES):
                return None
            head, _, body = stream.read(MOST_BYTES).partition(b"\n")
        return codec.read(json.loads(body)) if head == _seal(body) else None
    except _DAMAGED:
        return None


def _ours(it: os.stat_result) -> bool:
    """Nobody else could have put it there."""
    user = getattr(os, "geteuid", lambda: it.st_uid)()
    return it.st_uid == user and not it.st_mode & _OTHERS_WRITE


def _seal(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _ours(file.parent.lstat()):
        return
    write_atomically(file, _seal(body) + b"\n" + body)
    newest = sorted(file.parent.glob("*.json"), key=lambda one: one.stat().st_mtime_ns)
    for old in newest[:-MOST_FILES]:
        old.unlink(missing_ok=True)
