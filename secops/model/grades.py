"""The two grades of a system, and which of them decides for an item."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from secops.model.common import SecurityLevel


@unique
class Attribute(Enum):
    """S, A or G: which of the two grades decides whether the item applies (GB/T 22239 附录A)."""

    BUSINESS_INFORMATION = "S"
    SYSTEM_SERVICE = "A"
    GENERAL = "G"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """The two grades of a system; the higher one is its level."""

    business_information: SecurityLevel
    system_service: SecurityLevel

    @property
    def level(self) -> SecurityLevel:
        """The level of the system."""
        return max(self.business_information, self.system_service)

    def deciding(self, attribute: Attribute) -> SecurityLevel:
        """Give the level at which items of this attribute are asked."""
        match attribute:
            case Attribute.BUSINESS_INFORMATION:
                return self.business_information
            case Attribute.SYSTEM_SERVICE:
                return self.system_service
            case Attribute.GENERAL:
                return self.level

    def __str__(self) -> str:
        return f"S{self.business_information:d}A{self.system_service:d}"
