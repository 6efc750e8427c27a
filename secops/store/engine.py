"""Opens connections that keep our promises, on SQLite and on PostgreSQL, and says their errors.

SQLite: write-ahead log, foreign keys, synchronous=FULL, and every connection proves it.
PostgreSQL: one writer by an advisory lock, readers in a snapshot of one moment.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from secops.errors import SecopsError
from secops.errors.machine import DiskFullError
from secops.errors.store import (
    DanglingReferenceError,
    DriverMissingError,
    RecordClashError,
    StoreLockedError,
    StoreReadOnlyError,
    StoreUnreachableError,
    StoreUnreadableError,
)

WAIT_SECONDS: Final = 10
_WRITER_KEY: Final = 0x5EC0_95
_PRAGMAS: Final[dict[str, str | int]] = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "synchronous": 2,  # FULL
    "secure_delete": 1,  # an erased telephone number leaves no bytes behind
}


def make_engine(url: str, wait_seconds: float = WAIT_SECONDS) -> Engine:
    """Make the engine of `sqlite:///PATH` or `postgresql://HOST/NAME`; nothing is opened yet.

    Who wants to write waits so long for another writer.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreUnreachableError(problem=str(error)) from error
    if parsed.get_backend_name() == "postgresql":
        return _postgresql(parsed.set(drivername="postgresql+psycopg"), wait_seconds)
    if parsed.get_backend_name() != "sqlite":
        raise DriverMissingError(name=parsed.get_backend_name())
    engine = create_engine(parsed, hide_parameters=True)  # a bug's log names no values
    pragmas: dict[str, str | int] = {**_PRAGMAS, "busy_timeout": int(wait_seconds * 1000)}
    event.listen(engine, "connect", partial(_prepare_sqlite, pragmas))
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(pragmas: Mapping[str, str | int], connection: Any, _: object) -> None:  # noqa: ANN401  # a driver's connection
    connection.isolation_level = None  # we say BEGIN ourselves
    for name, value in pragmas.items():
        connection.execute(f"PRAGMA {name}={value}").close()
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            raise StoreReadOnlyError(problem=f"{name} = {found}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    reading = options.get("reading", False)
    connection.exec_driver_sql(f"PRAGMA query_only={int(reading)}")
    if options.get("rebuilding", False):  # it can be said outside of a transaction only
        connection.exec_driver_sql("PRAGMA foreign_keys=0")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def refuse_dangling(connection: Connection) -> None:
    """Raise DanglingReferenceError if a row refers to one that is not there."""
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise DanglingReferenceError


def _postgresql(url: URL, wait_seconds: float) -> Engine:
    limits = {"connect_timeout": WAIT_SECONDS, "application_name": "secops"}
    options = {"wait_milliseconds": int(wait_seconds * 1000)}
    try:
        engine = create_engine(
            url, connect_args=limits, execution_options=options, hide_parameters=True
        )
    except (ImportError, NoSuchModuleError) as error:
        raise DriverMissingError(name="postgresql") from error
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _begin_postgresql(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("reading", False):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = {options['wait_milliseconds']}")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_KEY})")


def our_error(error: DBAPIError) -> SecopsError | None:
    """Say a driver's error as ours; None: it is a bug, and must look like one."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause)
    return _of_postgresql(cause)


_SQLITE: Final[dict[int, type[SecopsError]]] = {
    sqlite3.SQLITE_BUSY: StoreLockedError,
    sqlite3.SQLITE_LOCKED: StoreLockedError,
    sqlite3.SQLITE_FULL: DiskFullError,
    sqlite3.SQLITE_IOERR: DiskFullError,
    sqlite3.SQLITE_READONLY: StoreReadOnlyError,
    sqlite3.SQLITE_CANTOPEN: StoreReadOnlyError,
    sqlite3.SQLITE_PERM: StoreReadOnlyError,
    sqlite3.SQLITE_CORRUPT: StoreUnreadableError,
    sqlite3.SQLITE_NOTADB: StoreUnreadableError,
}


def _of_sqlite(cause: sqlite3.Error) -> SecopsError | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return None
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
        return RecordClashError(problem=str(cause))
    if code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        return DanglingReferenceError()
    kind = _SQLITE.get(code & 0xFF)
    return kind(problem=str(cause)) if kind else None


_POSTGRESQL: Final[dict[str, type[SecopsError]]] = {
    "23505": RecordClashError,
    "23503": DanglingReferenceError,
    "25006": StoreReadOnlyError,
    "40001": StoreLockedError,
    "42501": StoreReadOnlyError,
    "53100": DiskFullError,
    "55P03": StoreLockedError,
}


def _of_postgresql(cause: BaseException | None) -> SecopsError | None:
    state = str(getattr(cause, "sqlstate", None) or "")
    lines = str(cause).splitlines()
    problem = lines[0] if lines else type(cause).__name__
    kind = _POSTGRESQL.get(state)
    if kind is None and (not state or state[:2] in ("08", "28", "3D", "57")):
        kind = StoreUnreachableError if type(cause).__name__ == "OperationalError" else None
    return kind(problem=problem) if kind else None
