"""What a chain entry vouches for of a row, the same before and after a table grew."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table

from secops.model.evidence import digest_of
from secops.model.history import canonical
from secops.model.ids import Digest
from secops.store.tables import ANSWER, ASSESSMENT

_LATER: Final[dict[str, tuple[object, ...]]] = {
    ASSESSMENT.name: (None, "gb22239", ""),
    ANSWER.name: (None,),
}
"""Columns that came later, at the end of their table, and what older rows hold there."""


def _vouched(table: Table, row: tuple[object, ...]) -> tuple[object, ...]:
    """Leave later columns out while they hold what the rows before them were given."""
    later = _LATER.get(table.name, ())
    return row[: -len(later)] if later and row[-len(later) :] == later else row


def row_digest(table: Table, row: tuple[object, ...]) -> Digest:
    """Give what a chain entry says of a row that is kept column by column."""
    return digest_of(canonical(_vouched(table, row)).encode())
