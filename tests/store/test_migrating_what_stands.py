"""A database of an older secops opens with all it holds; what refers to a rebuilt table stays."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from secops.model.answer import OfSystem
from secops.model.evidence import digest_of
from secops.model.history import canonical
from secops.model.ids import SystemId
from secops.store.engine import make_engine
from secops.store.migrate import migrate
from secops.store.open import open_store
from secops.store.snapshot import prove_whole
from secops.store.tables import ANSWER
from secops.store.vouching import row_digest
from tests.store.samples import Clock

BEFORE_UNITS = "0002"  # assessments were of systems only; the next step rebuilds their table
ROWS = {
    "unit": "'u', 1, 'x', NULL, NULL, '{}'",
    "person": "'p', 1, 'x', 'u', '{}'",
    "system": "'s', 1, 'x', 'u', '{}'",
    "assessment": "'a', 1, 's', 'self', 2, 2, 'sha256:0', 1, '2026-01-01T00:00:00.000000Z',"
    " 'x', 'p', 'declared', '', NULL, NULL, NULL, NULL, NULL",
    "answer": "'w', 'a', 'gb22239/ce/identity-1', '', 's', '', 1, 'verdict', 'compliant', 'p',"
    " 'x', 'p', 'declared', '2026-01-01T00:00:00.000000Z', '', '[]', ''",
}


def test_assessments_with_answers_survive_the_step_to_units(url: str) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        migrate(connection, to=BEFORE_UNITS)
        for table, row in ROWS.items():
            connection.execute(text(f"INSERT INTO {table} VALUES ({row})"))  # noqa: S608  # ours
    engine.dispose()
    store = open_store(url, now=Clock())
    with store(reading=True) as work:
        found = [one.replaces for one in work.assessments.of(OfSystem(SystemId("s")))]
    store.close()
    assert found == [None]
    engine = make_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM answer")).scalar() == 1
    engine.dispose()


def test_what_older_entries_vouch_for_stays_when_a_table_grows() -> None:
    old = ("w", "a", "gb22239/ce/identity-1", "", "s", "", 1, "verdict", "compliant", "", "[]", "")
    assert row_digest(ANSWER, (*old, None)) == digest_of(canonical(old).encode())
    assert row_digest(ANSWER, (*old, 1)) != digest_of(canonical(old).encode())


def test_a_rebuilt_table_is_known_again_in_whatever_order_it_was_written(tmp_path: Path) -> None:
    for n in range(8):  # alembic writes constraints in the order of a set
        path = tmp_path / f"{n}.db"
        open_store(f"sqlite:///{path}", now=Clock()).close()
        prove_whole(path)
