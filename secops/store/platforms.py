"""Keys and statements as records; what tenants inherit, only ever added."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from secops.errors.store import AnswerExistsError
from secops.model.actor import Actor
from secops.model.checklist import Duty
from secops.model.history import instant
from secops.model.ids import AssessmentId, Digest, ItemId, PersonId
from secops.model.key import Key, KeyAlgorithm, KeyId, KeyOrigin, PublicKey
from secops.model.platform_statement import (
    Inheritance,
    InheritanceId,
    StatementId,
    StatementOrigin,
    StatementRecord,
)
from secops.model.record import Cell
from secops.store import bulk, tables
from secops.store.assessments import refuse_frozen
from secops.store.cells import actor_cells, read_actor, read_instant
from secops.store.chain import Change, SqlChain
from secops.store.records import Kind
from secops.store.tables import INHERITANCE
from secops.store.vouching import row_digest


def _key_cells(one: Key) -> dict[str, Cell]:
    return {
        "id": one.id,
        "no": one.no,
        "unit": one.key.unit,
        "credit_code": one.key.credit_code,
        "algorithm": one.key.algorithm.value,
        "public": b64encode(one.key.public).decode(),
        "origin": one.origin.value,
        "kept_at": instant(one.kept_at),
        "kept_by": actor_cells(one.kept_by),
    }


def _key(body: str) -> Key:
    cells = json.loads(body)
    return Key(
        id=KeyId(cells["id"]),
        no=cells["no"],
        key=PublicKey(
            unit=cells["unit"],
            credit_code=cells.get("credit_code", ""),
            algorithm=KeyAlgorithm(cells["algorithm"]),
            public=b64decode(cells["public"]),
        ),
        origin=KeyOrigin(cells["origin"]),
        kept_at=read_instant(cells["kept_at"]),
        kept_by=read_actor(*cells["kept_by"]),
    )


KEYS: Final = Kind(name="key", table=tables.KEY, cells=_key_cells, record=_key)


def _statement_cells(one: StatementRecord) -> dict[str, Cell]:
    return {
        "id": one.id,
        "no": one.no,
        "platform": one.platform,
        "unit": one.unit,
        "origin": one.origin.value,
        "digest": one.digest,
        "envelope": one.envelope,
        "key": one.key,
        "valid_until": one.valid_until.isoformat(),
        "kept_at": instant(one.kept_at),
        "kept_by": actor_cells(one.kept_by),
    }


def _statement(body: str) -> StatementRecord:
    cells = json.loads(body)
    envelope, key = cells.get("envelope"), cells.get("key")
    return StatementRecord(
        id=StatementId(cells["id"]),
        no=cells["no"],
        platform=cells["platform"],
        unit=cells["unit"],
        origin=StatementOrigin(cells["origin"]),
        digest=Digest(cells["digest"]),
        envelope=Digest(envelope) if envelope else None,
        key=KeyId(key) if key else None,
        valid_until=date.fromisoformat(cells["valid_until"]),
        kept_at=read_instant(cells["kept_at"]),
        kept_by=read_actor(*cells["kept_by"]),
    )


STATEMENTS: Final = Kind(
    name="platform_statement",
    table=tables.PLATFORM_STATEMENT,
    cells=_statement_cells,
    record=_statement,
    keys=("platform",),
)


def _row(one: Inheritance) -> bulk.Row:
    return (
        one.id,
        one.assessment,
        str(one.item),
        one.revision,
        one.duty.value,
        one.statement,
        one.taken_by,
        *actor_cells(one.recorded_by),
        instant(one.recorded_at),
    )


def _inheritance(row: Row[Any]) -> Inheritance:
    return Inheritance(
        id=InheritanceId(row.id),
        assessment=AssessmentId(row.assessment),
        item=ItemId(row.item),
        revision=row.revision,
        duty=Duty(row.duty),
        statement=Digest(row.statement),
        taken_by=PersonId(row.taken_by),
        recorded_by=read_actor(row.account, row.person, row.means),
        recorded_at=read_instant(row.recorded_at),
    )


class SqlInheritances:
    """Append-only."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def append(self, actor: Actor, batch: Sequence[Inheritance]) -> None:
        """Add; a frozen assessment and a revision that exists already are refused."""
        for assessment in dict.fromkeys(one.assessment for one in batch):
            refuse_frozen(self._connection, assessment)
            taken = {(one.item, one.revision) for one in self.of(assessment)}
            for one in batch:
                if one.assessment == assessment and (one.item, one.revision) in taken:
                    raise AnswerExistsError(item=str(one.item), revision=str(one.revision))
        rows = [_row(one) for one in batch]
        bulk.add(self._connection, INHERITANCE, rows)
        said = [Change(f"inheritance {r[0]}", "", row_digest(INHERITANCE, r)) for r in rows]
        self._chain.write(actor, "inheritance.put", said)

    def of(self, assessment: AssessmentId) -> Iterator[Inheritance]:
        """Give those of an assessment, superseded ones too, by item and revision."""
        query = select(INHERITANCE).where(INHERITANCE.c.assessment == assessment)
        ordered = query.order_by(INHERITANCE.c.item, INHERITANCE.c.revision)
        return (_inheritance(row) for row in self._connection.execute(ordered).all())

    def assessments(self) -> frozenset[AssessmentId]:
        """Name the assessments that ever inherited anything."""
        query = select(INHERITANCE.c.assessment).distinct()
        return frozenset(AssessmentId(one) for one in self._connection.execute(query).scalars())
