"""Scan of the lab table: at most 1/4 of `nmap -sV`, 1.3 of the same work bare, 11 times for 10.

Run as root, since the lab serves ports below 1024, with nmap installed:
`python -m benchmarks.scan [nmap|bare|growth|silent …] [--pairs N] [--tiny]`. `silent` has ports
that accept and never answer; it is reported apart and has no bound.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from benchmarks.pairs import (
    ROOT,
    WITHIN,
    Bound,
    Side,
    arguments,
    bare,
    compare,
    digest,
    measure,
    python,
    quietly,
)
from benchmarks.pairs import secops as command
from benchmarks.scan_lab import PORTS, rows

FIRST: Final = 90
RATE: Final = 20_000
UNIT: Final = "云川市教育局"
SERVICES: Final = "SELECT DISTINCT host, port, value FROM observation WHERE name = 'service.name'"
Service = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Lab:
    """The lab while it runs."""

    child: subprocess.Popen[str]
    count: int

    def met(self) -> str:
        """Say how many connections there were since this was last asked."""
        if self.child.stdin is None or self.child.stdout is None:
            sys.exit("the lab has no pipes")
        self.child.stdin.write("\n")
        self.child.stdin.flush()
        return f"{sum(json.loads(self.child.stdout.readline()).values())} connections"


@contextmanager
def lab(count: int, *words: str) -> Iterator[Lab]:
    """Serve the lab while the block runs."""
    child = subprocess.Popen(  # noqa: S603  # our own script
        python("-m", "benchmarks.scan_lab", "serve", str(FIRST), str(count), *words),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    if child.stdout is None or child.stdout.readline().strip() != "ready":
        sys.exit("the lab did not start: are you root?")
    try:
        yield Lab(child, count)
    finally:
        child.communicate("")


def addresses(count: int) -> Sequence[str]:
    """Name the lab's hosts."""
    return [f"127.0.{FIRST + at // 250}.{at % 250 + 1}" for at in range(count)]


def services(found: set[Service], lab: Lab) -> str:
    """Say which services of the table were found, name by name and port by port."""
    there = {(addresses(lab.count)[host - 1], port, name) for host, port, name in rows(lab.count)}
    others = len(found - there)
    named = f"{len(found & there)} of {len(there)} services"
    return f"{named}, {others} others, {digest(str(sorted(found)))}"


def inventory(folder: Path, count: int) -> None:
    """Make a workspace with one website behind all hosts, and a permit for the lab's ports."""
    file, workspace = folder / "list.yaml", folder / "w"
    lines = [
        "{secops: inventory, version: 1,",
        " systems: [{name: lab, kind: website, stage: running,",
        f"  ownership: {{operating_unit: {UNIT}}}}}],",
        " endpoints: [",
        *(f"  {{kind: address, value: {one}, systems: [lab]}}," for one in addresses(count)),
        " ]}",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    quietly(command("init", workspace, "--unit", UNIT))
    quietly(command("-C", workspace, "import", file))
    words = ["--by", "Sample", "--post", "Head", "--letter", "No. 1", "--range", "127.0.0.0/16"]
    ports = ",".join(map(str, PORTS))
    more = ["--ports", ports, "--until", "2099-01-01", "--effect-weighed", "only loopback"]
    quietly(command("-C", workspace, "permit", "add", *words, *more))


def ours(lab: Lab, *, met: bool = False, rate: int = 0) -> Side:
    """Scan by the command that a user types, or faster than a user may."""

    def seen(folder: Path, _: str) -> str:
        with sqlite3.connect(folder / "w" / "secops.db") as base:
            found = {
                (str(host), int(port), str(name)) for host, port, name in base.execute(SERVICES)
            }
        return lab.met() if met else services(found, lab)

    return Side(
        name=f"secops scan of {lab.count} hosts",
        command=lambda folder: (
            python("-m", "benchmarks.scan_fast", folder / "w", str(rate))
            if rate
            else command("-C", folder / "w", "-q", "scan")
        ),
        prepare=lambda folder: inventory(folder, lab.count),
        result=seen,
        ends=(0, 4),
    )


def _name(port: ET.Element) -> str:
    """Give the name that nmap gives; its `http` in a tunnel is our `https`."""
    service = next(port.iter("service"), ET.Element("service"))
    secure = service.get("tunnel") == "ssl"
    return service.get("name", "unknown") + ("s" if secure else "")


def nmap(lab: Lab) -> Side:
    """Let nmap name the services of the same ports."""

    def seen(_: Path, said: str) -> str:
        found = set[Service]()
        for host in ET.fromstring(said).iter("host"):  # noqa: S314  # nmap's own, from our child
            address = next(host.iter("address")).get("addr", "")
            for port in host.iter("port"):
                if next(port.iter("state")).get("state") == "open":
                    found.add((address, int(port.get("portid", "0")), _name(port)))
        return services(found, lab)

    ports = ",".join(map(str, PORTS))
    words = ("nmap", "-sV", "-Pn", "-n", "-sT", "-T4", "-p", ports, "-oX", "-")
    return Side(name="nmap -sV", command=lambda _: (*words, *addresses(lab.count)), result=seen)


def against_nmap(count: int, pairs: int, *, tiny: bool) -> int:
    """Compare with nmap; both must name the same services at the same ports."""
    title = f"scan of {count} hosts with {len(PORTS)} ports against nmap -sV"
    with lab(count) as running:
        bound = Bound(title=title, most=0.25, clock="wall", pairs=pairs)
        return compare(ours(running), nmap(running), bound, tiny=tiny)


def against_bare(count: int, pairs: int, *, tiny: bool) -> int:
    """Compare with nmap for the ports and as many plain connections as ours makes."""
    title = f"scan of {count} hosts against the same work bare"
    with lab(count) as running:
        plain = Side(
            name="the same work bare",
            command=lambda _: bare("scan.py", str(FIRST), str(count)),
            result=lambda _, __: running.met(),
        )
        bound = Bound(title=title, most=1.3, clock="wall", same_result=False, pairs=pairs)
        return compare(ours(running, met=True), plain, bound, tiny=tiny)


def growth(count: int, _: int, *, tiny: bool) -> int:
    """Compare with ten times the hosts, by time and by memory."""
    print(f"{count} and {count * 10} hosts, {RATE} connections a second at most")
    taken = []
    for many in (count, count * 10):
        with lab(many) as running:
            one = measure(ours(running, rate=RATE))
        taken.append(one)
        print(
            f"  wall {one.wall:.1f} s, CPU {one.cpu:.1f} s, {one.mebibytes:.0f} MiB: {one.result}"
        )
    small, large = taken
    time, memory = large.cpu / small.cpu, large.mebibytes / small.mebibytes
    print(f"  wall × {large.wall / small.wall:.2f}, CPU × {time:.2f}, memory × {memory:.2f}")
    if tiny:
        print("  a tiny run: no figure")
        return WITHIN
    kept = large.wall <= 11 * small.wall and memory <= 1.5  # noqa: PLR2004  # the bounds
    print(f"  {'within' if kept else 'BEYOND'} the bounds of 11 and 1.5")
    return 0 if kept else 1


def silent(count: int, _: int, *, tiny: bool) -> int:
    """Say how long ports that never answer take, ours and nmap's; no bound."""
    print(f"{count} hosts with 6 ports each that accept and stay silent: no bound")
    with lab(count, "silent") as running:
        sides = [ours(running)] if tiny else [ours(running), nmap(running)]
        for side in sides:
            one = measure(replace(side, result=lambda _, __: running.met()))
            print(f"  {side.name}: wall {one.wall:.1f} s, CPU {one.cpu:.1f} s, {one.result}")
    return WITHIN


PARTS: Final = {
    "nmap": (against_nmap, 20, 1),
    "bare": (against_bare, 20, 1),
    "growth": (growth, 200, 1),
    "silent": (silent, 4, 1),
}


def main() -> int:
    """Run what is asked for, or all."""
    asked = arguments(__doc__ or "", parts=tuple(PARTS))
    codes = []
    for name in asked.parts or PARTS:
        run, count, little = PARTS[name]
        codes.append(run(little if asked.tiny else count, asked.pairs or 5, tiny=asked.tiny))
    return max(codes)


if __name__ == "__main__":
    raise SystemExit(main())
