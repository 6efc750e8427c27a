"""Instants as people read them: civil time in China, to the minute; JSON has UTC."""

from __future__ import annotations

from datetime import datetime

from secops.wiring.today import SHANGHAI


def civil(moment: datetime) -> str:
    """Give Beijing civil time, such as 2026-11-25 08:31."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
