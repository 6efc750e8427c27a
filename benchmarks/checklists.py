"""All checklists, rules and bands, cold, against PyYAML's C loader on the same bytes: at most 1.5.

CPU seconds of the loading in a fresh process each. First pairs of bare against bare: within 5 %,
else no figure. Then alternating pairs.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PAIRS: Final = 15
LIMIT: Final = 1.5
SPREAD: Final = 0.05
OURS: Final = """
import gc, time
from secops.wiring.tables import load_tables
gc.collect()
started = time.process_time()
tables = load_tables()
print(time.process_time() - started, len(tables.checklist.items), len(tables.rules.rules),
      tables.checklist.digest)
"""


def _run(command: list[str]) -> list[str]:
    ran = subprocess.run(  # noqa: S603  # our own scripts
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ran.stdout.split()


def _ratio(one: list[str], other: list[str]) -> float:
    return float(_run(one)[0]) / float(_run(other)[0])


def main() -> int:
    """Measure and say the figure."""
    folder = ROOT / "checklists"
    files = [
        *sorted((folder / "gbt22239-2019").glob("*.yaml")),
        *sorted((folder / "rules").glob("*.yaml")),
        folder / "regulation" / "conclusion-2025.yaml",
    ]
    bare = ["benchmarks/bare/checklists.py", *map(str, files)]
    ours = ["-c", OURS]
    _, items, rules, digest = _run(ours)
    size = sum(path.stat().st_size for path in files)
    print(f"{len(files)} files, {size} bytes, {items} items, {rules} rules, {digest}")
    same = median(_ratio(bare, bare) for _ in range(PAIRS))
    print(f"bare against bare: {same:.3f}")
    if abs(same - 1) > SPREAD:
        print("the machine is too busy for a figure")
        return 1
    ratios = sorted(_ratio(ours, bare) for _ in range(PAIRS))
    print(f"ours against bare: {median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})")
    return 0 if median(ratios) <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
