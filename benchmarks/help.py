"""`secops --help` against importing click: what a user waits for before anything begins.

Run: `.venv/bin/python benchmarks/help.py [PAIRS]`. The target is a ratio of 3.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from hashlib import sha256

OURS = [sys.executable, "-m", "secops", "--help"]
BARE = [sys.executable, "-c", "import click"]


def seconds(command: list[str]) -> tuple[float, bytes]:
    """Run it in a process of its own."""
    start = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own commands
    return time.perf_counter() - start, done.stdout


def main() -> None:
    """Prove the clock on equal pairs, then alternate the sides."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    _, output = seconds(OURS)
    print(f"{len(output.splitlines())} lines, sha256 {sha256(output).hexdigest()[:16]}")
    equal = [seconds(BARE)[0] / seconds(BARE)[0] for _ in range(pairs)]
    print(f"A/A: median {statistics.median(equal):.3f}")
    ratios = [seconds(OURS)[0] / seconds(BARE)[0] for _ in range(pairs)]
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    print(f"secops --help / import click: median {statistics.median(ratios):.2f} ({spread})")


if __name__ == "__main__":
    main()
