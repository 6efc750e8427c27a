"""Why nothing may be scanned: nobody ever allowed it, a permit is over, or none covers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from secops.errors.scanning import NoPermitError, NoPermitYetError, PermitOverError
from secops.model.permit import Permit


def no_permit(recorded: Sequence[Permit], now: datetime, targets: int) -> NoPermitError:
    """Give the error that tells which of the three it is."""
    if not recorded:
        return NoPermitYetError()
    if any(one.open_at(now) for one in recorded):
        return NoPermitError(count=str(targets))
    withdrawn = [one for one in recorded if one.withdrawn_at is not None]
    over = [one for one in recorded if one.withdrawn_at is None]
    return PermitOverError(withdrawn=_numbers(withdrawn), over=_numbers(over))


def _numbers(permits: Sequence[Permit]) -> str:
    return ", ".join(str(one.no) for one in permits) or "-"
