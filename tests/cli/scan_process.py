"""A workspace with a website on an address of its own, servers there, and scans as processes."""

from __future__ import annotations

import os
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.model.evidence import Attempt, ScanPlan
from secops.wiring.opening import open_workspace
from tests.conftest import ROOT, UNIT

NET = f"127.{64 + os.getpid() // 250 % 150}.{os.getpid() % 250}"  # shared with no other run
HOST = f"{NET}.2"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi"


class Page(socketserver.BaseRequestHandler):
    """Answers each request alike."""

    def handle(self) -> None:  # noqa: D102  # as its class says
        if self.request.recv(1000):
            self.request.sendall(PAGE)


class Mute(socketserver.BaseRequestHandler):
    """Reads, never answers, and hangs up after a while."""

    def handle(self) -> None:  # noqa: D102  # as its class says
        time.sleep(1.5)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Scanners hang up as they like."""


@contextmanager
def serving(*ports: int, handler: type[socketserver.BaseRequestHandler] = Page) -> Iterator[None]:
    """Serve at these ports."""
    servers = [_Server((HOST, port), handler) for port in ports]
    for one in servers:
        threading.Thread(target=one.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        for one in servers:
            one.shutdown()
            one.server_close()


def said(folder: Path, *arguments: str, code: int = 0) -> Result:
    """Run a command in this process."""
    result = CliRunner().invoke(secops, ["-C", str(folder), *arguments], catch_exceptions=False)
    assert result.exit_code == code, (result.output, result.stderr)
    return result


def listed(folder: Path, *ports: int) -> None:
    """Record a permit, a website, and these places of it."""
    permit = ["--by", "王启明", "--post", "主任", "--letter", "样例〔2026〕1号"]
    when = ["--until", "2099-12-31", "--effect-weighed", "仅本机"]
    said(folder, "permit", "add", *permit, "--range", f"{NET}.0/24", *when)
    system = ["--name", "门户网站", "--unit", UNIT, "--kind", "website", "--stage", "running"]
    said(folder, "system", "add", *system)
    for port in ports:
        where = ["--value", HOST, "--port", str(port), "--system", "门户网站"]
        said(folder, "endpoint", "add", *where)


def start(folder: Path, *arguments: str, before: str = "") -> subprocess.Popen[str]:
    """Start a command as a process of its own; `before` is Python that it runs first."""
    program = f"{before}\nfrom secops.__main__ import main\nmain()"
    return subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", program, "-C", str(folder), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def newest(folder: Path) -> tuple[ScanPlan | None, Sequence[Attempt]]:
    """Give the newest scan as it stands in the store."""
    with open_workspace(folder) as workspace, workspace.begin(reading=True) as work:
        plan = work.scans.newest()
        return plan, tuple(work.scans.attempts(plan.id)) if plan else ()
