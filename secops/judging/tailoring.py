"""Which items are asked of a system: S items at its S grade, A items at A, G items at its level.

GB/T 22239-2019 附录A: an S2A3 system is of level 3 and takes its S items from level 2.
"""

from __future__ import annotations

from dataclasses import dataclass

from secops.errors.judging import LevelNotCoveredError
from secops.model.checklist import AtLevel, Attribute, Checklist, Item
from secops.model.common import SecurityLevel


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One item of an item set, with what it says at the level that counts for it."""

    item: Item
    at: AtLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSet:
    """What is asked of systems of these grades, by an edition; kept as it was."""

    edition: str
    checklist: str  # the digest of what it was chosen from
    grades: Grades
    asked: tuple[Asked, ...]


def tailor(checklist: Checklist, grades: Grades) -> ItemSet:
    """Choose the items, in the order of the standard.

    Raises LevelNotCoveredError: a set with holes would look as if less were asked.
    """
    covered = {at.level for item in checklist.items for at in item.at}
    for level in sorted({grades.business_information, grades.system_service} - covered):
        raise LevelNotCoveredError(level=str(int(level)), edition=checklist.edition)
    asked = tuple(
        Asked(item=item, at=at)
        for item in checklist.items
        for at in item.at
        if at.level is grades.deciding(at.attribute)
    )
    return ItemSet(
        edition=checklist.edition, checklist=checklist.digest, grades=grades, asked=asked
    )
