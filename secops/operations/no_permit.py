"""Why nothing may be scanned: nobody ever allowed it, a permit is over, or none covers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from secops.errors.scanning import (
    NoPermitError,
    NoPermitYetError,
    PermitOverError,
    PermitWithdrawnError,
)
from secops.model.permit import Permit


def no_permit(recorded: Sequence[Permit], now: datetime, targets: int) -> NoPermitError:
    """Give the error that tells which of the three it is."""
    if not recorded:
        return NoPermitYetError()
    if any(one.open_at(now) for one in recorded):
        return NoPermitError(count=str(targets))
    newest_withdrawn = recorded[-1].withdrawn_at is not None
    alike = (one for one in recorded if (one.withdrawn_at is not None) is newest_withdrawn)
    numbers = ", ".join(str(one.no) for one in alike)
    error = PermitWithdrawnError if newest_withdrawn else PermitOverError
    return error(numbers=numbers)
