"""What is known of the blobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from secops.contracts.world import Now
from secops.model.actor import Actor
from secops.model.evidence import EvidenceKind, EvidenceRecord
from secops.model.history import canonical, instant
from secops.model.ids import Digest, EvidenceId
from secops.store import bulk
from secops.store.cells import actor_cells, read_actor, read_instant
from secops.store.chain import Change, SqlChain
from secops.store.tables import EVIDENCE

_CHUNK = 500


def _record(row: Row[Any]) -> EvidenceRecord:
    return EvidenceRecord(
        id=EvidenceId(row.id),
        no=row.no,
        digest=Digest(row.digest),
        size=row.size,
        media=row.media,
        kind=EvidenceKind(row.kind),
        taken_at=read_instant(row.taken_at),
        by=read_actor(row.account, row.person, row.means),
        subject=row.subject,
        title=row.title,
        erased_at=read_instant(row.erased_at) if row.erased_at else None,
    )


class SqlEvidence:
    """Records of evidence, by number."""

    def __init__(self, connection: Connection, chain: SqlChain, now: Now) -> None:
        self._connection = connection
        self._chain = chain
        self._now = now

    def put_many(self, batch: Sequence[EvidenceRecord]) -> None:
        """Store the records; a digest already known is kept as it is."""
        new = {one.digest: one for one in reversed(batch)}
        digests = list(new)
        for start in range(0, len(digests), _CHUNK):
            some = digests[start : start + _CHUNK]
            known = select(EVIDENCE.c.digest).where(EVIDENCE.c.digest.in_(some))
            for digest in self._connection.execute(known).scalars():
                del new[Digest(digest)]
        at = instant(self._now())
        fresh = [one for one in batch if new.get(one.digest) is one]
        bulk.add(self._connection, EVIDENCE, [self._row(one, at) for one in fresh])
        for actor in dict.fromkeys(one.by for one in fresh):
            mine = [
                Change(f"evidence {one.id}", "", one.digest, canonical({"subject": one.subject}))
                for one in fresh
                if one.by == actor
            ]
            self._chain.write(actor, "evidence.put", mine)

    def _row(self, one: EvidenceRecord, at: str) -> bulk.Row:
        return (
            one.id,
            one.no,
            one.digest,
            one.size,
            one.media,
            one.kind.value,
            instant(one.taken_at),
            *actor_cells(one.by),
            one.subject,
            one.title,
            at,
            one.erased_at and instant(one.erased_at),
        )

    def get(self, digest: Digest) -> EvidenceRecord | None:
        """Give the record of a blob."""
        query = select(EVIDENCE).where(EVIDENCE.c.digest == digest)
        row = self._connection.execute(query).first()
        return None if row is None else _record(row)

    def all(self) -> Iterator[EvidenceRecord]:
        """Give every record, by number."""
        return bulk.stream(self._connection, select(EVIDENCE).order_by(EVIDENCE.c.no), _record)

    def next_no(self) -> int:
        """Give the number of the next record."""
        return bulk.next_no(self._connection, EVIDENCE)

    def mark_erased(self, actor: Actor, digest: Digest, at: datetime, reason: str) -> None:
        """Say that the bytes are gone."""
        change = update(EVIDENCE).where(EVIDENCE.c.digest == digest, EVIDENCE.c.erased_at.is_(None))
        done = self._connection.execute(
            change.values(erased_at=instant(at)).returning(EVIDENCE.c.id)
        )
        for id_ in done.scalars().all():
            said = canonical({"reason": reason})
            self._chain.write(
                actor, "evidence.erase", [Change(f"evidence {id_}", digest, "", said)]
            )
