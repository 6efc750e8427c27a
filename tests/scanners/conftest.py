"""A wire with a permit for loopback, and a lab that lasts for all tests that need one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from secops.contracts.scanning import Collected, Scanner
from secops.files.website_words import load_website_words
from secops.lab.lab import Lab, running_lab
from secops.model.evidence import Evidence, Failed, Target
from secops.model.ids import EndpointId, PermitId
from secops.model.permit import Permit
from secops.reading.http_page import WebsiteWords
from secops.scanners._wire.pace import Limits
from secops.scanners._wire.wire import OpenWire
from secops.settings.data import data_folder

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
Look = Callable[..., "dict[str, str] | Failed"]


def loopback_permit() -> Permit:
    """Allow this machine."""
    return Permit(
        id=PermitId("permit"),
        no=1,
        allowed_by="Sample",
        post="Head",
        letter=None,
        letter_number="No. 1",
        effect_weighed="a lab on loopback",
        ranges=(ip_network("127.0.0.0/8"), ip_network("::1/128")),
        names=("localhost", "portal.lab.test"),
        ports=((1, 65535),),
        excluded=(),
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=1),
    )


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """Keep real servers on 127.0.x.0/24, in a net of this test run's own."""
    with running_lab(100 + os.getpid() % 100, ipv6=False) as running:
        yield running


@pytest.fixture(scope="session")
def website_words() -> WebsiteWords:
    """Load what the product ships."""
    return load_website_words(data_folder("checklists") / "recognition" / "website.yaml")


def collect(scanner: Scanner, target: Target, limits: Limits) -> Collected:
    """Run one scanner on one target through a real wire."""

    async def run() -> Collected:
        async with OpenWire(lambda: [loopback_permit()], lambda: NOW, limits) as wire:
            found = [one async for one in scanner.collect([target], wire)]
        assert len(found) == 1
        return found[0]

    return asyncio.run(run())


@pytest.fixture
def look() -> Look:
    """Collect and interpret: the observations by name, or the failure."""

    def look(
        scanner: Scanner, host: str, port: int, limits: Limits | None = None
    ) -> dict[str, str] | Failed:
        target = Target(endpoint=EndpointId("endpoint"), host=host, port=port)
        result = collect(scanner, target, limits or Limits(requests_per_second=1000)).result
        if isinstance(result, Failed):
            return result
        keep = os.environ.get("SECOPS_KEEP_EVIDENCE")
        if keep:
            (Path(keep) / f"{scanner.name}-{port}.json").write_bytes(result)
        evidence = Evidence(
            target=target, content=result, taken_at=NOW, scanner=scanner.name, tool=""
        )
        return {one.name: one.value for one in scanner.interpret(evidence)}

    return look


async def serving(
    speak: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], address: str
) -> asyncio.Server:
    """Serve at a free port; one like 34443 is asked for TLS first, which is another test."""
    server = await asyncio.start_server(speak, address, 0)
    if not str(server.sockets[0].getsockname()[1]).endswith("443"):
        return server
    another = await serving(speak, address)  # before this one is free again
    server.close()
    return another
