"""The lab starts, ends, and leaves nothing behind, however its starter ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest

from secops.lab.certificates import make_all
from secops.lab.lab import LabNotStartedError, running_lab
from secops.lab.places import GOOD_NAME, PLACES, TLS_GOOD, TLS_OLD
from secops.lab.stand_ins import serve_pages, tls_context

pytestmark = pytest.mark.slow
STARTER = """
import sys, time
from secops.lab.lab import running_lab
with running_lab(int(sys.argv[1]), ipv6=False) as lab:
    print(lab.folder, flush=True)
    time.sleep(60)
"""


def own_net(number: int) -> int:
    """Give a net that this test run shares with nobody."""
    return 200 + (os.getpid() + number) % 50


def answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def users_of(folder: str) -> list[str]:
    """Give the command lines of running programs that name the folder."""
    lines = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if folder in line:
            lines.append(line)
    return lines


def test_a_lab_starts_and_ends_quickly_and_leaves_nothing() -> None:
    begun = time.monotonic()
    with running_lab(own_net(0), ipv6=False) as lab:
        assert time.monotonic() - begun < 10
        assert all(answers(lab.host(place), place.port) for place in lab.places)
        assert TLS_GOOD in lab.places
        begun = time.monotonic()
    assert time.monotonic() - begun < 5
    assert not lab.folder.exists()
    assert users_of(str(lab.folder)) == []
    assert not any(answers(lab.host(place), place.port) for place in PLACES)


@pytest.mark.parametrize("victim", ["starter", "keeper"])
def test_no_server_is_left_when_one_of_us_is_killed(victim: str) -> None:
    command = [sys.executable, "-c", STARTER, str(own_net(1))]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as starter:  # noqa: S603  # ours
        assert starter.stdout is not None
        folder = starter.stdout.readline().decode().strip()
        assert users_of(folder)
        if victim == "keeper":
            os.kill(int((Path(folder) / "keeper.pid").read_text("ascii")), signal.SIGKILL)
        starter.kill()
    until = time.monotonic() + 10
    while time.monotonic() < until and users_of(folder):
        time.sleep(0.05)
    assert users_of(folder) == []
    with running_lab(own_net(1), ipv6=False):  # what a killed keeper left is swept away now
        assert not Path(folder).exists()


def test_a_second_lab_in_the_same_net_is_refused() -> None:
    with running_lab(own_net(2), ipv6=False) as first:
        begun = time.monotonic()
        with pytest.raises(LabNotStartedError), running_lab(own_net(2), ipv6=False):
            pass
        assert time.monotonic() - begun < 10
        assert answers(first.host(TLS_GOOD), TLS_GOOD.port)


def test_where_nginx_is_missing_our_own_pages_speak_tls_too(tmp_path: Path) -> None:
    make_all(tmp_path, {one.name: one.host(own_net(3)) for one in PLACES}, GOOD_NAME)
    (tmp_path / "index.html").write_text("sample", "utf-8")
    (tmp_path / "error.html").write_text("not here", "utf-8")

    async def fetch(path: str) -> tuple[bytes, str | None]:
        server_side = tls_context(tmp_path, TLS_OLD.name, ("TLSv1", "TLSv1"))
        server = await serve_pages("127.0.0.1", 0, tmp_path, server_side)
        client_side = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        client_side.check_hostname, client_side.verify_mode = False, ssl.CERT_NONE
        client_side.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        client_side.set_ciphers("ALL:@SECLEVEL=0")
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client_side)
        version = writer.get_extra_info("ssl_object").version()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
        server.close()
        return answer, version

    answer, version = asyncio.run(fetch("/"))
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.endswith(b"sample")
    assert version == "TLSv1"
    outside, _ = asyncio.run(fetch("/../../../etc/passwd"))
    assert outside.startswith(b"HTTP/1.1 404")
