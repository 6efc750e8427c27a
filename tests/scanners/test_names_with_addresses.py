"""A name may lead to several addresses of both families: which are tried, and what is said."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace
from typing import Any

import pytest

from secops.contracts.scanning import Collected
from secops.model.evidence import Evidence, Failed, Target
from secops.model.ids import EndpointId
from secops.reading.http_page import WebsiteWords
from secops.scanners._wire.pace import Limits
from secops.scanners._wire.sockets import worth_trying
from secops.scanners._wire.wire import OpenWire
from secops.scanners.http import HttpProbe
from tests.scanners.conftest import NOW, loopback_permit, serving

NAME = "portal.lab.test"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"
QUICK = Limits(connect_seconds=0.5, read_seconds=0.5, requests_per_second=1000)


class Hosts(asyncio.SelectorEventLoop):
    """A loop whose system resolver has lines for one more name."""

    lines: tuple[str, ...] = ()

    async def getaddrinfo(self, host: Any, port: Any, **more: Any) -> Any:  # noqa: ANN401, D102  # asyncio's own
        if host != NAME:
            return await super().getaddrinfo(host, port, **more)
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 0))
            for one in self.lines
        ]


async def _page(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    asked = await reader.readuntil(b"\r\n\r\n")
    writer.write(PAGE.removesuffix(b"hi") if asked.startswith(b"HEAD") else PAGE)
    await writer.drain()
    writer.close()


def looked(
    words: WebsiteWords, name: str, served: tuple[str, ...], lines: tuple[str, ...] = ()
) -> dict[str, str] | Failed:
    """Serve a page at some addresses and let the web probe look at a name."""
    permit = replace(loopback_permit(), names=())

    async def run() -> tuple[Target, Collected]:
        server = await serving(_page, served[0])
        port = int(server.sockets[0].getsockname()[1])
        others = [await asyncio.start_server(_page, one, port) for one in served[1:]]
        target = Target(endpoint=EndpointId("e"), host=name, port=port)
        async with server, OpenWire(lambda: [permit], lambda: NOW, QUICK) as wire:
            (found,) = [one async for one in HttpProbe(words).collect([target], wire)]
        for one in others:
            one.close()
        return target, found

    def made() -> Hosts:
        loop = Hosts()
        loop.lines = lines
        return loop

    with asyncio.Runner(loop_factory=made) as runner:
        target, found = runner.run(run())
    if isinstance(found.result, Failed):
        return found.result
    evidence = Evidence(target=target, content=found.result, taken_at=NOW, scanner="http", tool="")
    return {one.name: one.value for one in HttpProbe(words).interpret(evidence)}


def test_localhost_is_reached_over_each_family_that_it_resolves_to(
    website_words: WebsiteWords,
) -> None:
    found = socket.getaddrinfo("localhost", None, type=socket.SOCK_STREAM)
    there = tuple(dict.fromkeys(str(one[4][0]) for one in found))
    seen = looked(website_words, "localhost", there)
    assert isinstance(seen, dict)
    assert seen["http.ipv4"] == ("yes" if "127.0.0.1" in there else "no")
    assert seen["http.ipv6"] == ("yes" if "::1" in there else "no")


@pytest.mark.parametrize(
    ("served", "lines", "over"),
    [
        (("127.0.0.1", "::1"), ("::1", "127.0.0.1"), ("yes", "yes")),
        (("127.0.0.1",), ("::1", "127.0.0.1"), ("yes", "no")),
        (("::1",), ("127.0.0.1", "::1"), ("no", "yes")),
        (("127.0.0.1",), ("127.0.0.9", "127.0.0.1"), ("yes", "no")),
    ],
    ids=["both", "only IPv4 answers", "only IPv6 answers", "the second address answers"],
)
def test_one_dead_address_does_not_hide_the_others(
    website_words: WebsiteWords,
    served: tuple[str, ...],
    lines: tuple[str, ...],
    over: tuple[str, str],
) -> None:
    seen = looked(website_words, NAME, served, lines)
    assert isinstance(seen, dict)
    assert seen["http.status"] == "200"
    assert (seen["http.ipv4"], seen["http.ipv6"]) == over


def test_an_address_without_a_permit_is_not_tried(website_words: WebsiteWords) -> None:
    seen = looked(website_words, NAME, ("127.0.0.1",), ("203.0.113.9", "127.0.0.1"))
    assert isinstance(seen, dict)
    assert seen["http.ipv4"] == "yes"


def test_one_of_each_family_comes_first() -> None:
    assert worth_trying(("::1", "::2", "10.0.0.1")) == ("::1", "10.0.0.1")
    assert worth_trying(("10.0.0.1", "10.0.0.2", "10.0.0.3")) == ("10.0.0.1", "10.0.0.2")
    assert worth_trying(("10.0.0.1", "::1", "::2")) == ("10.0.0.1", "::1")
