"""Puts signatures, statements and words together for the commands about shared platforms."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from secops.errors import InFile, SecopsError
from secops.errors.platforms import NoStatementError
from secops.files.whole_file import content_of
from secops.keys.signing import prove
from secops.model.judgement import Finding
from secops.model.platform_statement import Kept, StatementOrigin
from secops.model.system import System
from secops.operations.check_platforms import Checking, open_findings
from secops.operations.import_statement import Incoming, import_statement
from secops.operations.statements import kept_statements
from secops.settings.catalogue import words_for
from secops.wiring.assess import Assessing, today_of

_MOST: Final = 8 * 1024 * 1024


def import_file(one: Assessing, path: Path) -> Kept:
    """Take over a statement's file; raises errors that name it."""
    content = content_of(path, _MOST)
    incoming = Incoming(content=content, today=today_of(one), prove=prove)
    try:
        return import_statement(one.work, one.blobs, one.acting, incoming)
    except SecopsError as error:
        raise error.at(InFile(path)) from error


def newest_of(one: Assessing, platform: System) -> Kept:
    """Give the newest statement of a platform of this workspace; raises NoStatementError.

    Only those made here: another unit may have used the id of our system.
    """
    found = [
        kept
        for kept in kept_statements(one.work, one.blobs)
        if kept.record.platform == platform.id and kept.record.origin is StatementOrigin.MADE
    ]
    if not found:
        raise NoStatementError(name=platform.name)
    return max(found, key=lambda kept: kept.statement.order)


def checking(one: Assessing, day: date | None = None) -> Checking:
    """Say the day; findings are kept in Chinese, whoever looks on."""
    return Checking(day=day or today_of(one), words=words_for("zh"))


def findings_now(one: Assessing) -> tuple[Finding, ...]:
    """Open what a statement that just came makes worse at its tenants."""
    return open_findings(one.work, one.blobs, one.acting, checking(one))
