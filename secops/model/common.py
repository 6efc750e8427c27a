"""What several subjects share: levels, how sure a fact is, a stated absence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum, unique

from secops.errors import ReasonMissingError


@unique
class SecurityLevel(IntEnum):
    """安全保护等级, 1 (lowest) to 5."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4
    FIVE = 5


@unique
class Confidence(Enum):
    """How sure a fact is. LOW is never printed as official."""

    HIGH = "H"  # read in a primary or two agreeing sources, or measured
    MEDIUM = "M"  # one secondary source
    LOW = "L"  # from memory: to be confirmed


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """不适用: a statement that needs a reason, not a missing value."""

    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ReasonMissingError
