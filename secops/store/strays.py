"""Finds rows that the history does not explain: changed, added or removed past secops."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, exists, func, literal, select

from secops.model.evidence import digest_of
from secops.store import bulk
from secops.store.tables import ANSWER, ASSESSMENT, CHAIN, DOCUMENT, FORM, INHERITANCE, TABLES
from secops.store.vouching import row_digest

_WHOLE_ROW = (ANSWER, ASSESSMENT, DOCUMENT, FORM, INHERITANCE)


def strays(connection: Connection) -> Iterator[str]:
    """Name each object whose row is not what its last entry says; contacts have no digests."""
    for table in TABLES.sorted_tables:
        if table in _WHOLE_ROW or ("body" in table.c and table.name not in ("contact", "scan")):
            yield from _altered(connection, table)
            yield from _removed(connection, table)


def _altered(connection: Connection, table: Table) -> Iterator[str]:
    last = (
        select(CHAIN.c.after)
        .where(CHAIN.c.object == literal(f"{table.name} ") + table.c.id)
        .where(CHAIN.c.after != "")  # a contact's entry and a note speak of the object, not its row
        .order_by(CHAIN.c.seq.desc())
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )
    columns = table.columns if table in _WHOLE_ROW else (table.c.body,)
    query = select(table.c.id, last, *columns)
    for row in bulk.stream(connection, query, tuple):
        whole = table in _WHOLE_ROW
        now = row_digest(table, tuple(row[2:])) if whole else digest_of(str(row[2]).encode())
        if now != row[1]:
            yield f"{table.name} {row[0]}"


def _removed(connection: Connection, table: Table) -> Iterator[str]:
    start = len(table.name) + 2
    there = exists().where(table.c.id == func.substr(CHAIN.c.object, start))
    born = select(CHAIN.c.object).where(
        CHAIN.c.action.in_((f"{table.name}.put", f"{table.name}.withdraw")),
        CHAIN.c.before == "",
        ~there,
    )
    yield from connection.execute(born.order_by(CHAIN.c.seq)).scalars().all()
