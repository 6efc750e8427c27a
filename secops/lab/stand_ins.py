"""Servers of our own, where a real one cannot be had: TLCP, and web pages without nginx."""

from __future__ import annotations

import asyncio
import ssl
import struct
import warnings
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

_TLCP: Final = 0x0101
_SUITE: Final = 0xE013  # ECC_SM4_CBC_SM3
_SECONDS: Final = 5
_ALERT: Final = struct.pack(">BHHBB", 21, _TLCP, 2, 2, 70)  # fatal, protocol version


def _sized(width: int, content: bytes) -> bytes:
    return len(content).to_bytes(width, "big") + content


def _tlcp_flight(certificates: Sequence[bytes]) -> bytes:
    """Hello, signing and encryption certificate, done; no more, since nobody can finish with it."""
    hello = struct.pack(">H", _TLCP) + bytes(32) + b"\x00" + struct.pack(">HB", _SUITE, 0)
    listed = _sized(3, b"".join(_sized(3, one) for one in certificates))
    messages = b"".join(
        bytes([kind]) + _sized(3, body) for kind, body in ((2, hello), (11, listed), (14, b""))
    )
    return struct.pack(">BH", 22, _TLCP) + _sized(2, messages)


async def serve_tlcp(host: str, port: int, certificates: Sequence[bytes]) -> asyncio.Server:
    """Answer TLCP hellos with a first flight, others with the alert that gives TLCP away."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
            async with asyncio.timeout(_SECONDS):
                head = await reader.readexactly(5)
                if head[0] == 22:  # noqa: PLR2004  # a handshake
                    await reader.readexactly(int.from_bytes(head[3:], "big"))
                    is_tlcp = head[1:3] == b"\x01\x01"
                    writer.write(_tlcp_flight(certificates) if is_tlcp else _ALERT)
                    await writer.drain()
        writer.close()

    return await asyncio.start_server(answer, host, port)


def tls_context(folder: Path, name: str, versions: tuple[str, str]) -> ssl.SSLContext:
    """Make the server side for a certificate of the lab, at security level 0."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(folder / f"{name}.crt", folder / f"{name}.key")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old versions are the point
        context.minimum_version, context.maximum_version = (ssl.TLSVersion[one] for one in versions)
    return context


async def serve_pages(
    host: str, port: int, root: Path, context: ssl.SSLContext | None, leads_to: str = ""
) -> asyncio.Server:
    """Serve a folder's files, or a redirect: what is left of the lab where nginx is missing."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
            async with asyncio.timeout(_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
                method, path, *_ = head.decode("latin-1").split(" ")
                writer.write(_response(method, path, root, leads_to))
                await writer.drain()
        writer.close()

    return await asyncio.start_server(answer, host, port, ssl=context)


def _response(method: str, path: str, root: Path, leads_to: str) -> bytes:
    if leads_to:
        head = f"HTTP/1.1 301 Moved Permanently\r\nLocation: {leads_to}{path}\r\n"
        return (head + "Content-Length: 0\r\nConnection: close\r\n\r\n").encode()
    file = (root / path.lstrip("/")).resolve()
    file = file / "index.html" if file.is_dir() else file
    found = file.is_file() and file.is_relative_to(root.resolve())
    body = file.read_bytes() if found else (root / "error.html").read_bytes()
    status = "200 OK" if found else "404 Not Found"
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + (b"" if method == "HEAD" else body)
