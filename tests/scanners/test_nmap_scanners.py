"""nmap itself, on loopback: what it finds, and that nothing of it is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from secops.contracts.scanning import Collected, Known, Scanner
from secops.model.common import NotApplicable
from secops.model.evidence import Evidence, Failed, FailureKind, Observation, Target
from secops.model.ids import EndpointId
from secops.scanners._wire.pace import Limits
from secops.scanners._wire.wire import OpenWire
from secops.scanners.connect_ports import ConnectPorts
from secops.scanners.nmap_ports import NmapPorts
from secops.scanners.nmap_services import NmapServices
from tests.addresses import NET
from tests.conftest import ROOT
from tests.scanners.conftest import NOW, loopback_permit

pytestmark = pytest.mark.slow
SILENT = Limits(nmap_host_seconds=30, connect_seconds=0.5)


async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        writer.write(b"220 (vsFTPd 3.0.3)\r\n")
        await reader.read(100)
    writer.transport.abort()


def collect(scanner: Scanner, hosts: Sequence[str], port: int | None = None) -> list[Collected]:
    async def run() -> list[Collected]:
        server = await asyncio.start_server(speak, f"{NET}.1", 18221)
        async with server, OpenWire(lambda: [loopback_permit()], lambda: NOW, SILENT) as wire:
            batch = [Target(endpoint=EndpointId(one), host=one, port=port) for one in hosts]
            return [one async for one in scanner.collect(batch, wire)]

    return asyncio.run(run())


def seen(scanner: Scanner, one: Collected) -> tuple[Observation, ...]:
    assert isinstance(one.result, bytes), one.result
    evidence = Evidence(
        target=one.target, content=one.result, taken_at=NOW, scanner=scanner.name, tool=one.tool
    )
    return scanner.interpret(evidence)


def said(scanner: Scanner, one: Collected) -> set[tuple[str, str]]:
    return {(fact.name, fact.value) for fact in seen(scanner, one)}


def test_each_host_of_a_batch_has_its_own_outcome_and_evidence() -> None:
    scanner = NmapPorts([18221, 18222])
    found = {one.target.host: one for one in collect(scanner, [f"{NET}.1", f"{NET}.2", "10.0.0.1"])}
    assert ("port.open", "tcp/18221") in said(scanner, found[f"{NET}.1"])
    assert said(scanner, found[f"{NET}.2"]) == {("host.answers", "yes")}
    refused = found["10.0.0.1"].result
    assert isinstance(refused, Failed)
    assert refused.kind is FailureKind.NOT_PERMITTED
    mine = found[f"{NET}.1"].result
    assert isinstance(mine, bytes)
    assert f"{NET}.2".encode() not in mine  # no evidence shows another owner's host
    assert found[f"{NET}.1"].tool.startswith("nmap ")


def test_the_second_pass_names_what_was_unknown() -> None:
    scanner = NmapServices()
    (one,) = collect(scanner, [f"{NET}.1"], 18221)
    facts = dict(said(scanner, one))
    assert facts["service.name"] == "ftp"
    assert facts["service.product"] == "vsftpd"


def test_the_second_pass_leaves_known_services_and_printers_alone() -> None:
    there = Target(endpoint=EndpointId("e"), host=f"{NET}.1", port=443)
    known = Known(observations=(_fact(there, "https"),))
    unknown = Known(observations=(_fact(there, "unknown"),))
    printer = Target(endpoint=EndpointId("e"), host=f"{NET}.1", port=9100)
    scanner = NmapServices()
    assert isinstance(scanner.accepts(there, known), NotApplicable)
    assert scanner.accepts(there, unknown) is None
    assert isinstance(scanner.accepts(printer, unknown), NotApplicable)


def _fact(there: Target, value: str) -> Observation:
    return Observation(target=there, name="service.name", value=value, evidence=_NOTHING)


_NOTHING = Evidence(
    target=Target(endpoint=EndpointId("e"), host="h"),
    content=b"",
    taken_at=NOW,
    scanner="",
    tool="",
).digest


def test_without_nmap_its_absence_is_named_and_we_connect_ourselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")  # the machine, not our code
    monkeypatch.setenv("SECOPS_NMAP", "/nonexistent/nmap")
    (missing,) = collect(NmapPorts([18221]), [f"{NET}.1"])
    assert isinstance(missing.result, Failed)
    assert missing.result.kind is FailureKind.TOOL_MISSING
    scanner = ConnectPorts([18221, 18222])
    (own,) = collect(scanner, [f"{NET}.1"])
    assert said(scanner, own) == {("host.answers", "yes"), ("port.open", "tcp/18221")}


def test_an_nmap_of_another_age_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "nmap"
    old.write_text("#!/bin/sh\necho 'Nmap version 6.40 ( http://nmap.org )'\n")
    old.chmod(0o755)
    monkeypatch.setenv("SECOPS_NMAP", str(old))
    (one,) = collect(NmapPorts([18221]), [f"{NET}.1"])
    assert isinstance(one.result, Failed)
    assert one.result.kind is FailureKind.TOOL_FAILED
    assert "6.40" in one.result.detail


def test_an_nmap_killed_midway_is_tried_host_by_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = tmp_path / "nmap"
    dying.write_text(
        "#!/bin/sh\n"
        'case "$*" in -V) exec nmap -V;; esac\n'
        f'case "$*" in *{NET}.1*{NET}.2*) kill -9 $$;; esac\n'
        'exec nmap "$@"\n'
    )
    dying.chmod(0o755)
    monkeypatch.setenv("SECOPS_NMAP", str(dying))
    scanner = NmapPorts([18221])
    found = {one.target.host: one for one in collect(scanner, [f"{NET}.1", f"{NET}.2"])}
    assert ("port.open", "tcp/18221") in said(scanner, found[f"{NET}.1"])
    assert said(scanner, found[f"{NET}.2"]) == {("host.answers", "yes")}


PARENT = """
import asyncio
import sys
from secops.model.evidence import Target
from secops.scanners._wire.wire import OpenWire
from tests.scanners.conftest import NOW, loopback_permit
async def mute(reader, writer):
    await reader.read()
async def main():
    server = await asyncio.start_server(mute, sys.argv[1], 18223)
    async with server, OpenWire(lambda: [loopback_permit()], lambda: NOW) as wire:
        here = Target(endpoint="e", host=sys.argv[1])
        await wire.nmap([here], [18223], versions=True)
asyncio.run(main())
"""


def _sessions(address: str) -> set[int]:
    """Name the sessions in which an nmap looks at this address."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            whole = status.read_text()
            arguments = status.with_name("cmdline").read_text().split("\0")
        except OSError:
            continue
        name, fields = whole.partition("(")[2].rpartition(")")[0], whole.rpartition(")")[2].split()
        if name == "nmap" and fields[0] != "Z" and address in arguments:
            found.add(int(fields[3]))
    return found


def test_after_a_kill_of_the_parent_no_nmap_is_left() -> None:
    address = f"{NET}.3"
    parent = subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", PARENT, address],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        new: set[int] = set()
        for _ in range(100):
            new = _sessions(address)
            if new:
                break
            time.sleep(0.1)
        assert len(new) == 1, "nmap did not start"
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        for _ in range(50):
            if not _sessions(address):
                break
            time.sleep(0.1)
        assert not _sessions(address)
    finally:
        parent.kill()
        parent.wait()
