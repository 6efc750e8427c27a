"""A backup: one zip of stored members, each with its size and SHA-256 in the manifest.

Nothing is compressed: what is unpacked can never be larger than the file itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from secops.errors import InFile, msgid
from secops.errors.store import BadBackupError
from secops.files.atomic import written_atomically
from secops.files.refusals import says_refusals

FORMAT: Final = "secops-backup"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MOST_MANIFEST: Final = 256 * 1024 * 1024
_MOST_MEMBERS: Final = 2_000_000
_BLOCK: Final = 1024 * 1024
_END: Final = 22
"""Bytes of the last record of a zip without a comment."""
_NEEDED: Final = {"secops.db", "secops.toml", MANIFEST}
_WRONG: Final = (
    zipfile.BadZipFile,
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    OverflowError,
    RuntimeError,  # encrypted, nested without end, or packed in an unknown way
)
_FIXED: Final = re.compile(r"secops\.db|secops\.toml|evidence/[0-9a-f]{2}/[0-9a-f]{64}")
_DOCUMENT: Final = re.compile(r"documents(/[^/\\:\x00-\x1f\x7f]{1,200}){1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of a backup."""

    name: str
    size: int
    sha256: str


def write_backup(output: Path, files: Iterable[tuple[str, Path]]) -> tuple[Member, ...]:
    """Write the files and the manifest; a file that vanishes meanwhile was erased: left out."""
    members: list[Member] = []
    with written_atomically(output) as stream, zipfile.ZipFile(stream, "w") as archive:
        for name, path in files:
            try:
                source = path.open("rb")
            except FileNotFoundError:
                continue
            with source:
                members.append(_add(archive, name, source))
        said = {"format": FORMAT, "version": VERSION, "files": [_said(one) for one in members]}
        archive.writestr(zipfile.ZipInfo(MANIFEST, _EPOCH), json.dumps(said, ensure_ascii=False))
    return tuple(members)


def _said(member: Member) -> dict[str, str | int]:
    return {"name": member.name, "size": member.size, "sha256": member.sha256}


def _add(archive: zipfile.ZipFile, name: str, source: BinaryIO) -> Member:
    digest, size = hashlib.sha256(), 0
    with archive.open(zipfile.ZipInfo(name, _EPOCH), "w", force_zip64=True) as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            size += len(block)
            target.write(block)
    return Member(name=name, size=size, sha256=digest.hexdigest())


def unpack_backup(source: Path, folder: Path) -> tuple[Member, ...]:
    """Unpack into an empty folder, every byte checked; raises BadBackupError.

    Names follow a closed pattern, members are stored and do not overlap, sizes and digests are
    those of the manifest.
    """
    with _refused(source), says_refusals(), _opened(source) as archive:
        infos = _checked(archive, source.stat().st_size)
        members = _manifest(archive, infos)
        for member in members:
            _unpack(archive, member, folder)
    return members


@contextmanager
def _refused(source: Path) -> Iterator[None]:
    try:
        yield
    except _WRONG as error:
        raise BadBackupError(where=InFile(source), problem=_problem(error)) from error


def _problem(error: Exception) -> str:
    """Say what is wrong in our own words; a ValueError of ours says it already."""
    if isinstance(error, zipfile.BadZipFile):
        return msgid("it is no whole zip archive")
    if type(error) is ValueError:
        return str(error)
    return msgid("it does not hold what secops writes")


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    """Open it, if the whole file is one archive: nothing before, nothing behind, no device."""
    if not source.is_file():
        raise ValueError(source.name)
    with source.open("rb") as stream, zipfile.ZipFile(stream) as archive:
        stream.seek(-_END, os.SEEK_END)
        whole = stream.read(4) == b"PK\5\6"
        if not whole or min((one.header_offset for one in archive.infolist()), default=0):
            raise ValueError(msgid("bytes before or behind the archive"))
        yield archive


def _checked(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > _MOST_MEMBERS or sum(one.file_size for one in infos) > size:
        raise ValueError(msgid("too many or overlapping members"))
    found: dict[str, zipfile.ZipInfo] = {}
    for one in infos:
        key = unicodedata.normalize("NFC", one.filename).casefold()
        known = one.filename == MANIFEST or _known(one.filename)
        if key in found or not known or one.compress_type != zipfile.ZIP_STORED:
            raise ValueError(one.filename)
        found[key] = one
    return {one.filename: one for one in infos}


def _known(name: str) -> bool:
    if _FIXED.fullmatch(name):
        return True
    parts = PurePosixPath(name).parts
    return bool(_DOCUMENT.fullmatch(name)) and not {".", ".."} & set(parts)


def _manifest(archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo]) -> tuple[Member, ...]:
    if lacking := _NEEDED - infos.keys():
        raise ValueError(" ".join(sorted(lacking)))
    if infos[MANIFEST].file_size > _MOST_MANIFEST:
        raise ValueError(MANIFEST)
    said = json.loads(archive.read(MANIFEST))
    if said["format"] != FORMAT or said["version"] != VERSION:
        raise ValueError(f"{said['format']} {said['version']}")  # noqa: EM102, TRY003  # as above
    members = tuple(
        Member(name=str(one["name"]), size=int(one["size"]), sha256=str(one["sha256"]))
        for one in said["files"]
    )
    if sorted(one.name for one in members) != sorted(infos.keys() - {MANIFEST}):
        raise ValueError(MANIFEST)
    return members


def _unpack(archive: zipfile.ZipFile, member: Member, folder: Path) -> None:
    path = folder / member.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), member.size
    with archive.open(member.name) as source, path.open("xb") as target:
        path.chmod(0o600)
        while block := source.read(_BLOCK):
            left -= len(block)
            digest.update(block)
            target.write(block)
            if left < 0:
                break
    if left or digest.hexdigest() != member.sha256:
        raise ValueError(member.name)
