"""The lab of the scan benchmark: writes its table, or serves it on loopback until it is ended.

Ports below 1024 are served, so run it as root. Every port that accepts also answers.
`python benchmarks/scan_lab.py serve FIRST COUNT` serves COUNT addresses from 127.0.FIRST.1 on;
`… table` prints the checked-in table.
"""

from __future__ import annotations

import asyncio
import csv
import ssl
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
    "ftp": b"220 (vsFTPd 3.0.3)\r\n",
    "ssh": b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n",
    "smtp": b"220 mail.lab.test ESMTP Postfix (Debian/GNU)\r\n",
    "pop3": b"+OK Dovecot (Debian) ready.\r\n",
    "imap": b"* OK [CAPABILITY IMAP4rev1 LITERAL+ STARTTLS] Dovecot (Debian) ready.\r\n",
    "mysql": b"J\0\0\0\n5.7.33-log\0\x08\0\0\0*~Y@h!bC\0\xff\xff\x08\x02\0\xff\xc1\x15\0\0\0\0\0\0"
    b"\0\0\0\0;w`0`'<!Z1x\x7f\0mysql_native_password\0",
}
PAGE = (
    b"HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nContent-Type: text/html\r\nConnection: close\r\n"
    b"Content-Length: 48\r\n\r\n<html><head><title>lab %03d</title></head></html>"
)
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


def speaker(service: str, number: int) -> Speak:
    """Make one service."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met[service] += 1
        with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
            async with asyncio.timeout(5):
                await _said(service, number, reader, writer)
        writer.close()

    return speak


async def _said(
    service: str, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    if service in GREETING:
        writer.write(GREETING[service])
        await writer.drain()
        await reader.read(1000)
        return
    asked = await reader.read(4000)
    if service == "redis":
        writer.write(b"+PONG\r\n" if b"PING" in asked else b"-ERR unknown command\r\n")
    elif service == "memcached":
        writer.write(b"VERSION 1.6.18\r\n" if asked.startswith(b"version") else b"ERROR\r\n")
    else:
        head, _, body = (PAGE % (number % 1000)).partition(b"\r\n\r\n")
        writer.write(head + b"\r\n\r\n" + (b"" if asked.startswith(b"HEAD") else body))
    await writer.drain()


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


async def serve(first: int, count: int) -> None:
    """Serve until our standard input is closed, then say how often each service was met."""
    tls = certificate()
    for host, port, service in rows(count):
        address = f"127.0.{first + (host - 1) // 250}.{(host - 1) % 250 + 1}"
        await asyncio.start_server(
            speaker(service, host),
            address,
            port,
            ssl=tls if service == "https" else None,
            backlog=512,
        )
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(dict(sorted(met.items())), flush=True)


def main() -> None:
    """Write the table or serve it."""
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(int(sys.argv[2]), int(sys.argv[3])))
    else:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(["host", "port", "service"])
        writer.writerows(rows())


if __name__ == "__main__":
    main()
