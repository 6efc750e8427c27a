"""Plans, attempts and observations: what scanners did and saw."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import Connection, Row, Select, and_, delete, func, or_, select, update

from secops.contracts.world import Now
from secops.model.common import NotApplicable
from secops.model.evidence import (
    Attempt,
    Failed,
    FailureKind,
    Observation,
    Outcome,
    ScanPlan,
    Target,
    digest_of,
)
from secops.model.history import canonical, instant
from secops.model.ids import AttemptId, ComponentId, Digest, EndpointId, PermitId, ScanId
from secops.store import bulk
from secops.store.cells import actor_cells, read_actor, read_instant
from secops.store.chain import Change, SqlChain
from secops.store.tables import ATTEMPT, OBSERVATION, SCAN

_CHUNK = 500


def _plan(row: Row[Any]) -> ScanPlan:
    body = json.loads(row.body)
    return ScanPlan(
        id=ScanId(row.id),
        no=row.no,
        actor=read_actor(row.account, row.person, row.means),
        made_at=read_instant(row.made_at),
        targets=tuple(
            Target(endpoint=EndpointId(endpoint), host=host, port=port)
            for endpoint, host, port in body["targets"]
        ),
        scanners=tuple(body["scanners"]),
        permits=tuple(PermitId(one) for one in body["permits"]),
        inventory_digest=Digest(body["inventory"]),
        rules_digest=Digest(body["rules"]),
        options=body["options"],
        ended=read_instant(row.ended) if row.ended else None,
    )


def _outcome_cells(outcome: Outcome | None) -> tuple[str, str, str]:
    match outcome:
        case None:
            return "", "", ""
        case Failed(kind, detail):
            return "failed", kind.value, detail
        case NotApplicable(reason):
            return "not_applicable", reason, ""
        case str():
            return "evidence", outcome, ""
        case _:
            assert_never(outcome)


def _outcome(outcome: str, said: str, detail: str) -> Outcome | None:
    if outcome == "evidence":
        return Digest(said)
    if outcome == "failed":
        return Failed(FailureKind(said), detail)
    return NotApplicable(said) if outcome == "not_applicable" else None


def _attempt_row(one: Attempt) -> bulk.Row:
    return (
        one.id,
        one.scan,
        one.scanner,
        one.target.endpoint,
        one.target.host,
        one.target.port or 0,
        one.n,
        instant(one.started),
        one.ended and instant(one.ended),
        one.tool,
        one.arguments,
        *_outcome_cells(one.outcome),
    )


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(
        id=AttemptId(row.id),
        scan=ScanId(row.scan),
        scanner=row.scanner,
        target=Target(endpoint=EndpointId(row.endpoint), host=row.host, port=row.port or None),
        n=row.n,
        started=read_instant(row.started),
        ended=read_instant(row.ended) if row.ended else None,
        tool=row.tool,
        arguments=row.arguments,
        outcome=_outcome(row.outcome, row.said, row.detail),
    )


class SqlScans:
    """What was planned and what came of it."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def next_no(self) -> int:
        """Give the number of the next scan."""
        return bulk.next_no(self._connection, SCAN)

    def start(self, plan: ScanPlan) -> None:
        """Store the plan and its entry."""
        body = canonical(
            {
                "targets": [(one.endpoint, one.host, one.port) for one in plan.targets],
                "scanners": plan.scanners,
                "permits": plan.permits,
                "inventory": plan.inventory_digest,
                "rules": plan.rules_digest,
                "options": plan.options,
            }
        )
        who = actor_cells(plan.actor)
        bulk.add(
            self._connection,
            SCAN,
            [(plan.id, plan.no, *who, instant(plan.made_at), body, plan.ended)],
        )
        self._chain.write(
            plan.actor, "scan.start", [Change(f"scan {plan.id}", "", digest_of(body.encode()))]
        )

    def end(self, scan: ScanId, at: datetime) -> None:
        """Say that nothing is left to do."""
        change = update(SCAN).where(SCAN.c.id == scan).values(ended=instant(at))
        self._connection.execute(change)
        plan = self.get(scan)
        if plan is not None:
            self._chain.note(plan.actor, "scan.end", f"scan {scan}")

    def get(self, id: str) -> ScanPlan | None:
        """Give one plan."""
        return next(self._plans(select(SCAN).where(SCAN.c.id == id)), None)

    def newest(self) -> ScanPlan | None:
        """Give the plan with the highest number."""
        return next(self._plans(select(SCAN).order_by(SCAN.c.no.desc()).limit(1)), None)

    def all(self) -> Iterator[ScanPlan]:
        """Give every plan, by number."""
        return self._plans(select(SCAN).order_by(SCAN.c.no))

    def _plans(self, query: Select[Any]) -> Iterator[ScanPlan]:
        return bulk.stream(self._connection, query, _plan)

    def put_attempts(self, batch: Sequence[Attempt]) -> None:
        """Store attempts as they begin and as they end; one entry tells the state of the batch."""
        rows = {str(one.id): _attempt_row(one) for one in batch}
        known: set[str] = set()
        ids = list(rows)
        for start in range(0, len(ids), _CHUNK):
            some = select(ATTEMPT.c.id).where(ATTEMPT.c.id.in_(ids[start : start + _CHUNK]))
            known.update(self._connection.execute(some).scalars())
        bulk.add(self._connection, ATTEMPT, [row for id_, row in rows.items() if id_ not in known])
        bulk.replace(self._connection, ATTEMPT, [row for id_, row in rows.items() if id_ in known])
        for scan in dict.fromkeys(one.scan for one in batch):
            self._note_attempts(scan, [row for row in rows.values() if row[1] == scan])

    def _note_attempts(self, scan: ScanId, rows: Sequence[bulk.Row]) -> None:
        who = select(SCAN.c.account, SCAN.c.person, SCAN.c.means).where(SCAN.c.id == scan)
        actor = read_actor(*self._connection.execute(who).one())
        said = digest_of(canonical(rows).encode())
        self._chain.write(actor, "attempt.put", [Change(f"scan {scan}", "", said)])

    def attempts(self, scan: ScanId) -> Iterator[Attempt]:
        """Give the attempts of a scan in the order in which they began."""
        query = select(ATTEMPT).where(ATTEMPT.c.scan == scan)
        ordered = query.order_by(ATTEMPT.c.started, ATTEMPT.c.id)
        return bulk.stream(self._connection, ordered, _attempt)


def _observation(row: Row[Any]) -> Observation:
    return Observation(
        target=Target(endpoint=EndpointId(row.endpoint), host=row.host, port=row.port or None),
        name=row.name,
        value=row.value,
        evidence=Digest(row.evidence),
        component=ComponentId(row.component) if row.component else None,
    )


class SqlObservations:
    """Facts read out of evidence."""

    def __init__(self, connection: Connection, now: Now) -> None:
        self._connection = connection
        self._now = now

    def put_many(self, scan: ScanId, batch: Sequence[Observation]) -> None:
        """Store what one scan saw, in place of what was read from the same evidence before."""
        places = ((one.target.endpoint, one.target.port or 0, one.evidence) for one in batch)
        for endpoint, port, evidence in dict.fromkeys(places):  # two ports may say the same bytes
            self._connection.execute(
                delete(OBSERVATION).where(
                    OBSERVATION.c.scan == scan,
                    OBSERVATION.c.endpoint == endpoint,
                    OBSERVATION.c.port == port,
                    OBSERVATION.c.evidence == evidence,
                )
            )
        at = instant(self._now())
        rows: list[bulk.Row] = [
            (
                scan,
                one.target.endpoint,
                one.target.host,
                one.target.port or 0,
                one.name,
                one.value,
                one.evidence,
                one.component or "",
                at,
            )
            for one in batch
        ]
        bulk.add(self._connection, OBSERVATION, rows)

    def newest(self, endpoints: Iterable[EndpointId]) -> Iterator[Observation]:
        """Give, per endpoint, port and scanner, what the newest attempt with evidence saw."""
        ids = list(dict.fromkeys(endpoints))
        for start in range(0, len(ids), _CHUNK):
            yield from self._newest(ids[start : start + _CHUNK])

    def _newest(self, endpoints: Sequence[EndpointId]) -> Iterator[Observation]:
        place = (ATTEMPT.c.endpoint, ATTEMPT.c.host, ATTEMPT.c.port, ATTEMPT.c.scanner)
        order = (SCAN.c.no.desc(), ATTEMPT.c.n.desc())
        ranked = (
            select(
                ATTEMPT.c.scan,
                ATTEMPT.c.endpoint,
                ATTEMPT.c.port,
                ATTEMPT.c.said,
                func.row_number().over(partition_by=place, order_by=order).label("rank"),
            )
            .join(SCAN, SCAN.c.id == ATTEMPT.c.scan)
            .where(ATTEMPT.c.endpoint.in_(endpoints), ATTEMPT.c.outcome == "evidence")
            .subquery()
        )
        query = (
            select(OBSERVATION)
            .distinct()
            .join(
                ranked,
                and_(
                    OBSERVATION.c.scan == ranked.c.scan,
                    OBSERVATION.c.endpoint == ranked.c.endpoint,
                    OBSERVATION.c.evidence == ranked.c.said,
                    or_(ranked.c.port == 0, ranked.c.port == OBSERVATION.c.port),
                ),
            )
            .where(ranked.c.rank == 1)
            .order_by(OBSERVATION.c.seq)
        )
        return (_observation(row) for row in self._connection.execute(query).all())
