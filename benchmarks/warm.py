"""Pairs inside one warm process, for what a target says of a warm process."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Final

from benchmarks.pairs import BEYOND, NO_FIGURE, SAME_WITHIN, WITHIN

ROUNDS: Final = 20


def seconds(act: Callable[[], object]) -> float:
    """Take the CPU seconds of some rounds."""
    start = time.process_time()
    for _ in range(ROUNDS):
        act()
    return (time.process_time() - start) / ROUNDS


def compare_warm(
    ours: Callable[[], object], bare: Callable[[], object], most: float, pairs: int
) -> int:
    """Measure, print, and give the exit code as `pairs.compare` does."""
    ours(), bare()
    same = median(seconds(bare) / seconds(bare) for _ in range(pairs))
    print(f"  bare against itself: {same:.3f}")
    if pairs > 1 and abs(same - 1) > SAME_WITHIN:
        print("  no figure: machine too noisy")
        return NO_FIGURE
    taken = [(seconds(ours), seconds(bare)) for _ in range(pairs)]
    ratios = [a / b for a, b in taken]
    print(f"  ours {median(a for a, _ in taken) * 1000:.2f} ms CPU,", end=" ")
    print(f"bare {median(b for _, b in taken) * 1000:.2f} ms CPU")
    print(f"  ratio, cpu: median {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    if pairs == 1:
        print("  a tiny run: no figure")
        return WITHIN
    kept = median(ratios) <= most
    print(f"  {'within' if kept else 'BEYOND'} the bound of {most:g}")
    return WITHIN if kept else BEYOND
