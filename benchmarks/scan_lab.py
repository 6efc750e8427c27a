"""The lab of the scan benchmark: writes its table, or serves it on loopback until it is ended.

Ports below 1024 are served, so run it as root. Every port that accepts also answers, each host in
its own words; with `silent` none does. `python -m benchmarks.scan_lab serve FIRST COUNT [silent]`
serves COUNT addresses from 127.0.FIRST.1 on and says after each line that it reads how often which
service was met since the last; `… table` prints the checked-in table.
"""

from __future__ import annotations

import asyncio
import csv
import json
import ssl
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

TABLE = Path(__file__).with_name("scan_lab.csv")
PORTS = (
    21,
    22,
    25,
    80,
    81,
    110,
    143,
    443,
    3306,
    6379,
    8000,
    8080,
    8081,
    8443,
    8888,
    9090,
    9200,
    11211,
)
SERVICE = {
    21: "ftp",
    22: "ssh",
    25: "smtp",
    110: "pop3",
    143: "imap",
    443: "https",
    3306: "mysql",
    6379: "redis",
    8443: "https",
    11211: "memcached",
}
GREETING = {
    "ftp": b"220 (vsFTPd 3.0.%d)\r\n",
    "ssh": b"SSH-2.0-OpenSSH_9.2p1 Debian-%04d\r\n",
    "smtp": b"220 mail-%04d.lab.test ESMTP Postfix (Debian/GNU)\r\n",
    "pop3": b"+OK Dovecot at lab-%04d ready.\r\n",
    "imap": b"* OK [CAPABILITY IMAP4rev1 LITERAL+ STARTTLS X-LAB-%04d] Dovecot ready.\r\n",
    "mysql": b"J\0\0\0\n5.7.%02d-log\0\x08\0\0\0*~Y@h!bC\0\xff\xff\x08\x02\0\xff\xc1\x15"
    b"\0\0\0\0\0\0\0\0\0\0;w`0`'<!Z1x\x7f\0mysql_native_password\0",
}
PAGE = (
    b"HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nContent-Type: text/html\r\nConnection: close\r\n"
    b"Content-Length: 49\r\n\r\n<html><head><title>lab %04d</title></head></html>"
)
STATS = b"STAT pid 1\r\nSTAT uptime 9\r\nSTAT time 1700000000\r\nSTAT version 1.6.%d\r\nEND\r\n"
T = TypeVar("T")
Speak = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
met: Counter[str] = Counter()


def rows(count: int = 20) -> list[tuple[int, int, str]]:
    """Give (host number, port, service): a third of the ports of each address is open."""
    return [
        (host, port, SERVICE.get(port, "http"))
        for host in range(1, count + 1)
        for at, port in enumerate(PORTS)
        if (at + host) % 3 == 0
    ]


def answer(service: str, number: int, asked: bytes) -> bytes:
    """Say what the service says to a request."""
    if service == "redis":
        if b"PING" in asked.upper():
            return b"+PONG\r\n"
        told = b"# Server\r\nredis_version:7.0.%d\r\n" % number
        return b"$%d\r\n%b\r\n" % (len(told), told) if b"info" in asked.lower() else b"-ERR\r\n"
    if service == "memcached":
        if asked.startswith(b"version"):
            return b"VERSION 1.6.%d\r\n" % number
        return STATS % number if asked.startswith(b"stats") else b"ERROR\r\n"
    if service == "silent":
        return b""
    head, _, body = (PAGE % number).partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + (b"" if asked.startswith(b"HEAD") else body)


def speaker(service: str, number: int, tls: ssl.SSLContext) -> Speak:
    """Make one service."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met[service] += 1
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(5):
                if service == "https":
                    await over_tls(tls, number, reader, writer)
                    return
                if service in GREETING:  # a MySQL packet has a fixed length
                    told = number % 90 + 10 if service == "mysql" else number
                    writer.write(GREETING[service] % told)
                    await writer.drain()
                asked = await reader.read(4000)
                if service not in GREETING:
                    writer.write(answer(service, number, asked))
                    await writer.drain()
                if service == "silent":
                    await reader.read(4000)
        writer.close()

    return speak


async def over_tls(
    context: ssl.SSLContext,
    number: int,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    """Speak TLS as real servers do, which answer a hello they cannot take with an alert."""
    came, goes = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context.wrap_bio(came, goes, server_side=True)

    async def step(act: Callable[[], T]) -> T:
        while True:
            try:
                return act()
            except ssl.SSLWantReadError:
                pass
            finally:
                writer.write(goes.read())
                await writer.drain()
            received = await reader.read(16_384)
            came.write(received) if received else came.write_eof()

    try:
        await step(tls.do_handshake)
        asked = await step(lambda: tls.read(4000))
        await step(lambda: tls.write(answer("https", number, asked)))
        await step(tls.unwrap)
    except ssl.SSLError:
        pass  # the alert is on its way
    finally:
        writer.close()


def certificate() -> ssl.SSLContext:
    """Make the lab's TLS side: TLS 1.2 and 1.3, a certificate of its own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "lab.test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=90))
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(made.public_bytes(serialization.Encoding.PEM))
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        file.flush()
        context.load_cert_chain(file.name)
    return context


async def serve(first: int, count: int, *, silent: bool) -> None:
    """Serve until our standard input is closed."""
    tls = certificate()
    for host, port, service in rows(count):
        address = f"127.0.{first + (host - 1) // 250}.{(host - 1) % 250 + 1}"
        await asyncio.start_server(
            speaker("silent" if silent else service, host, tls),
            address,
            port,
            backlog=512,
        )
    print("ready", flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(dict(sorted(met.items()))), flush=True)
        met.clear()


def main() -> None:
    """Write the table or serve it."""
    if sys.argv[1:2] == ["serve"]:
        silent = sys.argv[4:] == ["silent"]
        asyncio.run(serve(int(sys.argv[2]), int(sys.argv[3]), silent=silent))
    else:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(["host", "port", "service"])
        writer.writerows(rows())


if __name__ == "__main__":
    main()
