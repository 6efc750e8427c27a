"""Migrations make the tables of the code; finds use their indexes; connections keep promises."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, text

from secops.errors.store import DriverMissingError, StoreNewerError, StoreUnreadableError
from secops.store.engine import make_engine
from secops.store.migrate import FOLDER, HEAD, KNOWN, migrate
from secops.store.open import open_store
from secops.store.tables import TABLES
from tests.store.samples import OFFICER, Clock, a_system, a_unit


def test_the_migrations_make_the_tables_of_the_code(url: str) -> None:
    open_store(url, now=Clock()).close()
    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, TABLES) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_we_name() -> None:
    steps = ScriptDirectory(str(FOLDER))
    assert steps.get_heads() == [HEAD]
    assert sorted(one.revision for one in steps.walk_revisions()) == sorted(KNOWN)


def test_the_second_step_reads_the_components_out_of_the_endpoints(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        migrate(connection, to="0001")
        for statement in (
            "INSERT INTO unit (id, no, name, body) VALUES ('u', 1, 'x', '{}')",
            "INSERT INTO component (id, no, name, unit, body) VALUES ('c', 1, 'x', 'u', '{}')",
        ):
            connection.exec_driver_sql(statement)
        added = text("INSERT INTO endpoint (id, no, value, body) VALUES (:id, :no, 'x', :body)")
        connection.execute(added, {"id": "e", "no": 1, "body": '{"components": ["c", "c"]}'})
        connection.execute(added, {"id": "f", "no": 2, "body": "{}"})
    with engine.begin() as connection:
        migrate(connection)
        rows = connection.execute(text("SELECT id, component FROM endpoint_component")).all()
        assert [tuple(one) for one in rows] == [("e", "c")]
    engine.dispose()


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/secops.db"
    open_store(address, now=Clock()).close()
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreNewerError):
        open_store(address, now=Clock())


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secops.db").write_bytes(b"inventory, not a database\n" * 100)
    with pytest.raises(StoreUnreadableError):
        open_store(f"sqlite:///{tmp_path}/secops.db", now=Clock())


def test_an_engine_that_we_do_not_promise_is_refused() -> None:
    with pytest.raises(DriverMissingError):
        make_engine("mysql://host/name")


def test_every_sqlite_connection_has_our_pragmas(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/secops.db")
    with engine.connect() as first, engine.connect() as second:
        for one in (first.execution_options(reading=True), second.execution_options(reading=True)):
            found = {
                name: one.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
            }
            assert found == {
                "journal_mode": "wal",
                "foreign_keys": 1,
                "synchronous": 2,
                "busy_timeout": 10_000,
            }
    engine.dispose()


FINDS = [
    ("systems", {"unit": "u1"}),
    ("systems", {"name": "x"}),
    ("units", {"name": "x"}),
    ("persons", {"unit": "u1"}),
    ("components", {"system": "s1"}),
    ("components", {"unit": "u1"}),
    ("endpoints", {"system": "s1"}),
    ("endpoints", {"component": "c1"}),
    ("endpoints", {"value": "192.0.2.1"}),
    ("supplies", {"system": "s1"}),
    ("data_categories", {"system": "s1"}),
    ("appointments", {"person": "p1"}),
    ("waivers", {"system": "s1"}),
]


@pytest.mark.parametrize(("records", "equal"), FINDS, ids=str)
def test_an_indexed_find_scans_no_table(
    tmp_path: Path, records: str, equal: dict[str, str]
) -> None:
    plans: list[str] = []

    def explain(*said: Any) -> None:  # noqa: ANN401  # SQLAlchemy's own signature
        _, _, statement, given, *_ = said
        if statement.startswith("SELECT"):
            plans.extend(row[3] for row in look(f"EXPLAIN QUERY PLAN {statement}", given))

    with closing(open_store(f"sqlite:///{tmp_path}/secops.db", now=Clock())) as store:
        engine = store._engine  # noqa: SLF001  # to listen to what it asks
        with engine.connect() as side:
            look = side.connection.cursor().execute
            with store() as work:
                work.units.put_many(OFFICER, [a_unit()])
                work.systems.put_many(OFFICER, [a_system(no) for no in range(1, 50)])
                work.commit()
            event.listen(engine, "before_cursor_execute", explain)
            with store(reading=True) as work:
                list(getattr(work, records).find(**equal))
            event.remove(engine, "before_cursor_execute", explain)
    assert plans
    assert [one for one in plans if one.startswith("SCAN")] == []
