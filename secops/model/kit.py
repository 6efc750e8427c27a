"""自查套件: what came of the one workbook that a unit fills in and sends back."""

from __future__ import annotations

from enum import Enum, unique


@unique
class KitState(Enum):
    """What came of a unit's kit."""

    TAKEN = "taken"
    UNCHANGED = "unchanged"  # it says nothing that is not known
    UNDECIDED = "undecided"  # nothing was taken: somebody has to decide
    REFUSED = "refused"  # nothing was taken: something is wrong
    EARLIER = "earlier"  # it came back before, and not now
    MISSING = "missing"  # it has not come back
