"""What `secops doctor` finds on a machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, unique


@unique
class Health(Enum):
    """How one thing stands."""

    FINE = "fine"
    LACKING = "lacking"  # something is left out or looks plainer; the rest works
    WRONG = "wrong"  # secops does not work, or not safely


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; `name`, `what` and `mend` are msgids."""

    name: str
    health: Health
    what: str
    mend: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
