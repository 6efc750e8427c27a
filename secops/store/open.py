"""Opens a database: brings its tables up to date, then gives the way to begin work on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Now
from secops.store.engine import WAIT_SECONDS, make_engine, our_error, refuse_dangling
from secops.store.migrate import is_current, migrate
from secops.store.snapshot import snapshot
from secops.store.unit_of_work import SqlUnitOfWork


class Store:
    """An open database; calling it begins a transaction (contracts.store.Begin)."""

    def __init__(self, engine: Engine, now: Now) -> None:
        self._engine = engine
        self._now = now

    @contextmanager
    def __call__(self, *, reading: bool = False) -> Iterator[UnitOfWork]:
        """Begin; without `commit` nothing is kept."""
        with _our_errors(), self._engine.connect() as connection:
            yield SqlUnitOfWork(connection.execution_options(reading=reading), self._now)

    def snapshot(self, path: Path) -> None:
        """Write a consistent copy of the database as a SQLite file."""
        with _our_errors():
            snapshot(self._engine, path)

    def close(self) -> None:
        """Give the connections back; on SQLite the log is folded into the file."""
        self._engine.dispose()


@contextmanager
def _our_errors() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        ours = our_error(error)
        if ours is None:
            raise
        raise ours from error


def open_store(url: str, *, now: Now, wait_seconds: float = WAIT_SECONDS) -> Store:
    """Open; raises StoreNewerError, StoreUnreadableError, StoreUnreachableError.

    Who only reads does not wait for a writer, unless tables are missing.
    """
    engine = make_engine(url, wait_seconds)
    with _our_errors():
        with engine.connect() as connection:
            current = is_current(connection.execution_options(reading=True))
        if not current:
            _bring_up_to_date(engine)
    return Store(engine, now)


def _bring_up_to_date(engine: Engine) -> None:
    """Migrate in one transaction.

    SQLite changes a table by filling a new one and dropping the old: what refers to its rows must
    not stop that, and is proved whole before anything is kept.
    """
    with engine.connect() as connection:
        rebuilding = connection.execution_options(rebuilding=True)
        with rebuilding.begin():
            migrate(rebuilding)
            if engine.dialect.name == "sqlite":
                refuse_dangling(rebuilding)
    engine.dispose()  # the next connection keeps its promises again
