"""Writes down what is tried and what comes of it, many at a time and always in order.

An attempt stands in the store before its first packet, evidence before it is interpreted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from secops.contracts.scanning import Collected, Scanner
from secops.contracts.store import Begin, Blobs
from secops.contracts.world import Acting
from secops.model.evidence import (
    Attempt,
    Evidence,
    EvidenceKind,
    EvidenceRecord,
    Failed,
    FailureKind,
    Observation,
    Outcome,
    ScanPlan,
)
from secops.model.ids import AttemptId, EvidenceId
from secops.operations.scan_bugs import bug_of
from secops.operations.scan_targets import place_of

_TOGETHER_SECONDS = 0.02  # what comes within this time goes into one transaction
_LATER_SECONDS = 0.5


class Ledger:
    """One per run."""

    def __init__(self, begin: Begin, blobs: Blobs, acting: Acting, plan: ScanPlan) -> None:
        self._begin, self._blobs, self._acting, self._plan = begin, blobs, acting, plan
        self._attempts: dict[AttemptId, Attempt] = {}
        self._records: list[EvidenceRecord] = []
        self._observations: list[Observation] = []
        self._writing: asyncio.Task[None] | None = None
        self._soon = False

    async def start(self, attempts: Sequence[Attempt]) -> None:
        """Return when they are in the store."""
        self._attempts |= {one.id: one for one in attempts}
        if self._writing is None or self._writing.done() or not self._soon:
            self._soon = True
            self._writing = self._to_write(_TOGETHER_SECONDS)
        await asyncio.shield(self._writing)

    async def finish(
        self, attempt: Attempt, scanner: Scanner, collected: Collected
    ) -> tuple[Attempt, tuple[Observation, ...]]:
        """Keep the evidence, then read it; give the attempt as it ended, and what was seen."""
        result = collected.result
        seen: tuple[Observation, ...] = ()
        outcome: Outcome
        if isinstance(result, Failed):
            outcome = result
        else:
            evidence = Evidence(
                target=attempt.target,
                content=result,
                taken_at=self._acting.now(),
                scanner=scanner.name,
                tool=collected.tool,
            )
            outcome, seen = await self._keep(evidence, scanner)
        return self.end(attempt, outcome, collected), seen

    def end(
        self, attempt: Attempt, outcome: Outcome, collected: Collected | None = None
    ) -> Attempt:
        """Say how an attempt ended."""
        ended = replace(
            attempt,
            ended=self._acting.now(),
            outcome=outcome,
            tool=collected.tool if collected else attempt.tool,
            arguments=collected.arguments if collected else attempt.arguments,
        )
        self._attempts[attempt.id] = ended
        if self._writing is None or self._writing.done():
            self._soon = False
            self._writing = self._to_write(_LATER_SECONDS)
        return ended

    async def _keep(
        self, evidence: Evidence, scanner: Scanner
    ) -> tuple[Outcome, tuple[Observation, ...]]:
        digest = await asyncio.to_thread(self._blobs.put, evidence.content)
        self._records.append(
            EvidenceRecord(
                id=EvidenceId(self._acting.new_id()),
                no=0,
                digest=digest,
                size=len(evidence.content),
                media="application/octet-stream",
                kind=EvidenceKind.COLLECTED,
                taken_at=evidence.taken_at,
                by=self._acting.actor,
                subject=place_of(evidence.target),
                title=scanner.name,
            )
        )
        try:
            seen = scanner.interpret(evidence)
        except Exception:  # noqa: BLE001  # a reader's bug is one attempt's, the evidence is kept
            return Failed(FailureKind.BUG, f"{digest} {bug_of()}"), ()
        self._observations += seen
        return digest, seen

    def _to_write(self, seconds: float) -> asyncio.Task[None]:
        task = asyncio.create_task(self._write_after(seconds))
        # If it fails, what it held is still ours: the next `start` or the last `write` says why.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        return task

    async def _write_after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self.write()

    def write(self) -> None:
        """Put into the store what is not there yet, in one transaction."""
        if not (self._attempts or self._records):
            return
        with self._begin() as work:
            first = work.evidence.next_no() if self._records else 0
            work.evidence.put_many(
                [replace(one, no=first + at) for at, one in enumerate(self._records)]
            )
            work.scans.put_attempts(tuple(self._attempts.values()))
            work.observations.put_many(self._plan.id, self._observations)
            work.commit()
        self._attempts, self._records, self._observations = {}, [], []

    def new_attempt_id(self) -> AttemptId:
        """Name an attempt."""
        return AttemptId(self._acting.new_id())
