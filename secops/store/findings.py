"""Findings: something wrong, once, however often it is seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select, tuple_, update
from sqlalchemy import bindparam as bind

from secops.contracts.world import Now
from secops.model.actor import Actor
from secops.model.assessment import Assessed
from secops.model.history import canonical, instant
from secops.model.ids import Digest, FindingId, ItemId
from secops.model.judgement import Finding, Risk, Source, SourceKind
from secops.store import bulk
from secops.store.cells import read_instant
from secops.store.chain import Change, SqlChain
from secops.store.subjects import read_subject, subject_cells
from secops.store.tables import FINDING
from secops.store.vouching import row_digest

_CHUNK = 200
Key = tuple[str, str, str, str]
"""Subject and fingerprint."""


def _finding(row: Row[Any]) -> Finding:
    return Finding(
        id=FindingId(row.id),
        no=row.no,
        source=Source(kind=SourceKind(row.source_kind), id=row.source),
        subject=read_subject(row.unit, row.system, row.component),
        item=ItemId(row.item) if row.item else None,
        fingerprint=row.fingerprint,
        risk=Risk(row.risk),
        statement=row.statement,
        evidence=Digest(row.evidence) if row.evidence else None,
        first_seen=read_instant(row.first_seen),
        last_seen=read_instant(row.last_seen),
        measure=row.measure,
        cvss=row.cvss,
    )


def _row(one: Finding, at: str) -> bulk.Row:
    return (
        one.id,
        one.no,
        one.source.kind.value,
        one.source.id,
        *subject_cells(one.subject),
        str(one.item) if one.item else "",
        one.fingerprint,
        one.risk.value,
        one.statement,
        one.evidence or "",
        instant(one.first_seen),
        instant(one.last_seen),
        one.measure,
        one.cvss,
        at,
    )


def _key(one: Finding) -> Key:
    return (*subject_cells(one.subject), one.fingerprint)


class SqlFindings:
    """Findings by number and by system."""

    def __init__(self, connection: Connection, chain: SqlChain, now: Now) -> None:
        self._connection = connection
        self._chain = chain
        self._now = now

    def put_many(self, actor: Actor, batch: Sequence[Finding]) -> None:
        """Add; one with a known fingerprint on the same subject only moves its `last_seen`."""
        for start in range(0, len(batch), _CHUNK):
            self._put(actor, batch[start : start + _CHUNK])

    def _put(self, actor: Actor, batch: Sequence[Finding]) -> None:
        known = self._known([_key(one) for one in batch])
        new: dict[Key, Finding] = {}
        seen: dict[str, str] = {}
        for one in batch:
            key, last = _key(one), instant(one.last_seen)
            if key in known:
                id_, before = known[key]
                seen[id_] = max(last, before, seen.get(id_, ""))
            else:
                new.setdefault(key, one)
        rows = [_row(one, instant(self._now())) for one in new.values()]
        bulk.add(self._connection, FINDING, rows)
        born = [Change(f"finding {r[0]}", "", row_digest(FINDING, r)) for r in rows]
        self._chain.write(actor, "finding.put", born)
        before_of = dict(known.values())
        self._move(actor, {id_: (before_of[id_], at) for id_, at in seen.items()})

    def _move(self, actor: Actor, seen: dict[str, tuple[str, str]]) -> None:
        later = {id_: pair for id_, pair in seen.items() if pair[0] != pair[1]}
        if not later:
            return
        change = update(FINDING).where(FINDING.c.id == bind("row_key")).values(last_seen=bind("at"))
        self._connection.execute(change, [{"row_key": i, "at": p[1]} for i, p in later.items()])
        said = [
            Change(f"finding {id_}", "", "", canonical({"last_seen": pair}))
            for id_, pair in later.items()
        ]
        self._chain.write(actor, "finding.seen", said)

    def _known(self, keys: Sequence[Key]) -> dict[Key, tuple[str, str]]:
        place = (FINDING.c.unit, FINDING.c.system, FINDING.c.component, FINDING.c.fingerprint)
        query = select(*place, FINDING.c.id, FINDING.c.last_seen).where(tuple_(*place).in_(keys))
        rows = self._connection.execute(query)
        return {(row[0], row[1], row[2], row[3]): (row[4], row[5]) for row in rows}

    def of(self, subject: Assessed) -> Iterator[Finding]:
        """Give a unit's or a system's findings, those of its components included, by number."""
        unit, system, _ = subject_cells(subject)
        chosen = FINDING.c.system == system if system else FINDING.c.unit == unit
        return self._stream(select(FINDING).where(chosen))

    def all(self) -> Iterator[Finding]:
        """Give every finding, by number."""
        return self._stream(select(FINDING))

    def _stream(self, query: Select[Any]) -> Iterator[Finding]:
        return bulk.stream(self._connection, query.order_by(FINDING.c.no), _finding)

    def next_no(self) -> int:
        """Give the number of the next finding."""
        return bulk.next_no(self._connection, FINDING)
