"""Examines the targets of a batch side by side; the wire sees to it that it is not too many."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from secops.contracts.scanning import Collected
from secops.model.evidence import Target


async def together(
    batch: Sequence[Target], examine: Callable[[Target], Awaitable[Collected]]
) -> AsyncIterator[Collected]:
    """Give each result as soon as it is there; a bug at one target is raised after the others."""
    tasks = [asyncio.ensure_future(examine(target)) for target in batch]
    bugs: list[Exception] = []
    try:
        for done in asyncio.as_completed(tasks):
            try:
                yield await done
            except Exception as bug:  # noqa: BLE001  # raised below, when nothing else is lost
                bugs.append(bug)
        if bugs:
            raise bugs[0]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
