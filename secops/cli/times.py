"""Instants as people read them: civil time in China, to the minute; JSON has UTC."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from secops.wiring.today import SHANGHAI


def civil(moment: datetime) -> str:
    """Give Beijing civil time, such as 2026-11-25 08:31."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def civil_end(moment: datetime) -> str:
    """Give the end of something: midnight is the end of the day before, 2026-12-31 24:00."""
    if moment.astimezone(SHANGHAI).time() != time():
        return civil(moment)
    return f"{moment.astimezone(SHANGHAI) - timedelta(days=1):%Y-%m-%d} 24:00"
