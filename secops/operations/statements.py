"""The statements that are kept: read from their bytes, in order, the newest of each platform."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Final

from secops.contracts.store import Blobs, UnitOfWork
from secops.errors.platforms import NoStatementError
from secops.guards.json_bounds import JsonBounds, bounded_json
from secops.judging.inheriting import inherited_of
from secops.judging.statement_keeping import read_statement
from secops.model.ids import AssessmentId, Digest, ItemId
from secops.model.platform_statement import Inherited, Kept, PlatformStatement

MOST_BYTES: Final = 4 * 1024 * 1024
PlatformKey = tuple[str, str]
"""The operator's name and the platform's id."""


@lru_cache(maxsize=64)  # many tenants share one statement
def statement_of(content: bytes) -> PlatformStatement:
    """Read the stored bytes of a statement."""
    return read_statement(bounded_json(content, JsonBounds(most_bytes=MOST_BYTES)))


def kept_statements(work: UnitOfWork, blobs: Blobs) -> Iterator[Kept]:
    """Give every statement, by number."""
    for record in work.statements.all():
        yield Kept(record=record, statement=statement_of(blobs.get(record.digest)))


def newest_statements(kept: Iterable[Kept]) -> dict[PlatformKey, Kept]:
    """Give the newest statement of each platform."""
    found: dict[PlatformKey, Kept] = {}
    for one in kept:
        key = platform_key(one.statement)
        if key not in found or one.statement.order > found[key].statement.order:
            found[key] = one
    return found


def platform_key(statement: PlatformStatement) -> PlatformKey:
    """Give what tells platforms apart: nobody speaks for the platform of another unit."""
    return statement.platform.unit, statement.platform.id


def find_statement(work: UnitOfWork, blobs: Blobs, text: str) -> Kept:
    """Find by number or digest; raises NoStatementError."""
    for one in kept_statements(work, blobs):
        if text.strip() in (str(one.record.no), one.record.digest):
            return one
    raise NoStatementError(name=text)


def inherited_by(
    work: UnitOfWork, blobs: Blobs, assessment: AssessmentId, until: datetime | None = None
) -> dict[ItemId, Inherited]:
    """Give what an assessment inherits; `until` hides what was recorded later."""
    rows = [
        one for one in work.inheritances.of(assessment) if until is None or one.recorded_at <= until
    ]
    statements: dict[Digest, PlatformStatement] = {
        digest: statement_of(blobs.get(digest))
        for digest in sorted({one.statement for one in rows})
    }
    return inherited_of(rows, statements)
