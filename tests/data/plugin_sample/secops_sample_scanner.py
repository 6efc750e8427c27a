"""A scanner by somebody else: keeps what a port says of itself when nobody asks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from secops.contracts.scanning import Collected, Known, Wire
from secops.model.common import NotApplicable
from secops.model.evidence import Evidence, Observation, Stage, Target


class Greeting:
    """Named in secops.toml by its entry point: `plugins = ["sample"]`."""

    name = "sample-greeting"
    stage = Stage.CONTENT
    batch_size = 8

    def accepts(self, target: Target, known: Known) -> NotApplicable | None:
        """Say which targets are not ours."""
        if "https" in known.values("service.name", target.port):
            return NotApplicable("it waits for a handshake")
        return None

    async def collect(self, batch: Sequence[Target], wire: Wire) -> AsyncIterator[Collected]:
        """Give exactly one result for each target."""
        for target in batch:
            said = await wire.exchange(target, b"", enough=lambda got: b"\n" in got)
            yield Collected(target=target, result=said, tool="sample 1.0")

    def interpret(self, evidence: Evidence) -> tuple[Observation, ...]:
        """Read facts out of evidence; pure."""
        length = str(len(evidence.content))
        return (
            Observation(
                target=evidence.target,
                name="sample.greeting-length",
                value=length,
                evidence=evidence.digest,
            ),
        )


class Broken:
    """Fails as soon as it is made."""

    def __init__(self) -> None:
        message = "the sample is broken on purpose"
        raise RuntimeError(message)
