"""The history: one entry per changed record, written in the transaction of the change.

Writers are alone (SQLite: BEGIN IMMEDIATE, PostgreSQL: an advisory lock), so numbers have no gaps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from secops.contracts.world import Now
from secops.model.actor import Actor
from secops.model.history import Entry, Head, canonical, instant, link
from secops.store import bulk
from secops.store.cells import actor_cells, read_instant
from secops.store.strays import strays
from secops.store.tables import CHAIN


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry says of one record; empty `before`: it was born."""

    object: str
    before: str
    after: str
    changes: str = ""


def _entry(row: Row[Any]) -> Entry:
    """Read a row that somebody may have tampered with: it must not hide behind a crash."""
    texts = {name: str(getattr(row, name)) for name in _TEXTS}
    try:
        at = read_instant(str(row.at))
    except ValueError:
        at = datetime.min.replace(tzinfo=UTC)  # its hash does not fit
    return Entry(seq=row.seq, at=at, **texts)


_TEXTS = (
    "account",
    "person",
    "means",
    "action",
    "object",
    "before",
    "after",
    "changes",
    "previous",
    "hash",
)


class SqlChain:
    """Reads the chain and adds to it."""

    def __init__(self, connection: Connection, now: Now) -> None:
        self._connection = connection
        self._now = now
        self._head: tuple[int, str] | None = None  # valid while this transaction writes alone

    def write(self, actor: Actor, action: str, changes: Sequence[Change]) -> None:
        """Add one entry per change; they share actor, action and instant."""
        if not changes:
            return
        if self._head is None:
            head = self.head()
            self._head = (head.seq, head.hash)
        seq, previous = self._head
        at, who = instant(self._now()), actor_cells(actor)
        rows: list[bulk.Row] = []
        for one in changes:
            seq += 1
            said = (seq, at, *who, action, one.object, one.before, one.after, one.changes)
            made = link(previous, canonical(said))
            rows.append((*said, previous, made))
            previous = made
        bulk.add(self._connection, CHAIN, rows)
        self._head = (seq, previous)

    def forget_head(self) -> None:
        """Read the head again before the next entry: the transaction is over."""
        self._head = None

    def note(self, actor: Actor, action: str, about: str, changes: str = "") -> None:
        """Write an entry for an act that is no record's change."""
        self.write(actor, action, [Change(about, "", "", changes)])

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        """Give the entries behind this number, in order."""
        query = select(CHAIN).where(CHAIN.c.seq > after).order_by(CHAIN.c.seq)
        return self._stream(query)

    def about(self, what: str) -> Iterator[Entry]:
        """Give what happened to one object."""
        return self._stream(select(CHAIN).where(CHAIN.c.object == what).order_by(CHAIN.c.seq))

    def strays(self) -> Iterator[str]:
        """Name the objects that are not as their last entry says."""
        return strays(self._connection)

    def since(self, action: str, moment: datetime) -> dict[str, list[str]]:
        """Give, per object, the changes recorded after an instant, the newest first."""
        then = select(func.max(CHAIN.c.seq)).where(CHAIN.c.at <= instant(moment))
        last = self._connection.execute(then).scalar() or 0
        query = select(CHAIN.c.object, CHAIN.c.changes).where(
            CHAIN.c.action == action, CHAIN.c.seq > last
        )
        found: dict[str, list[str]] = {}
        for about, changes in self._connection.execute(query.order_by(CHAIN.c.seq.desc())):
            found.setdefault(about, []).append(changes)
        return found

    def _stream(self, query: Any) -> Iterator[Entry]:  # noqa: ANN401  # a Select of all columns
        return bulk.stream(self._connection, query, _entry)

    def head(self) -> Head:
        """Where the chain stands now; before the first entry: 0 and no hash."""
        row = self._connection.execute(
            select(CHAIN.c.seq, CHAIN.c.hash, CHAIN.c.at).order_by(CHAIN.c.seq.desc()).limit(1)
        ).first()
        return (
            Head(seq=row[0], hash=row[1], at=read_instant(row[2]))
            if row
            else Head(seq=0, hash="", at=None)
        )
