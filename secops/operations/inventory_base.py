"""What an export contained, kept by its digest: the base of a later three-way import.

Contact data must stay erasable, so the base keeps of each contact cell only a fingerprint of 16
bits: enough to see that a cell was edited, far too little to find the value by.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from secops.contracts.store import Blobs
from secops.model.ids import Digest
from secops.model.record import EMPTY, Cell

Flat = str | int | bool | tuple[str, ...] | None
"""A cell as JSON can hold it: what base, file and now are compared in."""

Cells = Mapping[str, Flat]
_FORMAT: Final = ["secops/inventory-base", 1]
_MOST_BYTES: Final = 1024 * 1024 * 1024  # a million systems; a bomb of 200 MB would be 200 GB


def flat(cell: Cell) -> Flat:
    """Write dates and decimals as text; nothing is nothing."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return None if cell in EMPTY else cell


def filled(cells: Mapping[str, Cell]) -> dict[str, Flat]:
    """Flatten a record's cells, without those that are empty."""
    return {path: flat(cell) for path, cell in cells.items() if cell not in EMPTY}


def fingerprint(value: Flat) -> str:
    """Give four hexadecimal digits, or nothing for nothing."""
    return hashlib.sha256(str(value).encode()).hexdigest()[:4] if value is not None else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The cells of every record of one export, by kind and id."""

    rows: Mapping[str, Mapping[str, Cells]]


def keep_base(blobs: Blobs, rows: Iterable[tuple[str, str, Cells]]) -> Digest:
    """Keep what is being exported; the digest is the export's revision."""
    lines = [json.dumps(_FORMAT)]
    for kind, id_, cells in rows:
        kept = {p: fingerprint(v) for p, v in cells.items()} if kind == "contact" else dict(cells)
        lines.append(json.dumps([kind, id_, kept], ensure_ascii=False, sort_keys=True))
    return blobs.put(gzip.compress("\n".join(lines).encode(), mtime=0))


def read_base(blobs: Blobs, revision: str) -> Base | None:
    """Give the base of a revision; None: nothing was exported from here under it."""
    digest = Digest(revision)
    if not blobs.has(digest):
        return None
    lines = _lines(blobs.get(digest))
    if not lines or lines[0] != json.dumps(_FORMAT):
        return None
    try:
        return Base(rows=_rows(lines[1:]))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _rows(lines: Iterable[str]) -> dict[str, dict[str, Cells]]:
    rows: dict[str, dict[str, Cells]] = {}
    for line in lines:
        kind, id_, cells = json.loads(line)
        rows.setdefault(kind, {})[id_] = {
            path: tuple(cell) if isinstance(cell, list) else cell for path, cell in cells.items()
        }
    return rows


def _lines(packed: bytes) -> list[str]:
    """Unpack, up to a bound: what a revision names may be any evidence that somebody supplied."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        text = unpacker.decompress(packed, _MOST_BYTES).decode()
    except (zlib.error, UnicodeDecodeError):
        return []
    return [] if unpacker.unconsumed_tail else text.split("\n")
