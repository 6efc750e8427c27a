"""First pass: which ports of a host accept connections, by nmap, 64 hosts a call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Final

from secops.contracts.scanning import Collected, Known, ToolRun, Wire
from secops.errors import msgid
from secops.model.common import NotApplicable
from secops.model.evidence import Evidence, Failed, FailureKind, Observation, Stage, Target
from secops.reading.nmap_xml import NmapHost, by_address, hosts_of

_ALONE: Final = (FailureKind.TOOL_FAILED, FailureKind.TIMED_OUT)


class NmapPorts:
    """Looks at hosts whose ports the inventory does not name."""

    name = "nmap-ports"
    stage = Stage.PORTS
    batch_size = 64

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = tuple(ports)

    def accepts(self, target: Target, known: Known) -> NotApplicable | None:
        """Say no to a port that the inventory names: it is looked at without nmap."""
        del known
        if target.port is not None:
            return NotApplicable(msgid("the inventory names the port"))
        return None

    async def collect(self, batch: Sequence[Target], wire: Wire) -> AsyncIterator[Collected]:
        """Ask for all at once; those that a failed or cut-off run left out are tried alone."""
        found = await asyncio.gather(*(wire.addresses(one) for one in batch))
        at: dict[Target, str] = {}
        for target, addresses in zip(batch, found, strict=True):
            if isinstance(addresses, Failed):
                yield Collected(target=target, result=addresses)
            else:
                at[target] = addresses[0]
        if not at:
            return
        run = await wire.nmap(_literals(at), self._ports, versions=False)
        hosts = by_address(_outputs(run))
        for target, address in at.items():
            one: ToolRun | Failed = run
            if address not in hosts and len(at) > 1 and _worth_trying_alone(run):
                one = await wire.nmap(_literals({target: address}), self._ports, versions=False)
                hosts |= by_address(_outputs(one))
            yield _collected(target, one, hosts.get(address))

    def interpret(self, evidence: Evidence) -> tuple[Observation, ...]:
        """Open ports; and that the host answers at all."""
        seen: list[Observation] = []
        for host in hosts_of(evidence.content):
            if host.answered:
                seen.append(_seen(evidence, None, "host.answers", "yes"))
            seen += (
                _seen(evidence, port.number, "port.open", f"{port.protocol}/{port.number}")
                for port in host.open_ports
            )
        return tuple(seen)


def _literals(at: dict[Target, str]) -> list[Target]:
    return [replace(target, host=address) for target, address in at.items()]


def _worth_trying_alone(run: ToolRun | Failed) -> bool:
    return run.kind in _ALONE if isinstance(run, Failed) else not run.complete


def _outputs(run: ToolRun | Failed) -> tuple[bytes, ...]:
    return run.outputs if isinstance(run, ToolRun) else ()


def _collected(
    target: Target, run: ToolRun | Failed, host: tuple[NmapHost, bytes] | None
) -> Collected:
    if host is None:
        cut = Failed(FailureKind.TOOL_FAILED, "nmap ended before it came to this host")
        return Collected(target=target, result=run if isinstance(run, Failed) else cut)
    said, document = host
    result: bytes | Failed = document
    if said.timed_out:
        result = Failed(FailureKind.TIMED_OUT, "nmap gave up on this host")
    elif not said.answered:
        result = Failed(FailureKind.SILENT, "no port answered")
    tool, arguments = (run.tool, run.arguments) if isinstance(run, ToolRun) else ("nmap", "")
    return Collected(target=target, result=result, tool=tool, arguments=arguments)


def _seen(evidence: Evidence, port: int | None, name: str, value: str) -> Observation:
    target = replace(evidence.target, port=port)
    return Observation(target=target, name=name, value=value, evidence=evidence.digest)
