"""Bounds against hostile zip files: checked by what is really there, never by what headers say."""

from __future__ import annotations

import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from secops.errors import msgid

_LOCAL: Final = b"PK\x03\x04"
_CHUNK: Final = 1024 * 1024
_HEADER: Final = 30
_RATIO_FREE: Final = 1024 * 1024
"""Below this size a member may be as dense as it likes: an empty sheet compresses well."""


class UnsafeZipError(Exception):
    """`problem` is a msgid that says what the archive does; `member` where."""

    def __init__(self, problem: str, member: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.member = member


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipBounds:
    """How much one archive may hold."""

    members: int = 1_000
    member_bytes: int = 200 * 1024 * 1024
    total_bytes: int = 500 * 1024 * 1024
    ratio: int = 100


class BoundedZip:
    """A zip archive in memory whose members were checked; each is read within its bound."""

    def __init__(self, content: bytes, bounds: ZipBounds) -> None:
        if not content.startswith(_LOCAL):
            raise UnsafeZipError(msgid("it is no zip file"))
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise UnsafeZipError(msgid("it is cut short or damaged")) from error
        self._bounds = bounds
        self._total = 0
        self._members = self._checked(len(content))

    def _checked(self, size: int) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > self._bounds.members:
            raise UnsafeZipError(msgid("it has too many members"))
        folded = {unicodedata.normalize("NFC", one.filename).casefold() for one in infos}
        if len(folded) < len(infos):
            raise UnsafeZipError(msgid("two members have the same name"))
        behind = 0
        for one in sorted(infos, key=lambda info: info.header_offset):
            _refuse_name(one.filename)
            if one.flag_bits & 1:
                raise UnsafeZipError(msgid("it is encrypted"), one.filename)
            if one.header_offset < behind:
                raise UnsafeZipError(msgid("members lie over each other"), one.filename)
            behind = one.header_offset + _HEADER + len(one.filename) + one.compress_size
        if behind > size:
            raise UnsafeZipError(msgid("it is cut short or damaged"))
        return {one.filename: one for one in infos}

    @property
    def names(self) -> tuple[str, ...]:
        """The members."""
        return tuple(self._members)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give a member piece by piece, counting what really comes out."""
        info = self._members[name]
        most = max(self._bounds.ratio * info.compress_size, _RATIO_FREE)
        most = min(most, self._bounds.member_bytes)
        count = 0
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    count += len(chunk)
                    self._total += len(chunk)
                    if count > most or self._total > self._bounds.total_bytes:
                        raise UnsafeZipError(msgid("it unpacks to far more than it holds"), name)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise UnsafeZipError(msgid("it is cut short or damaged"), name) from error

    def read(self, name: str) -> bytes:
        """Give a whole member."""
        return b"".join(self.chunks(name))


def _refuse_name(name: str) -> None:
    parts = name.split("/")
    bad = name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in parts
    if bad or not name:
        raise UnsafeZipError(msgid("a member has a name that leads outside"), name[:80])
