"""The one clock of all benchmarks: two sides, each a whole process, measured in pairs.

First pairs of the bare side against itself: their median must lie within 5 % of 1, else the machine
is too noisy and there is no figure. Then alternating pairs; median and spread of the ratio, for the
time on the wall and the CPU seconds with all children; the highest memory of a side with all
children; and what each side made, so that less work shows.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).parents[1]
BARE: Final = Path(__file__).parent / "bare"
SAME_WITHIN: Final = 0.05
WITHIN, BEYOND, NO_FIGURE = 0, 1, 4
OWN: Final = "own seconds "
"""What stands before the CPU seconds that a process tells of itself, at the end of what it says."""
_LOOK_EVERY: Final = 0.03
_PAGE: Final = resource.getpagesize()


def _nothing(folder: Path) -> None:
    """Prepare nothing."""
    del folder


def _as_said(folder: Path, said: str) -> str:
    """Take what the process printed for its result."""
    del folder
    return said.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One way to do the work: a process, started anew for each measurement in an empty folder."""

    name: str
    command: Callable[[Path], Sequence[str]]
    prepare: Callable[[Path], None] = _nothing  # before the clock runs
    result: Callable[[Path, str], str] = _as_said  # after it has stopped
    ends: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one process took."""

    wall: float
    cpu: float
    own: float  # what the process says of itself, where loading it is no part of the work
    mebibytes: float
    result: str

    def clock(self, name: str) -> float:
        """Give the seconds that decide."""
        return {"wall": self.wall, "cpu": self.cpu, "own": self.own}[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What is asked: a ratio on one of the clocks, with equal results or not."""

    title: str
    most: float
    clock: str = "cpu"  # or "wall", where the work is waiting; or "own"
    same_result: bool = True
    pairs: int = 5


def arguments(about: str, parts: Sequence[str] = (), **sizes: int) -> argparse.Namespace:
    """Read which parts, `--pairs`, `--tiny` and the sizes of a benchmark."""
    parser = argparse.ArgumentParser(description=about.partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=0, help="how many pairs (at least 5)")
    parser.add_argument("--tiny", action="store_true", help="one pair of little work, no figure")
    if parts:
        parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(parts)}")
    for name, size in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=size)
    return parser.parse_args()


def digest(text: str) -> str:
    """Say much text in twelve letters."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def python(*words: str | Path) -> Sequence[str]:
    """Give the command that runs a script or a module with this interpreter."""
    return (sys.executable, *map(str, words))


def bare(script: str, *words: str | Path) -> Sequence[str]:
    """Give the command of a bare side."""
    return python(BARE / script, *words)


def secops(*words: str | Path) -> Sequence[str]:
    """Give a command of the product."""
    return python("-m", "secops", *words)


def quietly(command: Sequence[str]) -> str:
    """Run something that is not measured."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own scripts
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


def measure(side: Side) -> Taken:
    """Run one side once."""
    with tempfile.TemporaryDirectory(prefix="secops-bench-") as name:
        folder = Path(name)
        side.prepare(folder)
        with (folder / "said").open("w+") as said, (folder / "erred").open("w+") as erred:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            start = time.perf_counter()
            child = subprocess.Popen(  # noqa: S603  # our own scripts
                side.command(folder), cwd=ROOT, stdout=said, stderr=erred
            )
            memory = _Memory(child.pid)
            ended = child.wait()
            wall = time.perf_counter() - start
            peak = memory.stop()
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            said.seek(0), erred.seek(0)
            if ended not in side.ends:
                sys.exit(f"{side.name} ended with {ended}\n{erred.read()}")
            text, _, own = said.read().partition(OWN)
            result = side.result(folder, text)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall=wall, cpu=cpu, own=float(own or 0), mebibytes=peak, result=result)


def compare(ours: Side, other: Side, bound: Bound, *, tiny: bool = False) -> int:
    """Measure, print, and give the exit code: within the bound, beyond it, or no figure."""
    pairs = 1 if tiny else max(bound.pairs, 5)
    print(f"{bound.title}: {_said(bound)}, {bound.clock} seconds, {pairs} pairs")
    first, against = measure(ours), measure(other)  # warms the disk
    print(f"  {ours.name}: {first.result}\n  {other.name}: {against.result}")
    if bound.same_result and first.result != against.result:
        print("  the sides did not do the same work: no figure")
        return BEYOND
    if not tiny and not _steady(other, bound, pairs):
        return NO_FIGURE
    taken = [(first, against)] if tiny else []
    for at in range(0 if tiny else pairs):
        sides = (ours, other) if at % 2 else (other, ours)
        found = {one.name: measure(one) for one in sides}
        taken.append((found[ours.name], found[other.name]))
    _show(ours, other, taken)
    return _judge(taken, bound, tiny=tiny)


def _said(bound: Bound) -> str:
    return "no bound" if bound.most == inf else f"at most {bound.most:g} times"


def _steady(side: Side, bound: Bound, pairs: int) -> bool:
    """Compare a side with itself."""
    same = [
        measure(side).clock(bound.clock) / measure(side).clock(bound.clock) for _ in range(pairs)
    ]
    print(f"  {side.name} against itself: {median(same):.3f} ({min(same):.3f} to {max(same):.3f})")
    if abs(median(same) - 1) <= SAME_WITHIN:
        return True
    print("  no figure: machine too noisy")
    return False


def _show(ours: Side, other: Side, taken: Sequence[tuple[Taken, Taken]]) -> None:
    for at, side in enumerate((ours, other)):
        every = [one[at] for one in taken]
        print(
            f"  {side.name}: wall {median(x.wall for x in every):.2f} s,"
            f" CPU {median(x.cpu for x in every):.2f} s,"
            f" at most {max(x.mebibytes for x in every):.0f} MiB with children"
        )


def _judge(taken: Sequence[tuple[Taken, Taken]], bound: Bound, *, tiny: bool) -> int:
    figures = {}
    for clock in dict.fromkeys(("wall", "cpu", bound.clock)):
        ratios = [a.clock(clock) / b.clock(clock) for a, b in taken]
        figures[clock] = median(ratios)
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        print(f"  ratio, {clock}: median {median(ratios):.2f} ({spread})")
    if tiny:
        print("  a tiny run: no figure")
        return WITHIN
    if bound.most == inf:
        return WITHIN
    kept = figures[bound.clock] <= bound.most
    print(f"  {'within' if kept else 'BEYOND'} the bound of {bound.most:g}")
    return WITHIN if kept else BEYOND


class _Memory:
    """Looks every few hundredths of a second at a process and all below it (Linux; else 0)."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0.0
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()

    def stop(self) -> float:
        """Give the most that was seen, in MiB."""
        self._over.set()
        self._looking.join()
        return self._peak

    def _look(self) -> None:
        while not self._over.wait(_LOOK_EVERY):
            pages = sum(_pages(one) for one in _family(self._pid))
            self._peak = max(self._peak, pages * _PAGE / 2**20)


def _family(pid: int) -> Sequence[int]:
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text(encoding="ascii").split())
        except OSError:  # it has just ended
            continue
    return found


def _pages(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:  # it has just ended
        return 0
