"""What only PostgreSQL can do wrong: its lock, its errors, and a copy as SQLite."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from secops.errors.store import RecordClashError, StoreLockedError, StoreUnreachableError
from secops.model.history import first_bad
from secops.store.open import open_store
from secops.store.snapshot import prove_whole
from tests.store.samples import (
    OFFICER,
    Clock,
    a_plan,
    a_system,
    a_unit,
    an_assessment,
    an_attempt,
)

pytestmark = pytest.mark.slow


def test_there_is_one_writer_and_readers_go_on(postgresql_url: str) -> None:
    with (
        closing(open_store(postgresql_url, now=Clock())) as first,
        closing(open_store(postgresql_url, now=Clock(), wait_seconds=0.2)) as second,
        first() as work,
    ):
        work.units.put_many(OFFICER, [a_unit()])
        with second(reading=True) as other:
            assert other.units.count() == 0
        with pytest.raises(StoreLockedError), second() as other:
            other.units.put_many(OFFICER, [a_unit(2)])
        work.commit()
        with second() as other:
            other.units.put_many(OFFICER, [a_unit(2)])
            other.commit()
        with second(reading=True) as other:
            assert first_bad(other.chain.entries()) is None
            assert other.chain.head().seq == 2


def test_the_first_statement_of_a_writer_may_be_a_copy(postgresql_url: str) -> None:
    with closing(open_store(postgresql_url, now=Clock())) as store:
        with store() as work:
            work.scans.start(a_plan())
            work.scans.put_attempts([an_attempt(1, None)])
            work.commit()
        with pytest.raises(RecordClashError), store() as work:
            work.scans.start(a_plan())


def test_a_server_that_is_not_there_is_said_without_a_traceback() -> None:
    with pytest.raises(StoreUnreachableError) as told:
        open_store("postgresql://secops@/x?host=/nowhere", now=Clock())
    assert told.value.exit_code == 2


def test_a_copy_is_a_whole_sqlite_database_with_the_same_history(
    postgresql_url: str, tmp_path: Path
) -> None:
    copy = tmp_path / "secops.db"
    with closing(open_store(postgresql_url, now=Clock())) as store:
        with store() as work:
            work.units.put_many(OFFICER, [a_unit()])
            work.systems.put_many(OFFICER, [a_system(no) for no in range(1, 700)])
            work.assessments.put(OFFICER, an_assessment())
            work.scans.start(a_plan())
            work.commit()
            head = work.chain.head()
        store.snapshot(copy)
    prove_whole(copy)
    with (
        closing(open_store(f"sqlite:///{copy}", now=Clock())) as store,
        store(reading=True) as work,
    ):
        assert work.chain.head() == head
        assert first_bad(work.chain.entries()) is None
        assert list(work.chain.strays()) == []
        assert list(work.systems.all()) == [a_system(no) for no in range(1, 700)]
