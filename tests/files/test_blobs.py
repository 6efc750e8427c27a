"""Blobs: durable, whole, once, and proved when they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.errors.store import BlobDamagedError, BlobMissingError
from secops.files.atomic import written_atomically
from secops.files.blobs import FileBlobs
from secops.model.evidence import digest_of
from secops.model.ids import Digest


def test_bytes_come_back_and_are_kept_once(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    assert blobs.put(b"x") == blobs.put(b"x") == digest_of(b"x")
    assert blobs.get(digest_of(b"x")) == b"x"
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert [one.stat().st_mode & 0o777 for one in files] == [0o600]


def test_a_damaged_or_missing_blob_is_said(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    digest = blobs.put(b"x")
    blobs.path_of(digest).write_bytes(b"y")
    with pytest.raises(BlobDamagedError):
        blobs.get(digest)
    blobs.erase(digest)
    assert not blobs.has(digest)
    with pytest.raises(BlobMissingError):
        blobs.get(digest)


@pytest.mark.parametrize("name", ["../../etc/passwd", "sha256:../x", "sha256:" + "g" * 64, ""])
def test_what_is_no_digest_names_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(BlobMissingError):
        FileBlobs(tmp_path).get(Digest(name))


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")

    def fail() -> None:
        with written_atomically(path) as stream:
            stream.write(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
