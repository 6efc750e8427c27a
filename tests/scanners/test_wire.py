"""The wire on loopback: what it refuses, and what it never lets a stranger do."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from typing import TypeVar

import pytest

from secops.contracts.scanning import HttpRequest, HttpSeen, TlsOffer
from secops.model.evidence import Failed, FailureKind, Target
from secops.model.ids import EndpointId
from secops.model.permit import Permit
from secops.scanners._wire.gate import Gate
from secops.scanners._wire.pace import Limits
from secops.scanners._wire.wire import OpenWire
from tests.scanners.conftest import NOW, loopback_permit

T = TypeVar("T")
Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
QUICK = Limits(
    connect_seconds=0.3,
    read_seconds=0.3,
    handshake_seconds=0.3,
    fetch_seconds=1.0,
    silence_seconds=0.5,
    impatient_seconds=0.05,
    requests_per_second=1000,
)


def target(host: str = "127.0.0.1", port: int | None = None) -> Target:
    return Target(endpoint=EndpointId("e"), host=host, port=port)


def with_server(
    speak: Speak,
    ask: Callable[[OpenWire, int], Awaitable[T]],
    permit: Permit | None = None,
) -> T:
    """Serve on a free port, ask through a real wire, stop."""

    async def run() -> T:
        async def ended(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                with suppress(OSError):
                    await speak(reader, writer)
            finally:
                writer.transport.abort()

        server = await asyncio.start_server(ended, "127.0.0.1", 0)
        port = int(server.sockets[0].getsockname()[1])
        async with server, OpenWire(lambda: [permit or loopback_permit()], lambda: NOW, QUICK) as w:
            return await ask(w, port)

    return asyncio.run(run())


def answering(reply: bytes) -> Speak:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(reply)
        await writer.drain()
        writer.close()

    return speak


async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


def get(host: str = "127.0.0.1", path: str = "/") -> HttpRequest:
    return HttpRequest(method="GET", scheme="http", path=path, host=host)


def failed(result: object) -> FailureKind:
    assert isinstance(result, Failed), result
    return result.kind


def http(body: bytes, *headers: bytes) -> bytes:
    return b"\r\n".join([b"HTTP/1.1 200 OK", b"Connection: close", *headers, b"", body])


@pytest.mark.parametrize(
    "permit",
    [
        replace(loopback_permit(), closes_at=NOW),
        replace(loopback_permit(), withdrawn_at=NOW),
        replace(loopback_permit(), opens_at=NOW + timedelta(hours=1)),
        replace(loopback_permit(), ports=((1, 10),)),
        replace(loopback_permit(), excluded=(ip_network("127.0.0.1/32"),)),
        replace(loopback_permit(), ranges=(ip_network("127.0.0.2/32"),)),
    ],
    ids=["ended", "withdrawn", "not yet", "port", "excluded", "range"],
)
def test_no_word_goes_out_without_a_permit(permit: Permit) -> None:
    met: list[int] = []

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del reader
        met.append(1)
        writer.close()

    async def ask(wire: OpenWire, port: int) -> list[object]:
        there = target(port=port)
        return [
            await wire.exchange(there, b"x"),
            await wire.handshake(there, TlsOffer()),
            await wire.fetch(there, get()),
            await wire.connects(there, port),
            await wire.nmap([there], [port], versions=False),
        ]

    results = with_server(speak, ask, permit)
    assert [failed(one) for one in results] == [FailureKind.NOT_PERMITTED] * 5
    assert not met


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "100.100.100.200",
        "224.0.0.1",
        "255.255.255.255",
        "0.1.2.3",
        "fd00:ec2::254",
        "::ffff:169.254.169.254",  # mapped
        "::ffff:0:169.254.169.254",  # translated
        "::169.254.169.254",  # compatible
        "64:ff9b::a9fe:a9fe",  # NAT64, and the same with a prefix of one's own
        "64:ff9b:1::a9fe:a9fe",
        "2002:a9fe:a9fe::1",  # 6to4
        "2001:0:4136:e378:8000:63bf:5601:5601",  # Teredo
    ],
)
def test_some_addresses_no_permit_covers(address: str) -> None:
    ranges = (ip_network("0.0.0.0/0"), ip_network("::/0"))
    everything = replace(loopback_permit(), ranges=ranges)
    assert Gate(lambda: [everything], lambda: NOW).allows("::1", "::1", 80)
    assert Gate(lambda: [everything], lambda: NOW).allows("::1", "64:ff9b::8.8.8.8", 80)
    assert not Gate(lambda: [everything], lambda: NOW).allows(address, address, 80)
    assert Gate(lambda: [everything], lambda: NOW).allows("8.8.8.8", "8.8.8.8", 80)


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "１２７.0.0.1",
        "-oN",
        "a b",
        "x\ny",
        "127.0.0.1%lo",
    ],
)
def test_what_only_looks_like_an_address_goes_nowhere(host: str) -> None:
    async def ask(wire: OpenWire, port: int) -> object:
        return await wire.connects(target(host), port)

    assert failed(with_server(mute, ask)) is FailureKind.UNRESOLVED


def test_options_among_the_targets_never_reach_nmap() -> None:
    async def ask(wire: OpenWire, port: int) -> object:
        bad = [target("--script=default"), target("127.0.0.1 -oN /tmp/x"), target("-iL")]
        return await wire.nmap(bad, [port], versions=False)

    assert failed(with_server(mute, ask)) is FailureKind.NOT_PERMITTED


def test_an_address_mapped_into_ipv6_is_judged_as_ipv4() -> None:
    narrow = replace(loopback_permit(), ranges=(ip_network("127.0.0.2/32"),))

    async def ask(wire: OpenWire, port: int) -> object:
        return await wire.connects(target("::ffff:127.0.0.1"), port)

    assert failed(with_server(mute, ask, narrow)) is FailureKind.NOT_PERMITTED


@pytest.mark.parametrize("address", ["64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1"])
def test_what_is_excluded_is_not_reached_through_a_translator(address: str) -> None:
    ranges, excluded = (ip_network("::/0"),), (ip_network("127.0.0.1/32"),)
    wide = replace(loopback_permit(), ranges=ranges, excluded=excluded)
    assert not Gate(lambda: [wide], lambda: NOW).allows(address, address, 80)
    assert Gate(lambda: [wide], lambda: NOW).allows("2001:db8::1", "2001:db8::1", 80)


def test_a_name_outside_of_a_letter_that_lists_names_is_refused() -> None:
    named = replace(loopback_permit(), names=("*.school.example",))

    async def ask(wire: OpenWire, port: int) -> object:
        return await wire.connects(target("localhost"), port)

    assert failed(with_server(mute, ask, named)) is FailureKind.NOT_PERMITTED


def test_a_silent_host_costs_its_limit_once_not_once_a_port() -> None:
    async def ask(wire: OpenWire, port: int) -> float:
        before = time.monotonic()
        asked = [wire.exchange(target(port=port), b"x") for _ in range(18)]
        results = await asyncio.gather(*asked)
        assert {failed(one) for one in results} == {FailureKind.SILENT}
        return time.monotonic() - before

    assert with_server(mute, ask) < 1.5  # 18 times 0.3 s, four at once, would be longer


def test_a_redirect_is_evidence_and_is_not_followed() -> None:
    redirect = b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"

    async def ask(wire: OpenWire, port: int) -> object:
        return await wire.fetch(target(port=port), get())

    seen = with_server(answering(redirect), ask)
    assert isinstance(seen, HttpSeen)
    assert (seen.status, dict(seen.headers)["Location"]) == (302, "http://10.0.0.1/")


def test_the_name_is_sent_and_the_checked_address_is_asked() -> None:
    got: list[bytes] = []

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(http(b"hello"))
        await writer.drain()
        writer.close()

    async def ask(wire: OpenWire, port: int) -> object:
        request = get("portal.lab.test", "/a b?x=\u4e2d#part")
        return await wire.fetch(target(port=port), request)

    assert isinstance(with_server(speak, ask), HttpSeen)
    assert got[0].startswith(b"GET /a%20b?x=%E4%B8%AD%23part HTTP/1.1\r\n")
    assert b"Host: portal.lab.test:" in got[0]


def test_a_gzip_bomb_is_too_large() -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)

    async def ask(wire: OpenWire, port: int) -> object:
        return await wire.fetch(target(port=port), get())

    reply = http(bomb, b"Content-Encoding: gzip")
    assert failed(with_server(answering(reply), ask)) is FailureKind.TOO_LARGE


def test_a_nested_coding_stays_as_it_came() -> None:
    nested = gzip.compress(gzip.compress(b"\0" * 1000))

    async def ask(wire: OpenWire, port: int) -> object:
        return await wire.fetch(target(port=port), get())

    seen = with_server(answering(http(nested, b"Content-Encoding: gzip, gzip")), ask)
    assert isinstance(seen, HttpSeen)
    assert seen.body == nested


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (http(b"", *(b"X-%d: 1" % n for n in range(101))), FailureKind.TOO_LARGE),
        (http(b"", b"X: " + b"x" * 70_000), FailureKind.NOT_UNDERSTOOD),
        (b"SSH-2.0-x\r\n", FailureKind.NOT_UNDERSTOOD),
        (b"", FailureKind.REFUSED),
    ],
    ids=["many headers", "a long header", "not http", "nothing"],
)
def test_a_reply_beyond_the_bounds_has_a_name(reply: bytes, kind: FailureKind) -> None:
    async def ask(wire: OpenWire, port: int) -> object:
        return await wire.fetch(target(port=port), get())

    assert failed(with_server(answering(reply), ask)) is kind


def test_a_body_beyond_its_bound_is_cut_and_says_so() -> None:
    async def ask(wire: OpenWire, port: int) -> object:
        return await wire.fetch(target(port=port), replace(get(), most_bytes=10))

    seen = with_server(answering(http(b"x" * 100_000)), ask)
    assert isinstance(seen, HttpSeen)
    assert (seen.body, seen.truncated) == (b"x" * 10, True)


def test_broken_chunks_keep_what_came_before() -> None:
    broken = http(b"a\r\nhello", b"Transfer-Encoding: chunked")

    async def ask(wire: OpenWire, port: int) -> object:
        return await wire.fetch(target(port=port), get())

    seen = with_server(answering(broken), ask)
    assert isinstance(seen, HttpSeen)
    assert seen.truncated


@pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_slow_drip_ends_with_the_whole_deadline(start: bytes) -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del reader
        writer.write(start)
        while True:
            writer.write(b"X")
            await writer.drain()
            await asyncio.sleep(0.05)

    async def ask(wire: OpenWire, port: int) -> tuple[object, float]:
        before = time.monotonic()
        return await wire.fetch(target(port=port), get()), time.monotonic() - before

    result, seconds = with_server(drip, ask)
    assert failed(result) is FailureKind.TIMED_OUT
    assert seconds < 2


def test_endless_greetings_are_cut() -> None:
    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        del reader
        while True:
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
            await writer.drain()

    async def ask(wire: OpenWire, port: int) -> tuple[object, object]:
        there = target(port=port)
        return (
            await wire.fetch(there, get()),
            await wire.exchange(there, b"", most_bytes=1000),
        )

    fetched, exchanged = with_server(flood, ask)
    assert failed(fetched) is FailureKind.TIMED_OUT
    assert isinstance(exchanged, bytes)
    assert len(exchanged) == 1000


def test_a_port_that_speaks_no_tls_is_not_understood() -> None:
    async def ask(wire: OpenWire, port: int) -> object:
        return await wire.handshake(target(port=port), TlsOffer())

    assert failed(with_server(answering(http(b"hi")), ask)) is FailureKind.NOT_UNDERSTOOD


def test_a_withdrawn_permit_stops_an_open_wire() -> None:
    permits = [loopback_permit()]

    async def run() -> tuple[object, object]:
        server = await asyncio.start_server(answering(b"hi"), "127.0.0.1", 0)
        port = int(server.sockets[0].getsockname()[1])
        async with server, OpenWire(lambda: permits, lambda: NOW, QUICK) as wire:
            first = await wire.exchange(target(port=port), b"x")
            permits[0] = replace(permits[0], withdrawn_at=NOW)
            return first, await wire.exchange(target(port=port), b"x")

    first, second = asyncio.run(run())
    assert first == b"hi"
    assert failed(second) is FailureKind.NOT_PERMITTED
