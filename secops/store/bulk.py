"""Many rows at once: in as tuples straight to the driver, out as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeVar

import sqlalchemy
from sqlalchemy import Connection, Select, Table, delete, func, insert, select, update
from sqlalchemy import bindparam as bind
from sqlalchemy.exc import DBAPIError

Row = tuple[object, ...]
T = TypeVar("T")
_AT_ONCE = 500


def stream(
    connection: Connection, query: Select[Any], read: Callable[[sqlalchemy.Row[Any]], T]
) -> Iterator[T]:
    """Give values as their rows come; whoever stops early leaves no open cursor behind."""
    rows = connection.execute(query.execution_options(yield_per=_AT_ONCE))
    try:
        for row in rows:
            yield read(row)
    finally:
        rows.close()


def next_no(connection: Connection, table: Table) -> int:
    """Give the next free number."""
    return (connection.execute(select(func.max(table.c.no))).scalar() or 0) + 1


def add(connection: Connection, table: Table, rows: Sequence[Row], *, whole: bool = False) -> None:
    """Insert new rows; their values stand in the order of the table's columns.

    A column that the database fills by itself (`autoincrement=True`) is left out of the rows,
    unless they are `whole`.
    """
    if not rows:
        return
    names = [one.name for one in table.columns if whole or one.autoincrement is not True]
    if connection.dialect.name == "postgresql":
        _copy(connection, table, names, rows)
        return
    connection.exec_driver_sql(_inserting(table, tuple(names), connection.dialect), list(rows))


@lru_cache(maxsize=256)  # saying it costs as much as inserting a hundred rows
def _inserting(table: Table, names: tuple[str, ...], dialect: sqlalchemy.Dialect) -> str:
    statement = insert(table).values({name: bind(name) for name in names})
    return str(statement.compile(dialect=dialect))


def _copy(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Row]) -> None:
    if not connection.in_transaction():
        connection.begin()  # COPY goes past SQLAlchemy, which would begin by itself
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    driver: Any = connection.connection.driver_connection
    text = f"COPY {quote(table.name)} ({columns}) FROM STDIN"
    try:
        with driver.cursor() as cursor, cursor.copy(text) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError(text, None, error) from error


def replace(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Write anew the rows with these ids (the first column)."""
    if not rows:
        return
    names = [one.name for one in table.columns]
    statement = (
        update(table)
        .where(table.columns[names[0]] == bind("row_key"))
        .values({name: bind(f"new_{name}") for name in names[1:]})
    )
    keys = ["row_key", *(f"new_{name}" for name in names[1:])]
    connection.execute(statement, [dict(zip(keys, row, strict=True)) for row in rows])


def remove(connection: Connection, table: Table, ids: Sequence[str]) -> None:
    """Remove the rows with these ids (the first column): link rows only."""
    if ids:
        first = next(iter(table.columns))
        connection.execute(
            delete(table).where(first == bind("row_key")), [{"row_key": i} for i in ids]
        )
