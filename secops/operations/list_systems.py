"""One page of systems, filtered; the first page never waits for the whole list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.judging.inventory_coverage import Reach, judged
from secops.model.common import SecurityLevel
from secops.model.ids import UnitId
from secops.model.inventory_check import Aspect
from secops.model.system import LifecycleStage, System, SystemKind

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which systems; None: any."""

    units: frozenset[UnitId] | None = None
    level: SecurityLevel | None = None
    kind: SystemKind | None = None
    stage: LifecycleStage | None = None
    lacking: Aspect | None = None
    retired: bool = False  # those too that are over

    def fits(self, system: System) -> bool:
        """Whether a system is wanted, what it lacks left aside."""
        return (
            (self.retired or system.retired_on is None)
            and (self.units is None or system.ownership.operating_unit in self.units)
            and self.level in (None, system.grading.level)
            and self.kind in (None, system.kind)
            and self.stage in (None, system.stage)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some systems; `next_after` is what `--after` takes for the following page, 0 at the end."""

    systems: tuple[System, ...]
    next_after: int


def list_systems(
    work: UnitOfWork, wanted: Wanted, reach: Callable[[], Reach], *, after: int, most: int
) -> Page:
    """Give up to `most` wanted systems with numbers greater than `after`.

    `reach` is asked only when something lacking is wanted: it reads persons and endpoints.
    """
    known = reach() if wanted.lacking else None
    found: list[System] = []
    for system in _after(work, after, min(most + 1, _CHUNK)):
        if not wanted.fits(system):
            continue
        if wanted.lacking and known and not judged(system, known).get(wanted.lacking):
            continue
        found.append(system)
        if len(found) > most:
            return Page(systems=tuple(found[:most]), next_after=found[most - 1].no)
    return Page(systems=tuple(found), next_after=0)


def _after(work: UnitOfWork, after: int, first: int) -> Iterator[System]:
    chunk: Sequence[System] = work.systems.page(after=after, most=first)
    while chunk:
        yield from chunk
        chunk = work.systems.page(after=chunk[-1].no, most=_CHUNK)
