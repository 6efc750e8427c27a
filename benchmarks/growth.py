"""Ten times the data: at most 11 times the CPU seconds: import, inventory check, start, judging.

`start` begins a self-check of so many level-3 systems: its first line is 1,000 of them, 211,000
items asked, for which ten seconds are the bound.

For scans see `python -m benchmarks.scan growth`, for memory the last column: what is imported is
held once, since it is applied all or nothing.

Run: `python -m benchmarks.growth [import|check|start|judge …] [--tiny]`.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from benchmarks.import_inventory import UNIT, founded, imported, workbook
from benchmarks.pairs import (
    BEYOND,
    WITHIN,
    Side,
    Taken,
    arguments,
    digest,
    measure,
    python,
    quietly,
    secops,
)
from secops.model.asset import Endpoint, EndpointKind
from secops.model.common import SecurityLevel
from secops.model.evidence import Attempt, Observation, ScanPlan, Target
from secops.model.ids import AttemptId, Digest, EndpointId, ScanId, SystemId, UnitId
from secops.model.system import Grading, LifecycleStage, Ownership, System, SystemKind
from secops.wiring.opening import open_workspace
from secops.wiring.workspace import Workspace

MOST: Final = 11
ROUNDS: Final = 3
SEEN: Final = {
    "port.open": "tcp/443",
    "service.name": "https",
    "tls.versions": "TLSv1.0,TLSv1.2",
    "tls.lowest-version": "TLSv1.0",
    "tls.highest-version": "TLSv1.2",
    "http.hsts": "no",
}
JUDGE: Final = """
import sys, pathlib
from secops.wiring.opening import open_workspace
from secops.wiring.scan import judge
with open_workspace(pathlib.Path(sys.argv[1])) as workspace:
    with workspace.begin(reading=True) as work:
        ids = [one.id for one in work.systems.all()]
    judged = judge(workspace, ids)
print(len(judged.systems), "systems,", len(judged.findings), "findings")
"""


def import_side(folder: Path, rows: int) -> Side:
    """Import so many systems."""
    source = workbook(folder / f"{rows}.xlsx", rows)
    return Side(
        name="import",
        command=lambda within: secops("-C", within / "w", "import", source),
        prepare=founded,
        result=lambda within, _: imported(within / "w" / "secops.db"),
    )


def check_side(folder: Path, rows: int) -> Side:
    """Check a list of so many systems."""
    made = folder / f"w{rows}"
    quietly(secops("init", made, "--unit", UNIT))
    quietly(secops("-C", made, "import", workbook(folder / f"{rows}.xlsx", rows)))
    return Side(
        name="inventory check",
        command=lambda _: secops("-C", made, "--json", "inventory", "check", "--no-lists"),
        result=lambda _, said: f"{rows} systems, {digest(said)}",
        ends=(0, 1),
    )


def start_side(folder: Path, rows: int) -> Side:
    """Begin to assess so many systems of S3A3."""
    made = folder / f"w{rows}"
    quietly(secops("init", made, "--unit", UNIT))
    with open_workspace(made) as workspace, workspace.begin() as work:
        (unit,) = work.units.all()
        grading = Grading(
            business_information=SecurityLevel.THREE, system_service=SecurityLevel.THREE
        )
        systems = [_system(workspace, unit.id, number) for number in range(1, rows + 1)]
        work.systems.put_many(workspace.actor, [replace(one, grading=grading) for one in systems])
        work.commit()
    return Side(
        name="start",
        command=lambda within: secops("-q", "-C", within / "w", "assess", "start", "--all"),
        prepare=lambda within: copied(made, within / "w"),
        result=lambda within, _: begun(within / "w" / "secops.db"),
    )


def begun(database: Path) -> str:
    """Say how many assessments stand in a database, and how many rows of answers."""
    with sqlite3.connect(database) as base:
        (started,) = base.execute("SELECT count(*) FROM assessment").fetchone()
        (rows,) = base.execute("SELECT count(*) FROM answer").fetchone()
    return f"{started} assessments, {rows} rows of answers"


def judge_side(folder: Path, rows: int) -> Side:
    """Judge what was seen of so many systems."""
    made = folder / f"w{rows}"
    quietly(secops("init", made, "--unit", UNIT))
    with open_workspace(made) as workspace:
        see(workspace, rows)
    return Side(
        name="judge",
        command=lambda within: python("-c", JUDGE, within / "w"),
        prepare=lambda within: copied(made, within / "w"),
    )


def copied(made: Path, to: Path) -> None:
    """Give each run findings of its own."""
    shutil.copytree(made, to)


def see(workspace: Workspace, rows: int) -> None:
    """Keep systems with an endpoint each, and what a scan saw there."""
    with workspace.begin() as work:
        (unit,) = work.units.all()
        systems = [_system(workspace, unit.id, number) for number in range(1, rows + 1)]
        endpoints = [_endpoint(workspace, one) for one in systems]
        work.systems.put_many(workspace.actor, systems)
        work.endpoints.put_many(workspace.actor, endpoints)
        targets = tuple(Target(endpoint=one.id, host=one.value, port=443) for one in endpoints)
        said = workspace.blobs.put(b"sample")
        plan = _plan(workspace, targets, said)
        work.scans.start(plan)
        work.scans.put_attempts([_attempt(workspace, plan.id, one, said) for one in targets])
        work.observations.put_many(
            plan.id,
            [
                Observation(target=target, name=name, value=value, evidence=said)
                for target in targets
                for name, value in SEEN.items()
            ],
        )
        work.commit()


def _system(workspace: Workspace, unit: UnitId, number: int) -> System:
    return System(
        id=SystemId(workspace.new_id()),
        no=number,
        name=f"system {number}",
        kind=SystemKind.WEBSITE,
        stage=LifecycleStage.RUNNING,
        ownership=Ownership(operating_unit=unit),
        grading=Grading(business_information=SecurityLevel.THREE, system_service=SecurityLevel.TWO),
    )


def _endpoint(workspace: Workspace, system: System) -> Endpoint:
    return Endpoint(
        id=EndpointId(workspace.new_id()),
        no=system.no,
        kind=EndpointKind.ADDRESS,
        value=f"10.{system.no >> 16}.{system.no >> 8 & 255}.{system.no & 255}",
        port=443,
        systems=(system.id,),
    )


def _plan(workspace: Workspace, targets: tuple[Target, ...], inventory: Digest) -> ScanPlan:
    return ScanPlan(
        id=ScanId(workspace.new_id()),
        no=1,
        actor=workspace.actor,
        made_at=workspace.now(),
        targets=targets,
        scanners=("sample",),
        permits=(),
        inventory_digest=inventory,
        rules_digest=inventory,
    )


def _attempt(workspace: Workspace, scan: ScanId, target: Target, said: Digest) -> Attempt:
    return Attempt(
        id=AttemptId(workspace.new_id()),
        scan=scan,
        scanner="sample",
        target=target,
        n=1,
        started=workspace.now(),
        ended=workspace.now(),
        tool="sample",
        arguments="",
        outcome=said,
    )


def taken(side: Side, rounds: int) -> Taken:
    """Give the measurement in the middle."""
    every = sorted((measure(side) for _ in range(rounds)), key=lambda one: one.cpu)
    return every[len(every) // 2]


PARTS: Final[dict[str, tuple[Callable[[Path, int], Side], int]]] = {
    "import": (import_side, 10_000),
    "check": (check_side, 10_000),
    "start": (start_side, 1_000),
    "judge": (judge_side, 500),
}


def main() -> int:
    """Run what is asked for, or all."""
    asked = arguments(__doc__ or "", parts=tuple(PARTS))
    codes = []
    for name in asked.parts or PARTS:
        side, rows = PARTS[name]
        rows = 20 if asked.tiny else rows
        found = []
        with tempfile.TemporaryDirectory() as folder:
            for many in (rows, rows * 10):
                found.append(taken(side(Path(folder), many), 1 if asked.tiny else ROUNDS))
                one = found[-1]
                print(
                    f"{name}: wall {one.wall:.2f} s, CPU {one.cpu:.2f} s,"
                    f" {one.mebibytes:.0f} MiB: {one.result}"
                )
        ratio = found[1].cpu / found[0].cpu
        print(
            f"  × {ratio:.1f} CPU, × {found[1].mebibytes / found[0].mebibytes:.1f} memory", end=" "
        )
        print("a tiny run: no figure" if asked.tiny else f"(at most {MOST})")
        codes.append(WITHIN if asked.tiny or ratio <= MOST else BEYOND)
    return max(codes)


if __name__ == "__main__":
    raise SystemExit(main())
