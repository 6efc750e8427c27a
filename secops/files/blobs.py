"""Bytes addressed by their SHA-256, one file each: `evidence/ab/abcdef…`."""

from __future__ import annotations

from pathlib import Path

from secops.errors.store import BlobDamagedError, BlobMissingError
from secops.files.atomic import sync_folder, write_atomically
from secops.model.evidence import digest_of
from secops.model.ids import Digest


class FileBlobs:
    """Fits contracts.store.Blobs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> Digest:
        """Keep the bytes, durably, before this returns; the same bytes twice are kept once."""
        digest = digest_of(content)
        path = self.path_of(digest)
        if not path.exists():
            if not path.parent.exists():
                path.parent.mkdir(mode=0o700, exist_ok=True)
                sync_folder(self._folder)
            write_atomically(path, content)
        return digest

    def get(self, digest: Digest) -> bytes:
        """Give the bytes; raises BlobMissingError or BlobDamagedError."""
        try:
            content = self.path_of(digest).read_bytes()
        except FileNotFoundError as error:
            raise BlobMissingError(digest=digest) from error
        if digest_of(content) != digest:
            raise BlobDamagedError(digest=digest)
        return content

    def has(self, digest: Digest) -> bool:
        """Whether the bytes are there."""
        return self.path_of(digest).exists()

    def erase(self, digest: Digest) -> None:
        """Remove the bytes for good."""
        self.path_of(digest).unlink(missing_ok=True)
        sync_folder(self.path_of(digest).parent)

    def path_of(self, digest: Digest) -> Path:
        """Give the file of a digest; one that is no digest of ours has none."""
        name = digest.removeprefix("sha256:")
        if len(name) != _LENGTH or not set(name) <= _HEXADECIMAL:
            raise BlobMissingError(digest=digest)
        return self._folder / name[:2] / name


_LENGTH = 64
_HEXADECIMAL = frozenset("0123456789abcdef")
