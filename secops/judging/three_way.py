"""Three-way comparison of one cell: what was exported, what the file says, what stands now."""

from __future__ import annotations

from enum import Enum, unique


@unique
class Standing(Enum):
    """What a cell of a file means for the record."""

    UNCHANGED = "unchanged"
    TAKE = "take"
    CONFLICT = "conflict"


def compare(base: object, file: object, now: object) -> Standing:
    """Unchanged in the file, or changed on both sides to the same: nothing. Else who changed it."""
    if file in (base, now):
        return Standing.UNCHANGED
    return Standing.TAKE if base == now else Standing.CONFLICT
