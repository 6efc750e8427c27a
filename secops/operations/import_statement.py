"""Takes over a statement that another unit signed: proved first, read after, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secops.contracts.platforms import Prove
from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import msgid
from secops.errors.platforms import (
    ExpiredStatementError,
    NoStatementFileError,
    OlderStatementError,
    OtherSignerError,
    StatementThereError,
    UnknownSignerError,
    WrongSignatureError,
)
from secops.guards.json_bounds import UnsafeJsonError
from secops.judging.statement_keeping import PAYLOAD, UnreadableStatementError, statement_bytes
from secops.model.evidence import digest_of
from secops.model.key import Envelope, Key, signed_bytes
from secops.model.platform_statement import (
    Kept,
    PlatformStatement,
    StatementId,
    StatementOrigin,
    StatementRecord,
)
from secops.operations.statements import (
    kept_statements,
    newest_statements,
    platform_key,
    statement_of,
)
from secops.reading.signed_files import read_envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file from outside, the day on which it came, and what proves its signature."""

    content: bytes
    today: date
    prove: Prove


def import_statement(work: UnitOfWork, blobs: Blobs, acting: Acting, incoming: Incoming) -> Kept:
    """Prove and keep it.

    Raises NoStatementFileError, UnknownSignerError, WrongSignatureError, OtherSignerError,
    ExpiredStatementError, StatementThereError, OlderStatementError.
    """
    envelope = read_envelope(incoming.content)
    if envelope.payload_type != PAYLOAD:
        problem = msgid("it is of another kind or of a newer version")
        raise NoStatementFileError(problem=problem)
    key = _proved(work, envelope, incoming.prove)
    statement = _read(envelope.payload)
    if (statement.platform.unit, statement.platform.credit_code) != (
        key.key.unit,
        key.key.credit_code,
    ):
        raise OtherSignerError(unit=statement.platform.unit, signer=key.key.unit)
    _refuse(work, blobs, statement, (envelope.payload, incoming.today))
    record = StatementRecord(
        id=StatementId(acting.new_id()),
        no=work.statements.next_no(),
        platform=statement.platform.id,
        unit=statement.platform.unit,
        origin=StatementOrigin.IMPORTED,
        digest=digest_of(envelope.payload),
        envelope=digest_of(incoming.content),
        key=key.id,
        valid_until=statement.valid_until,
        kept_at=acting.now(),
        kept_by=acting.actor,
    )
    blobs.put(envelope.payload)
    blobs.put(incoming.content)
    work.statements.put_many(acting.actor, [record])
    return Kept(record=record, statement=statement)


def _proved(work: UnitOfWork, envelope: Envelope, prove: Prove) -> Key:
    """Give the first key of the list that signed; every signature by a key of the list must fit."""
    covered = signed_bytes(envelope.payload_type, envelope.payload)
    found: Key | None = None
    for one in envelope.signatures:
        key = work.keys.get(one.key)
        if key is None:
            continue
        if not prove(key.key, covered, one.value):
            raise WrongSignatureError
        found = found or key
    if found is None:
        raise UnknownSignerError(key=envelope.signatures[0].key)
    return found


def _read(payload: bytes) -> PlatformStatement:
    try:
        statement = statement_of(payload)
    except UnsafeJsonError as error:
        raise NoStatementFileError(problem=error.problem) from error
    except UnreadableStatementError as error:
        problem = msgid("what was signed is no statement")
        raise NoStatementFileError(problem=problem) from error
    if statement_bytes(statement) != payload:
        raise NoStatementFileError(problem=msgid("what was signed is no statement"))
    return statement


def _refuse(
    work: UnitOfWork, blobs: Blobs, statement: PlatformStatement, how: tuple[bytes, date]
) -> None:
    payload, today = how
    name = statement.platform.name
    if statement.expired(today):
        raise ExpiredStatementError(platform=name, day=statement.valid_until.isoformat())
    kept = tuple(kept_statements(work, blobs))
    for one in kept:
        if one.record.digest == digest_of(payload):
            raise StatementThereError(no=str(one.record.no))
    newest = newest_statements(kept).get(platform_key(statement))
    if newest and newest.statement.order >= statement.order:
        raise OlderStatementError(platform=name, no=str(newest.record.no))
