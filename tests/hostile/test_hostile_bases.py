"""A file may claim any blob as the export it came from, also evidence that a stranger supplied."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from secops.files.blobs import FileBlobs
from secops.operations import inventory_base


@pytest.mark.parametrize(
    "content",
    [
        b"plain evidence",
        gzip.compress(b"\xff\xfe"),
        gzip.compress(b"[1]"),
        gzip.compress(b"not json"),
        gzip.compress(b'["secops/inventory-base", 1]')[:-12],
        gzip.compress(b'["secops/inventory-base", 1]\n{'),
        gzip.compress(b'["secops/inventory-base", 1]\n["system", [], {}]'),
        gzip.compress(b'["secops/inventory-base", 1]\n["system", "1", 5]'),
        gzip.compress(b'["secops/inventory-base", 1]\n' + b"[" * 100_000),
        b"\x1f\x8b\x08garbage",
    ],
)
def test_what_is_no_base_is_none(tmp_path: Path, content: bytes) -> None:
    blobs = FileBlobs(tmp_path)
    assert inventory_base.read_base(blobs, blobs.put(content)) is None


def test_a_bomb_is_no_base(tmp_path: Path) -> None:
    blobs = FileBlobs(tmp_path)
    layer = gzip.compress(b"\0" * (64 << 20))  # each copy is a member of the same stream
    head = gzip.compress(b'["secops/inventory-base", 1]\n')
    assert inventory_base.read_base(blobs, blobs.put(layer + head)) is None
