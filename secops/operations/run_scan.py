"""Runs a plan: stage by stage, scanner by scanner, every target of it once.

What was done is kept whatever happens: a kill, an interrupt, a permit that ends, a plugin's bug.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from secops.contracts.scanning import Collected, Known, Scanner, Wire
from secops.contracts.store import Begin, Blobs
from secops.contracts.world import Acting
from secops.model.common import NotApplicable
from secops.model.evidence import (
    Attempt,
    Evidence,
    Failed,
    FailureKind,
    Observation,
    ScanPlan,
    Stage,
    Target,
)
from secops.model.ids import EndpointId
from secops.operations.scan_bugs import bug_of
from secops.operations.scan_ledger import Ledger
from secops.operations.scan_targets import place_of, targets_at

OPEN_AGAIN: Final = (FailureKind.INTERRUPTED, FailureKind.NOT_PERMITTED)
"""An attempt that ended so touched nothing or came to no end: `--resume` makes another."""

Key = tuple[str, Target]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a run stands: the target at hand, how many are done, how many are left so far."""

    scanner: str
    target: str
    done: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What was tried; `left` targets were not, since their permit ended meanwhile."""

    attempts: tuple[Attempt, ...]
    left: int = 0

    def refused(self) -> tuple[str, ...]:
        """Say where each led if no permit covered any of it; else nothing: something was tried."""
        tried = [one for one in self.attempts if not isinstance(one.outcome, NotApplicable)]
        places = tuple(
            f"{place_of(attempt.target)} ({why.detail})"
            for attempt, why in self.failed()
            if why.kind is FailureKind.NOT_PERMITTED
        )
        return () if self.left or len(places) < len(tried) else tuple(dict.fromkeys(places))

    def failed(self) -> Iterator[tuple[Attempt, Failed]]:
        """Give those that brought nothing."""
        for one in self.attempts:
            if isinstance(one.outcome, Failed):
                yield one, one.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a run works with."""

    scanners: Sequence[Scanner]
    wire: Wire
    begin: Begin
    blobs: Blobs
    acting: Acting
    permitted: Callable[[Target], bool]  # now, as far as can be said without resolving
    tell: Callable[[Progress], None]
    jobs: int = 16


async def run_scan(tools: Tools, plan: ScanPlan) -> Ran:
    """Run all of it that has no outcome yet, and say at the end that nothing is left."""
    run = _Run(tools=tools, plan=plan, ledger=Ledger(tools.begin, tools.blobs, tools.acting, plan))
    run.recall()
    ports_are_sought = any(one.stage is Stage.PORTS for one in tools.scanners)
    try:
        for scanner in sorted(tools.scanners, key=lambda one: one.stage):
            targets = targets_at(
                scanner.stage, plan.targets, run.seen, ports_are_sought=ports_are_sought
            )
            await run.try_all(scanner, targets)
    finally:
        run.ledger.write()
    if not run.left:
        with tools.begin() as work:
            work.scans.end(plan.id, tools.acting.now())
            work.commit()
    return Ran(attempts=tuple(run.ended.values()), left=run.left)


@dataclass(slots=True, kw_only=True)
class _Run:
    """What a run knows so far; lives as long as the run."""

    tools: Tools
    plan: ScanPlan
    ledger: Ledger
    seen: defaultdict[EndpointId, list[Observation]] = field(
        default_factory=lambda: defaultdict(list)
    )
    ended: dict[Key, Attempt] = field(default_factory=dict)
    tried: defaultdict[Key, int] = field(default_factory=lambda: defaultdict(int))
    left: int = 0

    def recall(self) -> None:
        """Take up what an earlier run of this plan did; else what is known of the endpoints."""
        scanners = {one.name: one for one in self.tools.scanners}
        sought = {one.stage for one in self.tools.scanners}
        with self.tools.begin(reading=True) as work:
            before = tuple(work.scans.attempts(self.plan.id))
            if Stage.PORTS not in sought:
                endpoints = [one.endpoint for one in self.plan.targets]
                for one in work.observations.newest(endpoints):
                    self.seen[one.target.endpoint].append(one)
        for attempt in before:
            key = (attempt.scanner, attempt.target)
            self.tried[key] = max(self.tried[key], attempt.n)
            outcome = attempt.outcome
            if outcome is None:
                self.ledger.end(attempt, Failed(FailureKind.INTERRUPTED, "the run was killed"))
            elif not isinstance(outcome, Failed) or outcome.kind not in OPEN_AGAIN:
                self.ended[key] = attempt
                self._read_again(attempt, scanners.get(attempt.scanner))

    def _read_again(self, attempt: Attempt, scanner: Scanner | None) -> None:
        if scanner is None or not isinstance(attempt.outcome, str):
            return
        evidence = Evidence(
            target=attempt.target,
            content=self.tools.blobs.get(attempt.outcome),
            taken_at=attempt.ended or attempt.started,
            scanner=attempt.scanner,
            tool=attempt.tool,
        )
        self.seen[attempt.target.endpoint] += scanner.interpret(evidence)

    async def try_all(self, scanner: Scanner, targets: Iterable[Target]) -> None:
        """Try a scanner on what it has no outcome for, `jobs` batches at a time."""
        todo = [one for one in targets if (scanner.name, one) not in self.ended]
        ours = [one for one in todo if self._is_ours(scanner, one)]
        size = max(1, scanner.batch_size)
        waiting = [ours[at : at + size] for at in range(0, len(ours), size)]
        waiting.reverse()
        left = len(ours)

        async def work() -> None:
            nonlocal left
            while waiting:
                batch = waiting.pop()
                async for ended in self._try_batch(scanner, batch):
                    left -= 1
                    self.tools.tell(
                        Progress(
                            scanner=scanner.name,
                            target=place_of(ended.target),
                            done=len(self.ended),
                            left=left,
                        )
                    )

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self.tools.jobs, len(waiting))):
                    group.create_task(work())
        except BaseExceptionGroup as several:  # the first is what went wrong
            raise several.exceptions[0] from several

    def _is_ours(self, scanner: Scanner, target: Target) -> bool:
        try:
            reason = scanner.accepts(target, Known(observations=tuple(self.seen[target.endpoint])))
        except Exception:  # noqa: BLE001  # foreign code: a plugin must not end the others' scan
            self._ended(self.ledger.end(self._attempt(scanner, target), _bug()))
            return False
        if reason is not None:
            self._ended(self.ledger.end(self._attempt(scanner, target), reason))
        return reason is None

    def _attempt(self, scanner: Scanner, target: Target) -> Attempt:
        key = (scanner.name, target)
        self.tried[key] += 1
        return Attempt(
            id=self.ledger.new_attempt_id(),
            scan=self.plan.id,
            scanner=scanner.name,
            target=target,
            n=self.tried[key],
            started=self.tools.acting.now(),
            ended=None,
            tool="",
            arguments="",
            outcome=None,
        )

    def _ended(self, attempt: Attempt) -> Attempt:
        self.ended[attempt.scanner, attempt.target] = attempt
        return attempt

    async def _try_batch(self, scanner: Scanner, batch: Sequence[Target]) -> AsyncIterator[Attempt]:
        allowed = [one for one in batch if self.tools.permitted(one)]
        self.left += len(batch) - len(allowed)
        waiting = {one: self._attempt(scanner, one) for one in allowed}
        try:
            await self.ledger.start(tuple(waiting.values()))
            async for one in _collect(scanner, allowed, self.tools.wire):
                attempt, seen = await self.ledger.finish(waiting.pop(one.target), scanner, one)
                self.seen[attempt.target.endpoint] += seen
                yield self._ended(attempt)
        finally:
            for attempt in waiting.values():
                self.ledger.end(attempt, Failed(FailureKind.INTERRUPTED, "the run was stopped"))


async def _collect(
    scanner: Scanner, batch: Sequence[Target], wire: Wire
) -> AsyncIterator[Collected]:
    """Hold the scanner to its promise: exactly one result for each target of the batch."""
    waiting = dict.fromkeys(batch)
    problem = Failed(FailureKind.BUG, "the scanner gave no result")
    try:
        async for one in scanner.collect(batch, wire):
            if one.target in waiting:
                del waiting[one.target]
                yield one
    except Exception:  # noqa: BLE001  # foreign code: a plugin must not end the others' scan
        problem = _bug()
    for target in waiting:
        yield Collected(target=target, result=problem)


def _bug() -> Failed:
    return Failed(FailureKind.BUG, bug_of())
