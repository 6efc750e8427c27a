"""Servers that mean harm: each look ends in time, in bounded memory, with an outcome of a name."""

from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress

import pytest

from secops.contracts.scanning import Scanner
from secops.model.evidence import Evidence, Failed, FailureKind, Target
from secops.model.ids import EndpointId
from secops.reading.exchanges import unpack
from secops.reading.http_page import WebsiteWords
from secops.scanners._wire.pace import Limits
from secops.scanners._wire.wire import OpenWire
from secops.scanners.http import HttpProbe
from secops.scanners.services import ServiceProbe
from secops.scanners.tls import TlsProbe
from tests.scanners.conftest import NOW, loopback_permit, serving

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
LIMITS = Limits(
    requests_per_second=1000,
    read_seconds=0.4,
    handshake_seconds=0.4,
    fetch_seconds=0.8,
    connect_seconds=0.4,
    silence_seconds=1.0,
    impatient_seconds=0.1,
)
MOST_SECONDS = 30.0
MOST_MEMORY = 48 * 1024 * 1024
ROOM = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def says(*pieces: bytes, again: float | None = None) -> Behaviour:
    """Send the pieces once, or the last one again and again with a pause between."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        for piece in pieces:
            writer.write(piece)
        await writer.drain()
        while again is not None:
            await asyncio.sleep(again)
            writer.write(pieces[-1])
            await writer.drain()

    return behave


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    del reader, writer
    await asyncio.sleep(60)


async def grows(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    line = await reader.readline()
    path = line.split(b" ")[1].rstrip(b"/")
    writer.write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + path + b"/a\r\n\r\n")
    await writer.drain()


BOMB = gzip.compress(bytes(64 * 1024 * 1024))
Row = tuple[Behaviour, Collection[FailureKind | None]]
ANSWERS = (None,)  # evidence, not a failure
TIMED = (FailureKind.TIMED_OUT, FailureKind.SILENT)
HTTP_TABLE: dict[str, Row] = {
    "silent": (silent, TIMED),
    "slow drip": (says(b"HTTP/1.1 200 OK\r\nX: ", b"a", again=0.02), TIMED),
    "endless header": (
        says(ROOM, b"X-a: b\r\n" * 1000, again=0),
        {FailureKind.NOT_UNDERSTOOD, FailureKind.TOO_LARGE},
    ),
    "one endless line": (
        says(ROOM + b"X: ", b"a" * 65536, again=0),
        {FailureKind.NOT_UNDERSTOOD, FailureKind.TOO_LARGE},
    ),
    "10 GB": (says(ROOM + b"Content-Length: 10000000000\r\n\r\n", b"a" * 65536, again=0), ANSWERS),
    "gzip bomb": (
        says(ROOM + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB), BOMB),
        {FailureKind.TOO_LARGE},
    ),
    "redirect loop": (
        says(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /\r\n\r\n"),
        ANSWERS,
    ),
    "redirect growth": (grows, ANSWERS),
    "redirect to another host": (
        says(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://192.0.2.1/\r\n\r\n"),
        ANSWERS,
    ),
    "bad chunks": (
        says(ROOM + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nno chunk\r\n"),
        {None, FailureKind.NOT_UNDERSTOOD},
    ),
    "endless 1xx": (
        says(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, again=0),
        {FailureKind.TIMED_OUT, FailureKind.NOT_UNDERSTOOD, FailureKind.TOO_LARGE},
    ),
    "no HTTP at all": (says(b"\x00\xff" * 500), {FailureKind.NOT_UNDERSTOOD}),
}
TLS_TABLE: dict[str, Row] = {
    "silent": (silent, TIMED),
    "no TLS": (says(b"220 hello\r\n"), {FailureKind.NOT_UNDERSTOOD}),
    "slow drip": (says(b"\x16\x03\x03\x40\x00", b"\x02", again=0.02), {FailureKind.NOT_UNDERSTOOD}),
    "endless records": (
        says(b"\x16\x03\x03\x00\x04\x00\x00\x00\x00" * 5000, again=0),
        {FailureKind.NOT_UNDERSTOOD},
    ),
    "lying lengths": (
        says(b"\x16\x03\x03\x00\x08\x02\xff\xff\xff\x03\x03\x00\x00"),
        {FailureKind.NOT_UNDERSTOOD},
    ),
}
SERVICE_TABLE: dict[str, Row] = {
    "silent": (silent, TIMED),
    "endless": (says(b"a" * 65536, again=0), ANSWERS),
    "slow drip": (says(b"a", again=0.02), ANSWERS),
}


def look_at(scanner: Scanner, behave: Behaviour) -> tuple[bytes | Failed, Target, float]:
    """Collect from a server that behaves so; give the result, the target and the seconds."""

    async def run() -> tuple[bytes | Failed, Target, float]:
        tasks: set[asyncio.Task[None]] = set()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            if task:
                tasks.add(task)
            with suppress(OSError, IndexError, asyncio.CancelledError):
                await behave(reader, writer)
            writer.close()

        server = await serving(serve, "127.0.0.1")
        port = server.sockets[0].getsockname()[1]
        target = Target(endpoint=EndpointId("endpoint"), host="127.0.0.1", port=port)
        begun = time.monotonic()
        async with OpenWire(lambda: [loopback_permit()], lambda: NOW, LIMITS) as wire:
            (found,) = [one async for one in scanner.collect([target], wire)]
        seconds = time.monotonic() - begun
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return found.result, target, seconds

    return asyncio.run(run())


def outcome(scanner: Scanner, behave: Behaviour) -> FailureKind | None:
    """Look, hold time and memory to their bounds, read what was kept."""
    tracemalloc.start()
    result, target, seconds = look_at(scanner, behave)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seconds < MOST_SECONDS
    assert peak < MOST_MEMORY
    if isinstance(result, Failed):
        return result.kind
    evidence = Evidence(target=target, content=result, taken_at=NOW, scanner=scanner.name, tool="")
    for one in scanner.interpret(evidence):
        assert one.value.isprintable()
        assert len(one.value) <= 1000
    return None


@pytest.mark.slow
@pytest.mark.parametrize("name", HTTP_TABLE)
def test_a_hostile_website_is_survived(website_words: WebsiteWords, name: str) -> None:
    behave, wanted = HTTP_TABLE[name]
    assert outcome(HttpProbe(website_words), behave) in wanted


@pytest.mark.slow
@pytest.mark.parametrize("name", TLS_TABLE)
def test_a_hostile_tls_peer_is_survived(name: str) -> None:
    behave, wanted = TLS_TABLE[name]
    assert outcome(TlsProbe(), behave) in wanted


@pytest.mark.slow
@pytest.mark.parametrize("name", SERVICE_TABLE)
def test_a_hostile_service_is_survived(name: str) -> None:
    behave, wanted = SERVICE_TABLE[name]
    assert outcome(ServiceProbe(), behave) in wanted


def test_redirects_end_after_five_steps(website_words: WebsiteWords) -> None:
    result, _, _ = look_at(HttpProbe(website_words), grows)
    assert isinstance(result, bytes)
    assert [one.asked for one in unpack(result)].count("redirect") == 5


def test_another_host_is_not_followed(website_words: WebsiteWords) -> None:
    result, _, _ = look_at(HttpProbe(website_words), HTTP_TABLE["redirect to another host"][0])
    assert isinstance(result, bytes)
    assert all("192.0.2.1" not in one.where for one in unpack(result))


def seen_by(scanner: Scanner, behave: Behaviour) -> dict[str, str]:
    result, target, _ = look_at(scanner, behave)
    assert isinstance(result, bytes)
    evidence = Evidence(target=target, content=result, taken_at=NOW, scanner=scanner.name, tool="")
    return {one.name: one.value for one in scanner.interpret(evidence)}


def test_control_and_direction_signs_are_shown_and_not_obeyed(website_words: WebsiteWords) -> None:
    page = "<title>a\u202eb\x1b]52;c;x\x07 {{ 7 }}</title>".encode()
    head = b"HTTP/1.1 200 OK\r\nServer: x\xe2\x80\xaey\r\nContent-Length: %d\r\n\r\n" % len(page)
    seen = seen_by(HttpProbe(website_words), says(head + page))
    assert seen["http.server-banner"] == r"x\u202ey"
    assert seen["http.title"].startswith(r"a\u202eb")
    assert seen["http.title"].isprintable()


def test_an_escape_in_a_greeting_is_shown_and_not_obeyed() -> None:
    greeting = b"SSH-2.0-OpenSSH_9\x1b[2J\r\n"
    seen = seen_by(ServiceProbe(), says(greeting))
    assert seen["service.name"] == "ssh"
    assert all(value.isprintable() for value in seen.values())
