"""The civil date of deadlines: Asia/Shanghai, which knows no summer time."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from typing import Final

from secops.wiring.workspace import Workspace

SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")


def today(workspace: Workspace) -> date:
    """Give the day that it is for the people of the workspace."""
    return workspace.now().astimezone(SHANGHAI).date()
