"""Three-way merge of one cell over many copies: what was exported, what each says, what stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from secops.errors import Place
from secops.judging.three_way import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one copy says in a cell that somebody changed there."""

    value: str
    base: str  # what stood in that copy when it was made
    knew: bool  # whether what stands now is what stood in it then
    by: str  # who is said to have typed it
    path: Path
    place: Place


def standing(now: str, claims: Iterable[Claim]) -> Standing:
    """Say what the copies make of a cell; their order does not matter.

    What already stands is no news. One new value is taken if whoever says it knew what it
    replaces; two, or one that replaces what its writer never saw, are a conflict.
    """
    news = [one for one in claims if one.value != now]
    if not news:
        return Standing.UNCHANGED
    agreed = len({one.value for one in news}) == 1 and all(one.knew for one in news)
    return Standing.TAKE if agreed else Standing.CONFLICT


def preferred(claims: Sequence[Claim], paths: Sequence[Path]) -> str | None:
    """Give the value of the first of these files that makes a claim; None: none of them does."""
    by_path = {one.path: one.value for one in claims}
    return next((by_path[path] for path in paths if path in by_path), None)
