"""What several subjects share: levels, a stated absence, addresses of a place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique

from secops.errors import ReasonMissingError


@unique
class SecurityLevel(IntEnum):
    """安全保护等级, 1 (lowest) to 5."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4
    FIVE = 5


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """不适用: a statement that needs a reason, not a missing value."""

    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ReasonMissingError
