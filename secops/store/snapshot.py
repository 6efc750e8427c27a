"""A consistent copy of a database while others use it, always as one SQLite file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, select, text
from sqlalchemy.exc import DBAPIError

from secops.errors.store import StoreUnreadableError
from secops.store import bulk
from secops.store.migrate import KNOWN, migrate
from secops.store.tables import TABLES

_AT_ONCE = 5000


def snapshot(engine: Engine, path: Path) -> None:
    """Write a copy as of one moment; writers go on meanwhile."""
    path.touch(mode=0o600, exist_ok=False)
    if engine.dialect.name == "sqlite":
        path.unlink()  # VACUUM wants to make it; the caller's folder is private
        _vacuum(engine, path)
        return
    copy = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as source, copy.begin() as target:
            _copy(source.execution_options(reading=True), target)
    finally:
        copy.dispose()


def _vacuum(engine: Engine, path: Path) -> None:
    """Copy past SQLAlchemy, which would begin a transaction: VACUUM must stand alone."""
    statement = "VACUUM INTO ?"
    with closing(engine.raw_connection()) as connection:
        try:
            connection.cursor().execute(statement, (str(path),))
        except sqlite3.Error as error:
            raise DBAPIError(statement, None, error) from error


def _copy(source: Connection, target: Connection) -> None:
    migrate(target)
    for table in TABLES.sorted_tables:
        order = table.c.no if "no" in table.c else next(iter(table.c))
        query = select(table).order_by(order).execution_options(yield_per=_AT_ONCE)
        for part in source.execute(query).partitions(_AT_ONCE):
            bulk.add(target, table, [tuple(row) for row in part], whole=True)


def prove_whole(path: Path) -> None:
    """Raise StoreUnreadableError unless the file is a whole SQLite database with our tables only.

    A trigger or view of somebody else would change answers behind our back.
    """
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
            versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            tables = {_as_made(*row) for row in connection.execute(_MADE)}
    except sqlite3.DatabaseError as error:
        raise StoreUnreadableError(problem=str(error)) from error
    if found != "ok" or loose is not None:
        raise StoreUnreadableError(problem=str(found if found != "ok" else loose))
    for (version,) in versions:
        if version in KNOWN and (strange := tables ^ _tables_at(version)):
            raise StoreUnreadableError(problem=" ".join(sorted({one[1] for one in strange})))


_MADE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"


def _as_made(kind: str, name: str, sql: str | None) -> tuple[str, str, str]:
    """Put a table's constraints in order: where it was rebuilt, Alembic writes them in any."""
    lines = [line.strip().rstrip(",") for line in (sql or "").splitlines()]
    named = sorted(line for line in lines if line.startswith("CONSTRAINT "))
    return kind, name, "\n".join([*(one for one in lines if one not in named), *named])


def _tables_at(version: str) -> set[tuple[str, str, str]]:
    """Say what the migrations make, by making it."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            migrate(connection, to=version)
            return {_as_made(*row) for row in connection.execute(text(_MADE))}
    finally:
        engine.dispose()
