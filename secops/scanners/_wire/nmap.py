"""nmap through python-nmap in a child program: only literals and integers become arguments."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from secops.contracts.scanning import ToolRun
from secops.guards.hosts import literal_of
from secops.model.evidence import Failed, FailureKind, Target
from secops.scanners._wire.gate import Gate
from secops.scanners._wire.pace import Limits

OLDEST: Final = 7  # 6.x is what CentOS 7 ships: other defaults, other XML
_CHILD: Final = Path(__file__).with_name("nmap_child.py")
_MOST_OUTPUT: Final = 256 * 1024 * 1024
_PERMIT_EACH_SECONDS: Final = 1.0

Batch = tuple[tuple[str, ...], tuple[int, ...]]
"""Addresses of one family, and the ports that the permits allow on all of them."""


async def run_nmap(
    gate: Gate,
    limits: Limits,
    targets: Sequence[Target],
    ports: Sequence[int],
    *,
    versions: bool,
) -> ToolRun | Failed:
    """Run it over the permitted part of what is asked, a child for each distinct port list."""
    batches = _permitted(gate, targets, ports)
    if not batches:
        return Failed(FailureKind.NOT_PERMITTED, "no permit covers any address and port")
    runs: list[ToolRun] = []
    for batch in batches:
        run = await _run_one(gate, limits, batch, versions=versions)
        if isinstance(run, Failed):
            return run
        runs.append(run)
    return ToolRun(
        outputs=tuple(output for run in runs for output in run.outputs),
        complete=all(run.complete for run in runs),
        tool=runs[0].tool,
        arguments=runs[0].arguments,
        warnings=" ".join(run.warnings for run in runs if run.warnings),
    )


def arguments_for(limits: Limits, *, family: int, versions: bool) -> str:
    """All options but hosts and ports; none of it comes from a user."""
    words = ["-Pn", "-n", "-sT", "-T4", "--max-retries 2", "--noninteractive"]
    words += [f"--host-timeout {limits.nmap_host_seconds}s"]
    words += ["-sV", "--version-light"] if versions else []
    words += ["-6"] if family == 6 else []  # noqa: PLR2004  # the family's own number
    return " ".join(words)


def _permitted(gate: Gate, targets: Sequence[Target], ports: Sequence[int]) -> tuple[Batch, ...]:
    alike: defaultdict[tuple[int, tuple[int, ...]], dict[str, None]] = defaultdict(dict)
    for target in targets:
        literal = literal_of(target.host)
        allowed = gate.allowed_ports(target.host, target.host, sorted(set(ports)))
        if literal is not None and allowed:
            alike[literal.version, allowed][str(literal)] = None
    return tuple((tuple(addresses), allowed) for (_, allowed), addresses in alike.items())


async def _run_one(gate: Gate, limits: Limits, batch: Batch, *, versions: bool) -> ToolRun | Failed:
    addresses, ports = batch
    arguments = arguments_for(limits, family=6 if ":" in addresses[0] else 4, versions=versions)
    request = {
        "hosts": " ".join(addresses),
        "ports": ",".join(str(int(port)) for port in ports),
        "arguments": arguments,
        "seconds": str(limits.nmap_seconds),
        "oldest": str(OLDEST),
    }
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",  # its own folder is no place to import from
        str(_CHILD),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
        limit=1024 * 1024,
    )
    watcher = asyncio.create_task(_end_with_permit(gate, batch, child))
    try:
        raw = await _answer(child, json.dumps(request).encode() + b"\n")
    finally:
        watcher.cancel()
        end_group(child)
        await child.wait()
    ended_by_permit = watcher.done() and not watcher.cancelled()
    if ended_by_permit:
        return Failed(FailureKind.NOT_PERMITTED, "the permit ended while nmap was running")
    return _understood(raw, f"{arguments} -p {request['ports']}")


async def _answer(child: asyncio.subprocess.Process, request: bytes) -> bytes:
    """Ask, and read all of the answer; our end of its input stays open all the while."""
    if child.stdin is None or child.stdout is None:  # pragma: no cover  # both are pipes
        return b""
    with suppress(ConnectionError):  # it is gone already: its empty answer says so
        child.stdin.write(request)
        await child.stdin.drain()
    got = bytearray()
    while len(got) <= _MOST_OUTPUT and (piece := await child.stdout.read(1 << 20)):
        got += piece
    child.stdin.close()
    return bytes(got)


async def _end_with_permit(gate: Gate, batch: Batch, child: asyncio.subprocess.Process) -> None:
    addresses, ports = batch
    while all(gate.allows(one, one, ports[0]) for one in addresses):  # noqa: ASYNC110  # a clock
        await asyncio.sleep(_PERMIT_EACH_SECONDS)
    end_group(child)


def end_group(child: asyncio.subprocess.Process) -> None:
    """End the child and its nmap, if they are still there."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        elif child.returncode is None:
            child.kill()


def _understood(raw: bytes, arguments: str) -> ToolRun | Failed:
    head, _, output = raw.partition(b"\n")
    if not head:
        return Failed(FailureKind.TOOL_FAILED, "nmap's child program was ended")
    said: dict[str, str] = json.loads(head)
    if "missing" in said:
        return Failed(FailureKind.TOOL_MISSING, "nmap is not installed")
    if "old" in said:
        return Failed(FailureKind.TOOL_FAILED, f"nmap {said['version']} is older than {OLDEST}.0")
    if not output.strip():
        return Failed(FailureKind.TOOL_FAILED, said["warnings"] or "nmap gave no output")
    return ToolRun(
        outputs=(output,),
        complete=said["complete"] == "yes",
        tool=f"nmap {said['version']}",
        arguments=arguments,
        warnings=said["warnings"],
    )
