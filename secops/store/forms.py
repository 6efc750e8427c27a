"""What forms went out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from secops.model.actor import Actor
from secops.model.form import FormId, FormPurpose, FormRecord, FormSubject
from secops.model.history import instant
from secops.model.ids import Digest
from secops.store import bulk
from secops.store.cells import actor_cells, read_actor, read_instant
from secops.store.chain import Change, SqlChain
from secops.store.tables import FORM
from secops.store.vouching import row_digest


def _row(one: FormRecord) -> bulk.Row:
    return (
        one.id,
        one.no,
        one.purpose.value,
        str(one.subject),
        one.title,
        instant(one.made_at),
        *actor_cells(one.made_by),
        one.base,
        one.due.isoformat() if one.due else None,
    )


def _record(row: Row[Any]) -> FormRecord:
    return FormRecord(
        id=FormId(row.id),
        no=row.no,
        purpose=FormPurpose(row.purpose),
        subject=FormSubject.parse(row.subject),
        title=row.title,
        made_at=read_instant(row.made_at),
        made_by=read_actor(row.account, row.person, row.means),
        base=Digest(row.base),
        due=date.fromisoformat(row.due) if row.due else None,
    )


class SqlForms:
    """Forms by number."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def put(self, actor: Actor, record: FormRecord) -> None:
        """Add one."""
        row = _row(record)
        bulk.add(self._connection, FORM, [row])
        entry = Change(f"form {record.id}", "", row_digest(FORM, row))
        self._chain.write(actor, "form.put", [entry])

    def get(self, id: str) -> FormRecord | None:
        """Give one; None: this workspace made no such form."""
        row = self._connection.execute(select(FORM).where(FORM.c.id == id)).first()
        return None if row is None else _record(row)

    def all(self) -> Iterator[FormRecord]:
        """Give every one, by number."""
        return bulk.stream(self._connection, select(FORM).order_by(FORM.c.no), _record)

    def next_no(self) -> int:
        """Give the number of the next form."""
        return bulk.next_no(self._connection, FORM)
