"""Scan: against `nmap -sV`, against the same work bare, and 2,000 targets against 200.

Run as root (the lab serves ports below 1024): `python benchmarks/scan.py [nmap|bare|growth]`.
"""

from __future__ import annotations

import asyncio
import hashlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.scan_lab import PORTS, rows  # a script: its root is no path yet

HERE = Path(__file__).parent
ROOT = HERE.parent
FIRST = 90
PAIRS = 5


@contextmanager
def lab(count: int) -> Iterator[None]:
    """Serve the lab while the block runs; say at the end what was met."""
    command = [sys.executable, str(HERE / "scan_lab.py"), "serve", str(FIRST), str(count)]
    child = subprocess.Popen(  # noqa: S603  # our own script
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    if child.stdout is None or child.stdout.readline().strip() != "ready":
        sys.exit("the lab did not start: are you root?")
    try:
        yield
    finally:
        said, _ = child.communicate("")
        print("  lab met:", said.strip())


def addresses(count: int) -> list[str]:
    """Name the lab's hosts."""
    return [f"127.0.{FIRST + at // 250}.{at % 250 + 1}" for at in range(count)]


def secops(count: int) -> tuple[float, str, float]:
    """Scan with the product's own operation and store; seconds, digest of the result, MiB."""
    paths = f"sys.path[:0] = [{str(ROOT)!r}, {str(HERE)!r}]"
    code = f"import sys; {paths}; from benchmarks import scan; scan.inner({count})"
    done = subprocess.run(  # noqa: S603  # our own script
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    seconds, digest, peak = done.stdout.split()[-3:]
    return float(seconds), digest, float(peak)


def inner(count: int) -> None:
    """Do one scan in a workspace of its own; in a child, so that its memory can be told."""
    from secops.contracts.scanning import Scanner  # noqa: PLC0415  # only in the child
    from secops.scanners.connect_ports import ConnectPorts  # noqa: PLC0415  # only in the child
    from secops.scanners.nmap_ports import NmapPorts  # noqa: PLC0415
    from secops.wiring import scan as wiring  # noqa: PLC0415
    from secops.wiring.opening import open_workspace  # noqa: PLC0415
    from secops.wiring.scanners import Loaded, own_scanners  # noqa: PLC0415
    from tests.operations.scanning import allow, website  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp(prefix="secops-bench-"))
    command = [sys.executable, "-m", "secops", "init", str(folder / "w"), "--unit", "bench"]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603  # ours
    ours: tuple[Scanner, ...] = (
        NmapPorts(PORTS),
        ConnectPorts(PORTS),
        *own_scanners()[2:],
    )
    loaded = Loaded(scanners=ours)
    try:
        with open_workspace(folder / "w") as workspace:
            allow(workspace, "127.0.0.0/16")
            system = website(workspace, *((host, None) for host in addresses(count)))
            before = time.perf_counter()
            planned = wiring.plan(workspace, [system], [one.name for one in ours])
            wiring.store_plan(workspace, planned, loaded)
            manner = wiring.Manner(tell=lambda _: None)
            asyncio.run(wiring.run_plan(workspace, planned, loaded, manner))
            seconds = time.perf_counter() - before
            ids = [one.endpoint for one in planned.plan.targets]
            with workspace.begin(reading=True) as work:
                seen = {
                    (one.target.host, one.target.port, one.value)
                    for one in work.observations.newest(ids)
                    if one.name == "service.name"
                }
    finally:
        shutil.rmtree(folder)
    wanted = {(addresses(count)[host - 1], port, service) for host, port, service in rows(count)}
    print("missing:", sorted(wanted - seen)[:5], len(wanted & seen), file=sys.stderr)
    digest = hashlib.sha256(repr(sorted(seen & wanted)).encode()).hexdigest()[:12]
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"{seconds:.2f} {len(wanted & seen)}:{digest} {(own + child) / 1024:.0f}")


def nmap_sv(count: int) -> float:
    """Run `nmap -sV` over the same ports."""
    ports = ",".join(map(str, PORTS))
    before = time.perf_counter()
    subprocess.run(  # noqa: S603  # fixed words and our own addresses
        ["nmap", "-sV", "-Pn", "-n", "-sT", "-T4", "-p", ports, "-oX", "-", *addresses(count)],  # noqa: S607  # the user's nmap
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - before


def bare(count: int) -> float:
    """Run the same work without the product."""
    command = [sys.executable, str(HERE / "bare" / "scan.py"), str(FIRST), str(count)]
    before = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # ours
    print("  bare:", done.stdout.strip())
    return time.perf_counter() - before


def pairs(one: str, other: str, count: int) -> None:
    """Alternate, and print medians and ratio; first A/A."""
    sides = {"secops": lambda: secops(count)[0], "nmap": lambda: nmap_sv(count)}
    sides["bare"] = lambda: bare(count)
    same = [sides[one]() / sides[one]() for _ in range(2)]
    print(f"A/A {one}:", " ".join(f"{ratio:.3f}" for ratio in same))
    found: list[tuple[float, float]] = []
    for at in range(PAIRS):
        order = (one, other) if at % 2 else (other, one)
        taken = {side: sides[side]() for side in order}
        found.append((taken[one], taken[other]))
        print(f"  {one} {taken[one]:.2f} s, {other} {taken[other]:.2f} s", flush=True)
    ratios = [a / b for a, b in found]
    middle = statistics.median(ratios)
    print(f"{one}/{other}: median {middle:.3f}, from {min(ratios):.3f} to {max(ratios):.3f}")


def growth() -> None:
    """Ten times the targets."""
    small, large = secops(200), secops(2000)
    print(f"200: {small}, 2000: {large}")
    print(f"time ×{large[0] / small[0]:.2f}, memory ×{large[2] / small[2]:.2f}")


def main() -> None:
    """Run what is asked for, or all."""
    asked = sys.argv[1:] or ["nmap", "bare", "growth"]
    print(f"{len(rows())} open of {20 * len(PORTS)} ports on 20 addresses")
    with lab(2000 if "growth" in asked else 20):
        if "once" in asked:
            print(secops(20))
        if "nmap" in asked:
            pairs("secops", "nmap", 20)
        if "bare" in asked:
            pairs("secops", "bare", 20)
        if "growth" in asked:
            growth()


if __name__ == "__main__":
    main()
