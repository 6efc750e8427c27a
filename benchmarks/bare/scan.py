"""The work of the scan without the product: nmap for ports, then as many plain connections.

Same concurrency and rate as the product; per service as many connections as the lab met from it:
`python bare/scan.py FIRST COUNT`.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
import time

import nmap

PORTS = "21,22,25,80,81,110,143,443,3306,6379,8000,8080,8081,8443,8888,9090,9200,11211"
HTTP = b"GET / HTTP/1.0\r\n\r\n"
ASKED = {6379: (b"PING\r\n", 1), 11211: (b"version\r\n", 1), 443: (HTTP, 23), 8443: (HTTP, 23)}
GREETED = {21: (b"", 1), 22: (b"", 1), 25: (b"", 1), 110: (b"", 1), 143: (b"", 1), 3306: (b"", 1)}
RATE, AT_ONCE, AT_HOST = 300.0, 64, 4
TLS = ssl.create_default_context()
TLS.check_hostname, TLS.verify_mode = False, ssl.CERT_NONE
places = asyncio.Semaphore(AT_ONCE)
next_start = [0.0]


async def ask(host: str, port: int, request: bytes, at_host: asyncio.Semaphore) -> int:
    """Connect, send, read once, hang up."""
    async with at_host, places:
        start = max(time.monotonic(), next_start[0])
        next_start[0] = start + 1 / RATE
        await asyncio.sleep(start - time.monotonic())
        tls = TLS if port in (443, 8443) else None
        reader, writer = await asyncio.open_connection(host, port, ssl=tls)
        writer.write(request)
        got = await asyncio.wait_for(reader.read(65_536), 5)
        writer.close()
        return len(got)


async def main() -> None:
    """Find the ports, ask each."""
    first, count = int(sys.argv[1]), int(sys.argv[2])
    hosts = [f"127.0.{first + at // 250}.{at % 250 + 1}" for at in range(count)]
    jobs = []
    for start in range(0, count, 64):
        found = nmap.PortScanner()
        found.scan(" ".join(hosts[start : start + 64]), PORTS, "-Pn -n -sT -T4 --max-retries 2")
        for host in found.all_hosts():
            at_host = asyncio.Semaphore(AT_HOST)
            for port in found[host].all_tcp():
                if found[host]["tcp"][port]["state"] == "open":
                    request, times = {**ASKED, **GREETED}.get(port, (HTTP, 12))
                    jobs += [ask(host, port, request, at_host) for _ in range(times)]
    sizes = await asyncio.gather(*jobs)
    print(len(sizes), "connections", sum(sizes), "bytes")


asyncio.run(main())
