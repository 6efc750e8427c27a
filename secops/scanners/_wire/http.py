"""One HTTP request, within every bound: total time, headers, body, expansion, no redirect."""

from __future__ import annotations

import asyncio
import socket
import zlib
from contextlib import suppress
from typing import Any, Final
from weakref import WeakSet

import aiohttp
from yarl import URL

from secops import __version__
from secops.contracts.scanning import HttpRequest, HttpSeen, TlsOffer
from secops.guards.hosts import literal_of
from secops.model.evidence import Failed, FailureKind
from secops.scanners._wire.tls import context_for

_MOST_HEADERS: Final = 100
_MOST_HEADER_BYTES: Final = 65_536
_MOST_EXPANSION: Final = 100
_EXPANSION_COUNTS_FROM: Final = 65_536
_GOODBYES: Final = 100
_GOODBYE_SECONDS: Final = 0.01
_AddressInfo = tuple[Any, Any, int, str, tuple[Any, ...]]  # as the resolver gives it
_WBITS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Client:
    """An HTTP client without memory: no cookies, no proxies, no redirects, no look-ups."""

    def __init__(self) -> None:
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,
                ssl=context_for(TlsOffer()),
                force_close=True,
                happy_eyeballs_delay=None,
                socket_factory=self._socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=None),
            headers={"User-Agent": f"secops/{__version__}", "Accept": "*/*"},
            max_line_size=_MOST_HEADER_BYTES // 8,
            max_field_size=_MOST_HEADER_BYTES // 8,
        )

    def _socket(self, about: _AddressInfo) -> socket.socket:
        family, kind, protocol = about[:3]
        made = socket.socket(family, kind, protocol)
        self._sockets.add(made)
        return made

    async def close(self) -> None:
        """End every connection: one over TLS would else wait for the other side's goodbye."""
        await self.session.close()
        for one in self._open():
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        for _ in range(_GOODBYES):
            if not self._open():
                return
            await asyncio.sleep(_GOODBYE_SECONDS)

    def _open(self) -> list[socket.socket]:
        return [one for one in self._sockets if one.fileno() >= 0]


async def fetch_from(
    session: aiohttp.ClientSession, address: str, port: int, request: HttpRequest
) -> HttpSeen | Failed:
    """Ask the checked address for the name; the caller holds place and deadline."""
    host = f"[{address}]" if ":" in address else address
    url = URL(f"{request.scheme}://{host}:{port}{_path(request.path)}", encoded=True)
    named = literal_of(request.host) is None
    try:
        async with session.request(
            request.method,
            url,
            headers={
                "Host": _host_header(request, port),
                "Accept-Encoding": "gzip, deflate",
                **dict(request.headers),
            },
            allow_redirects=False,
            server_hostname=request.host if named and request.scheme == "https" else None,
        ) as response:
            return await _seen(response, address, request)
    except aiohttp.ClientConnectorSSLError as error:
        return Failed(FailureKind.NOT_UNDERSTOOD, f"TLS: {error.os_error}")
    except aiohttp.ClientConnectorError as error:
        return _not_connected(error.os_error)
    except aiohttp.ServerDisconnectedError:
        return Failed(FailureKind.REFUSED, "closed without an answer")
    except (aiohttp.ClientError, ValueError) as error:
        return Failed(FailureKind.NOT_UNDERSTOOD, f"{type(error).__name__}: {error}"[:200])
    except TimeoutError:
        raise
    except OSError as error:
        return _not_connected(error)


def _not_connected(error: OSError) -> Failed:
    refused = isinstance(error, ConnectionRefusedError)
    kind = FailureKind.REFUSED if refused else FailureKind.UNREACHABLE
    return Failed(kind, error.strerror or str(error))


def _path(path: str) -> str:
    whole = path if path.startswith("/") else f"/{path}"
    return "".join(one if "!" <= one <= "~" and one != "#" else _quoted(one) for one in whole)


def _quoted(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _host_header(request: HttpRequest, port: int) -> str:
    host = f"[{request.host}]" if ":" in request.host else request.host
    usual = {"http": 80, "https": 443}[request.scheme]
    return host if port == usual else f"{host}:{port}"


async def _seen(
    response: aiohttp.ClientResponse, address: str, request: HttpRequest
) -> HttpSeen | Failed:
    headers = tuple(
        (name.decode("latin-1"), value.decode("utf-8", "surrogateescape"))
        for name, value in response.raw_headers
    )
    size = sum(len(name) + len(value) for name, value in response.raw_headers)
    if len(headers) > _MOST_HEADERS or size > _MOST_HEADER_BYTES:
        return Failed(FailureKind.TOO_LARGE, f"{len(headers)} headers, {size} bytes")
    coding = response.headers.get("Content-Encoding", "").strip().lower()
    body = _Body(coding, request.most_bytes)
    broken = False
    try:
        async for piece in response.content.iter_any():
            if not body.take(piece):
                break
    except (aiohttp.ClientPayloadError, zlib.error, ConnectionError):
        broken = True  # what came before is kept
    if body.bomb:
        return Failed(FailureKind.TOO_LARGE, f"expands more than {_MOST_EXPANSION} to 1")
    return HttpSeen(
        status=response.status,
        reason=response.reason or "",
        headers=headers,
        body=bytes(body.plain),
        truncated=body.full or broken,
        address=address,
    )


class _Body:
    """Counts what comes out of the decoder, not what the headers promise.

    One layer of gzip or deflate is taken off; another coding, or several, stay as they came.
    """

    def __init__(self, coding: str, most_bytes: int) -> None:
        wbits = _WBITS.get(coding)
        self._decoder = zlib.decompressobj(wbits) if wbits else None
        self._raw_deflate_may_follow = coding == "deflate"
        self._most, self._packed = most_bytes, 0
        self.plain = bytearray()
        self.full = self.bomb = False

    def take(self, piece: bytes) -> bool:
        """Add a piece; False: that is all we want."""
        room = self._most + 1 - len(self.plain)
        self.plain += self._decoded(piece, room) if self._decoder else piece[:room]
        unread = len(self._decoder.unconsumed_tail) if self._decoder else 0
        self._packed += len(piece) - unread
        self.full = len(self.plain) > self._most
        left = len(self._decoder.unconsumed_tail) if self._decoder else 0
        expansion = len(self.plain) / max(1, self._packed - left)
        self.bomb = len(self.plain) > _EXPANSION_COUNTS_FROM and expansion > _MOST_EXPANSION
        if self.full:
            del self.plain[self._most :]
        return not (self.full or self.bomb)

    def _decoded(self, piece: bytes, room: int) -> bytes:
        decoder = self._decoder
        if decoder is None:  # pragma: no cover  # the caller asked
            return piece
        try:
            return decoder.decompress(piece, room)
        except zlib.error:
            if not self._raw_deflate_may_follow or self.plain:
                raise
            self._decoder = zlib.decompressobj(-15)  # many servers send deflate without its head
            return self._decoder.decompress(piece, room)
        finally:
            self._raw_deflate_may_follow = False
