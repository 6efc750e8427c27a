"""How items and gates of the three synchronies (三同步) stand on a day."""

from __future__ import annotations

from enum import Enum, unique
from typing import Final


@unique
class ItemState(Enum):
    """How an item of a gate stands on a day."""

    DONE = "done"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    OPEN = "open"


@unique
class GateState(Enum):
    """How a gate stands on a day."""

    NOT_ASKED = "not_asked"  # nothing is asked of a system of this level
    NOT_BEGUN = "not_begun"
    OPEN = "open"
    PASSED = "passed"
    PASSED_WITH_WAIVER = "passed_with_waiver"
    REOPENED = "reopened"  # it was passed with a waiver that has ended


@unique
class LevelOrigin(Enum):
    """Where the level comes from that a gate asks at."""

    GRADED = "graded"
    PRELIMINARY = "preliminary"  # 初定: nothing stands behind the grades, or one of them is open
    FILED = "filed"
    STATED = "stated"  # by whoever asked
    KEPT = "kept"  # as when the gate was begun


PASSED: Final = (GateState.PASSED, GateState.PASSED_WITH_WAIVER)
