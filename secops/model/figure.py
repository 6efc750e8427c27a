"""Figures about a unit that its inventory can count, for items that ask for just those."""

from __future__ import annotations

from enum import Enum, unique


@unique
class Figure(Enum):
    """What is counted; those in the first group only tell whether there is anything at all."""

    SYSTEMS = "systems"
    WEBSITES = "websites"
    APPS = "apps"
    CRITICAL_INFRASTRUCTURE = "critical_infrastructure"

    ROLES_NAMED = "roles_named"
    THREE_RESPONSIBILITIES = "three_responsibilities"
    GRADED = "graded"
    FILED = "filed"
    AGENCY_ASSESSED = "agency_assessed"
    DATA_GRADED = "data_graded"
