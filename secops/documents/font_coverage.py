"""Which code points fonts can draw: read out of their tables once, then remembered beside them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

Ranges = list[list[int]]


@cache
def covered_by(files: tuple[Path, ...], folder: Path) -> frozenset[int]:
    """Give every code point that some of the files can draw."""
    remembered = folder / "coverage.json"
    known = _known(remembered)
    found = {_name(path): known.get(_name(path)) or _ranges(path) for path in files}
    if found.keys() - known.keys():
        _remember(remembered, {**known, **found})
    return frozenset(
        point
        for ranges in found.values()
        for first, last in ranges
        for point in range(first, last + 1)
    )


def _name(path: Path) -> str:
    seen = path.stat()
    return f"{path}:{seen.st_size}:{seen.st_mtime_ns}"


def _known(remembered: Path) -> dict[str, Ranges]:
    try:
        known: dict[str, Ranges] = json.loads(remembered.read_bytes())
    except (OSError, ValueError):  # not there yet, or half written: it is only a copy
        return {}
    return known


def _remember(remembered: Path, found: dict[str, Ranges]) -> None:
    remembered.parent.mkdir(parents=True, exist_ok=True)
    unfinished = remembered.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(found), encoding="utf-8")
    unfinished.replace(remembered)


def _ranges(path: Path) -> Ranges:
    points: set[int] = set()
    for face in _faces(path):
        points.update(face.getBestCmap() or ())
        face.close()
    return _joined(sorted(points))


def _joined(points: Sequence[int]) -> Ranges:
    if not points:
        return []
    breaks = [(one, other) for one, other in pairwise(points) if other != one + 1]
    firsts = [points[0], *(other for _, other in breaks)]
    lasts = [*(one for one, _ in breaks), points[-1]]
    return [[first, last] for first, last in zip(firsts, lasts, strict=True)]


def _faces(path: Path) -> Iterable[TTFont]:
    if path.suffix.lower() in {".ttc", ".otc"}:
        first: Sequence[TTFont] = TTCollection(path, lazy=True).fonts[:1]  # faces share cmaps
        return first
    return (TTFont(path, lazy=True),)
