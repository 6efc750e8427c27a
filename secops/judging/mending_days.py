"""Days to mend a finding, by its risk: named settings, the tool's own where a unit says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from secops.errors.documents import WrongDaysError
from secops.model.judgement import Risk
from secops.model.report import DEFAULT_DAYS, Deadlines

MOST_DAYS: Final = 3650
RISKS: Final[Mapping[str, Risk]] = {f"rectify.days.{risk.value}": risk for risk in Risk}
"""The settings by name."""


def default_days() -> dict[str, str]:
    """Give every setting with the default of the tool."""
    return {name: str(DEFAULT_DAYS[risk]) for name, risk in RISKS.items()}


def days_of(name: str, said: str) -> int:
    """Read what a setting says; raises WrongDaysError."""
    digits = said.isascii() and said.isdigit() and len(said) <= len(str(MOST_DAYS))
    if not digits or not 1 <= int(said) <= MOST_DAYS:
        raise WrongDaysError(key=name, found=said)
    return int(said)


def deadlines_of(settings: Mapping[str, str]) -> Deadlines:
    """Give the days by risk, and which of them nobody has set; raises WrongDaysError."""
    said = {name: settings[name] for name in RISKS if settings.get(name)}  # empty: set back
    chosen = {RISKS[name]: days_of(name, days) for name, days in said.items()}
    return Deadlines(
        days={**DEFAULT_DAYS, **chosen},
        by_default=frozenset(risk for risk in Risk if risk not in chosen),
    )
