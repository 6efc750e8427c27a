"""Which ports accept connections, without nmap: the inventory's own, or a short list."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from secops.contracts.scanning import Collected, Known, Wire
from secops.errors import msgid
from secops.model.common import NotApplicable
from secops.model.evidence import Evidence, Failed, FailureKind, Observation, Stage, Target


class ConnectPorts:
    """Connects and hangs up; says nothing about what answers there."""

    name = "connect-ports"
    stage = Stage.PORTS
    batch_size = 1

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = tuple(ports)

    def accepts(self, target: Target, known: Known) -> NotApplicable | None:
        """Where nmap has looked, there is nothing left to do."""
        if target.port is None and known.values("host.answers"):
            return NotApplicable(msgid("nmap has looked at this host"))
        return None

    async def collect(self, batch: Sequence[Target], wire: Wire) -> AsyncIterator[Collected]:
        """Try every port once; the wire bounds what a silent host may cost."""
        for target in batch:
            ports = self._ports if target.port is None else (target.port,)
            host = replace(target, port=None)
            answers = await asyncio.gather(*(wire.connects(host, port) for port in ports))
            yield Collected(
                target=target,
                result=_result(dict(zip(ports, answers, strict=True)), own=target.port),
                tool="secops connect",
                arguments=",".join(map(str, ports)),
            )

    def interpret(self, evidence: Evidence) -> tuple[Observation, ...]:
        """Open ports, and that somebody answers."""
        said = json.loads(evidence.content)
        found = [("host.answers", "yes", evidence.target.port)]
        found += [("port.open", f"tcp/{port}", int(port)) for port in said["open"]]
        return tuple(
            Observation(
                target=replace(evidence.target, port=port),
                name=name,
                value=value,
                evidence=evidence.digest,
            )
            for name, value, port in found
        )


def _result(answers: dict[int, bool | Failed], own: int | None) -> bytes | Failed:
    """Tell an answer from silence: only an answer is evidence."""
    failed = [one for one in answers.values() if isinstance(one, Failed)]
    if len(failed) == len(answers):
        return failed[0]
    if own is not None and answers[own] is False:
        return Failed(FailureKind.REFUSED, f"port {own}")
    said = {
        "open": [port for port, one in answers.items() if one is True],
        "refused": [port for port, one in answers.items() if one is False],
        "no_answer": [port for port, one in answers.items() if isinstance(one, Failed)],
    }
    return json.dumps(said, sort_keys=True).encode()
