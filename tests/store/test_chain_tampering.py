"""Somebody alters the database: what the proof sees, and what only an exported head shows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, select, update

from secops.model.history import BadRow, Break, Entry, Head, canonical, first_bad, link
from secops.operations.audit_chain import verify_chain
from secops.store.open import Store, open_store
from secops.store.tables import CHAIN, SYSTEM
from tests.store.samples import OFFICER, Clock, a_system, a_unit

Tamper = Callable[[Connection], None]


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Give a database with a chain of ten entries."""
    address = f"sqlite:///{tmp_path}/secops.db"
    with closing(open_store(address, now=Clock())) as store, store() as work:
        work.units.put_many(OFFICER, [a_unit()])
        work.systems.put_many(OFFICER, [a_system(no) for no in range(1, 10)])
        work.commit()
    return address


def _tampered(url: str, tamper: Tamper) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        tamper(connection)
    engine.dispose()


def _verified(url: str, known: Head | None = None) -> BadRow | None:
    with closing(open_store(url, now=Clock())) as store, store(reading=True) as work:
        return verify_chain(work, known).bad


def _head(url: str) -> Head:
    with closing(open_store(url, now=Clock())) as store, store(reading=True) as work:
        return work.chain.head()


def _delete(seq: int) -> Tamper:
    return lambda connection: _run(connection, CHAIN.delete().where(CHAIN.c.seq == seq))


def _alter(seq: int, **values: str) -> Tamper:
    change = update(CHAIN).where(CHAIN.c.seq == seq).values(**values)
    return lambda connection: _run(connection, change)


def _run(connection: Connection, statement: object) -> None:
    connection.execute(statement)  # type: ignore[call-overload]  # one of two kinds of statement


def _swap(connection: Connection) -> None:
    for old, new in ((4, 100), (5, 4), (100, 5)):
        _run(connection, update(CHAIN).where(CHAIN.c.seq == old).values(seq=new))


def _insert(connection: Connection) -> None:
    for seq in range(10, 4, -1):
        _run(connection, update(CHAIN).where(CHAIN.c.seq == seq).values(seq=seq + 1))
    row = connection.execute(select(CHAIN).where(CHAIN.c.seq == 4)).one()
    connection.execute(CHAIN.insert(), {**row._mapping, "seq": 5})  # noqa: SLF001  # SQLAlchemy's own name for it


@pytest.mark.parametrize(
    ("tamper", "bad"),
    [
        (_delete(4), BadRow(seq=4, kind=Break.MISSING)),
        (_delete(1), BadRow(seq=1, kind=Break.MISSING)),
        (_alter(4, account="somebody"), BadRow(seq=4, kind=Break.ALTERED)),
        (_alter(4, at="yesterday"), BadRow(seq=4, kind=Break.ALTERED)),
        (_alter(4, hash="0" * 64), BadRow(seq=4, kind=Break.ALTERED)),
        (_alter(4, previous="0" * 64), BadRow(seq=4, kind=Break.NOT_LINKED)),
        (_swap, BadRow(seq=4, kind=Break.NOT_LINKED)),
        (_insert, BadRow(seq=5, kind=Break.NOT_LINKED)),
    ],
    ids=["delete", "delete-first", "alter", "alter-time", "alter-hash", "relink", "swap", "insert"],
)
def test_the_first_bad_entry_is_named(url: str, tamper: Tamper, bad: BadRow) -> None:
    _tampered(url, tamper)
    assert _verified(url) == bad


def _cut(connection: Connection) -> None:
    _run(connection, CHAIN.delete().where(CHAIN.c.seq > 7))
    _run(connection, SYSTEM.delete().where(SYSTEM.c.no > 6))


def test_a_cut_end_is_seen_against_an_exported_head_only(url: str) -> None:
    head = _head(url)
    _tampered(url, _cut)
    assert _verified(url) is None
    assert _verified(url, head) == BadRow(seq=8, kind=Break.CUT_OFF)


def _chain_anew(connection: Connection) -> None:
    previous = ""
    for row in connection.execute(select(CHAIN).order_by(CHAIN.c.seq)).all():
        said = [*row[:2], "somebody", *row[3:10]]
        made = link(previous, canonical(said))
        values = {"account": "somebody", "previous": previous, "hash": made}
        _run(connection, update(CHAIN).where(CHAIN.c.seq == row.seq).values(**values))
        previous = made


def test_a_chain_made_anew_is_seen_against_an_exported_head_only(url: str) -> None:
    head = _head(url)
    _tampered(url, _chain_anew)
    assert _verified(url) is None
    assert _verified(url, head) == BadRow(seq=10, kind=Break.MADE_ANEW)


def test_a_record_changed_past_secops_is_named(url: str) -> None:
    _tampered(
        url,
        lambda connection: _run(
            connection, update(SYSTEM).where(SYSTEM.c.no == 3).values(body='{"id":"s3"}')
        ),
    )
    with closing(open_store(url, now=Clock())) as store, store(reading=True) as work:
        assert verify_chain(work).strays == ("system s3",)


def test_a_record_removed_past_secops_is_named(url: str) -> None:
    _tampered(url, lambda connection: _run(connection, SYSTEM.delete().where(SYSTEM.c.no == 3)))
    with closing(open_store(url, now=Clock())) as store, store(reading=True) as work:
        assert verify_chain(work).strays == ("system s3",)


def test_an_untouched_chain_is_whole_also_against_its_head(url: str) -> None:
    assert _verified(url, _head(url)) is None


def test_an_action_whose_entry_cannot_be_written_fails(url: str) -> None:
    _tampered(
        url,
        lambda connection: connection.exec_driver_sql(
            "CREATE TRIGGER closed BEFORE INSERT ON chain BEGIN SELECT RAISE(ABORT, 'no'); END"
        ).close(),
    )
    with closing(open_store(url, now=Clock())) as store:
        with pytest.raises(Exception, match="no"):
            _rename(store)
        with store(reading=True) as work:
            assert work.systems.get("s1") == a_system(1)


def _rename(store: Store) -> None:
    with store() as work:
        work.systems.put_many(OFFICER, [a_system(1, name="portal")])
        work.commit()


def test_a_gap_in_a_listed_chain_needs_no_database() -> None:
    def entry(seq: int, previous: str) -> Entry:
        clock = Clock()
        said = (seq, "2026-03-01T08:00:00.000000Z", "a", "", "declared", "x.put", "x 1", "", "", "")
        made = link(previous, canonical(said))
        return Entry(
            seq=seq,
            at=clock(),
            account="a",
            person="",
            means="declared",
            action="x.put",
            object="x 1",
            before="",
            after="",
            changes="",
            previous=previous,
            hash=made,
        )

    first = entry(1, "")
    assert first_bad([first, entry(2, first.hash)]) is None
    assert first_bad([first, entry(3, first.hash)]) == BadRow(seq=2, kind=Break.MISSING)
