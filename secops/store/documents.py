"""What was printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from secops.model.actor import Actor
from secops.model.document import DocumentFormat, DocumentRecord
from secops.model.history import canonical, instant
from secops.model.ids import Digest, DocumentId
from secops.store import bulk
from secops.store.cells import actor_cells, read_actor, read_instant
from secops.store.chain import Change, SqlChain
from secops.store.tables import DOCUMENT
from secops.store.vouching import row_digest


def _row(one: DocumentRecord) -> bulk.Row:
    return (
        one.id,
        one.no,
        one.kind,
        one.subject,
        one.as_of.isoformat(),
        instant(one.made_at),
        *actor_cells(one.made_by),
        one.context,
        one.template,
        canonical([(form.value, digest) for form, digest in one.outputs]),
        canonical(one.packs),
    )


def _record(row: Row[Any]) -> DocumentRecord:
    return DocumentRecord(
        id=DocumentId(row.id),
        no=row.no,
        kind=row.kind,
        subject=row.subject,
        as_of=date.fromisoformat(row.as_of),
        made_at=read_instant(row.made_at),
        made_by=read_actor(row.account, row.person, row.means),
        context=Digest(row.context),
        template=Digest(row.template),
        outputs=tuple((DocumentFormat(f), Digest(d)) for f, d in json.loads(row.outputs)),
        packs=tuple(Digest(one) for one in json.loads(row.packs)),
    )


class SqlDocuments:
    """Documents by number."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def put(self, actor: Actor, record: DocumentRecord) -> None:
        """Add one."""
        row = _row(record)
        bulk.add(self._connection, DOCUMENT, [row])
        entry = Change(f"document {record.id}", "", row_digest(DOCUMENT, row))
        self._chain.write(actor, "document.put", [entry])

    def get(self, id: str) -> DocumentRecord | None:
        """Give one."""
        row = self._connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == id)).first()
        return None if row is None else _record(row)

    def all(self) -> Iterator[DocumentRecord]:
        """Give every one, by number."""
        return bulk.stream(self._connection, select(DOCUMENT).order_by(DOCUMENT.c.no), _record)

    def next_no(self) -> int:
        """Give the number of the next document."""
        return bulk.next_no(self._connection, DOCUMENT)
