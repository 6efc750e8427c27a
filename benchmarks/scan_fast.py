"""Scans a workspace as `secops scan` does, with so many connections a second as it is told.

The shipped rate is courteous: 2,000 hosts would be waited for, and the work would not show.
Run by `scan.py growth`: `python -m benchmarks.scan_fast WORKSPACE RATE`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from secops.scanners._wire.pace import Limits
from secops.wiring import scan as wiring
from secops.wiring.opening import open_workspace


def main() -> None:
    """Plan, store the plan, run, judge."""
    limits = Limits(connections_per_second=float(sys.argv[2]))
    with open_workspace(Path(sys.argv[1])) as workspace:
        with workspace.begin(reading=True) as work:
            systems = list(work.systems.all())
        loaded = wiring.scanners_of(workspace)
        planned = wiring.plan(workspace, systems, [one.name for one in loaded.scanners])
        wiring.store_plan(workspace, planned, loaded)
        manner = wiring.Manner(tell=lambda _: None, limits=limits)
        done = wiring.run(workspace, planned, loaded, manner)
    print(len(done.ran.attempts), "attempts")


if __name__ == "__main__":
    main()
