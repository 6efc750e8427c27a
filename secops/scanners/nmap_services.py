"""Second pass: nmap names the services that our own probes did not recognise."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Final

from secops.contracts.scanning import Collected, Known, ToolRun, Wire
from secops.errors import msgid
from secops.model.common import NotApplicable
from secops.model.evidence import Evidence, Failed, FailureKind, Observation, Stage, Target
from secops.reading.nmap_xml import NmapHost, NmapPort, by_address, hosts_of

_PRINTERS: Final = range(9100, 9108)  # whatever is sent there is printed
_OURS: Final = {"domain": "dns", "ms-wbt-server": "rdp", "microsoft-ds": "smb"}


class NmapServices:
    """Asks only on open ports of unknown service: this pass is what makes nmap slow."""

    name = "nmap-services"
    stage = Stage.SERVICES
    batch_size = 64

    def accepts(self, target: Target, known: Known) -> NotApplicable | None:
        """Say why there is nothing left to ask."""
        if target.port is None or target.port in _PRINTERS:
            return NotApplicable(msgid("not to be asked for its version"))
        if any(one != "unknown" for one in known.values("service.name", target.port)):
            return NotApplicable(msgid("the service is known already"))
        return None

    async def collect(self, batch: Sequence[Target], wire: Wire) -> AsyncIterator[Collected]:
        """Hosts with the same ports go together: no port is asked that is not in question."""
        found = await asyncio.gather(*(wire.addresses(one) for one in batch))
        at: defaultdict[str, list[Target]] = defaultdict(list)
        for target, resolved in zip(batch, found, strict=True):
            if isinstance(resolved, Failed):
                yield Collected(target=target, result=resolved)
            else:
                at[resolved[0]].append(target)
        alike: defaultdict[tuple[int, ...], list[str]] = defaultdict(list)
        for address, targets in at.items():
            alike[tuple(sorted({one.port or 0 for one in targets}))].append(address)
        for ports, addresses in alike.items():
            asked = [replace(at[one][0], host=one) for one in addresses]
            run = await wire.nmap(asked, ports, versions=True)
            hosts = by_address(_outputs(run))
            for address in addresses:
                for target in at[address]:
                    yield _collected(target, run, hosts.get(address))

    def interpret(self, evidence: Evidence) -> tuple[Observation, ...]:
        """Only what the service itself answered: the usual name of a port proves nothing."""
        port = evidence.target.port
        for host in hosts_of(evidence.content):
            for one in host.open_ports:
                if one.number == port:
                    return tuple(
                        Observation(
                            target=evidence.target,
                            name=name,
                            value=value,
                            evidence=evidence.digest,
                        )
                        for name, value in _facts(one)
                        if value
                    )
        return ()


def _facts(port: NmapPort) -> tuple[tuple[str, str], ...]:
    if not port.probed:
        return (("service.name", "unknown"),)
    name = _OURS.get(port.service, port.service)
    if port.tunnel == "ssl":
        name = "https" if name == "http" else f"{name}-tls"
    return (
        ("service.name", name),
        ("service.product", port.product),
        ("service.version", port.version),
    )


def _outputs(run: ToolRun | Failed) -> tuple[bytes, ...]:
    return run.outputs if isinstance(run, ToolRun) else ()


def _collected(
    target: Target, run: ToolRun | Failed, host: tuple[NmapHost, bytes] | None
) -> Collected:
    if isinstance(run, Failed):
        return Collected(target=target, result=run)
    result: bytes | Failed = Failed(FailureKind.TOOL_FAILED, "nmap ended before this host")
    if host and host[0].timed_out:
        result = Failed(FailureKind.TIMED_OUT, "nmap gave up on this host")
    elif host and target.port not in {one.number for one in host[0].open_ports}:
        result = Failed(FailureKind.REFUSED, "the port is no longer open")
    elif host:
        result = host[1]
    return Collected(target=target, result=result, tool=run.tool, arguments=run.arguments)
