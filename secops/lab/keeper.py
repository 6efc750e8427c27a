"""The lab's own program: starts every server, says what runs, and ends them when its input ends.

Its input is a pipe that the starter holds. However the starter ends, by kill -9 too, the pipe
closes; then the servers are ended and the folder is removed. `python -m secops.lab.keeper`.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from secops.lab.certificates import make_all
from secops.lab.places import (
    GOOD_NAME,
    PLACES,
    PLAIN_BAD,
    PLAIN_GOOD,
    TLCP_ONLY,
    TLS_GOOD,
    TLS_OLD,
    TLS_WEAK,
    WEB,
    Place,
)
from secops.lab.programs import PROGRAMS, Program, Setting, run_quietly
from secops.lab.stand_ins import serve_pages, serve_tlcp, tls_context

_PAGES: Final = Path(__file__).parent / "pages"
_NOBODY: Final = "nobody"
_READY_SECONDS: Final = 15.0
_END_SECONDS: Final = 1.5
_UMASK: Final = 0o022
_PREFIX: Final = "secops-lab-"
_PID: Final = "keeper.pid"


@dataclass(slots=True)
class _Running:
    programs: list[tuple[subprocess.Popen[bytes], signal.Signals]] = field(default_factory=list)
    servers: list[asyncio.Server] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def _user() -> str | None:
    return _NOBODY if os.geteuid() == 0 else None


def _prepare(folder: Path, net: int) -> bytes:
    """Write pages and certificates; give the TLCP stand-in's certificate."""
    shutil.copytree(_PAGES, folder / "pages")
    repository = folder / "pages" / "bad" / ".git"
    repository.mkdir()
    (repository / "HEAD").write_text("ref: refs/heads/main\n", "ascii")
    tlcp = make_all(folder, {one.name: one.host(net) for one in PLACES}, GOOD_NAME)
    if _user():
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, _NOBODY)
    return tlcp


def _dies_with_us(end: signal.Signals) -> list[str]:
    """Have the kernel end a program when the keeper itself is killed, where setpriv is there."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", end.name, "--"] if setpriv else []


def _start(program: Program, path: str, setting: Setting) -> subprocess.Popen[bytes]:
    command = program.command(path, setting)
    for file in setting.folder.glob("*.conf*") if _user() else ():
        shutil.chown(file, _NOBODY)
    with (setting.folder / f"{program.places[0].name}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603  # our own fixed command lines
            [*_dies_with_us(program.end_signal), *command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=setting.folder,
            user=_user(),
            extra_groups=[] if _user() else None,
        )


async def _start_program(program: Program, setting: Setting, running: _Running) -> None:
    path = program.found()
    if path is None:
        running.missing.append(program.package)
        return
    try:
        started = await asyncio.to_thread(_start, program, path, setting)
    except (OSError, subprocess.SubprocessError):
        running.missing.append(program.package)
    else:
        running.programs.append((started, program.end_signal))


async def _start_stand_ins(setting: Setting, tlcp: bytes, running: _Running) -> None:
    host, port = TLCP_ONLY.host(setting.net), TLCP_ONLY.port
    running.servers.append(await serve_tlcp(host, port, (tlcp, tlcp)))
    if any(program.name == "nginx" and program.found() for program in PROGRAMS):
        return
    pages = setting.folder / "pages"
    for place in WEB:
        root = pages / ("bad" if place in (PLAIN_BAD, TLS_WEAK) else "good")
        leads_to = ""
        if place is PLAIN_GOOD:
            leads_to = f"https://{TLS_GOOD.host(setting.net)}:{TLS_GOOD.port}"
        versions = {TLS_OLD: ("TLSv1", "TLSv1"), TLS_WEAK: ("TLSv1", "TLSv1_2")}
        context = (
            tls_context(setting.folder, place.name, versions.get(place, ("TLSv1_2", "TLSv1_3")))
            if place.name.startswith("tls-")
            else None
        )
        running.servers.append(
            await serve_pages(place.host(setting.net), place.port, root, context, leads_to)
        )


async def _answers(place: Place, net: int) -> bool:
    until = asyncio.get_running_loop().time() + _READY_SECONDS
    while asyncio.get_running_loop().time() < until:
        try:
            _, writer = await asyncio.open_connection(place.host(net), place.port)
        except OSError:
            await asyncio.sleep(0.02)
            continue
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        return True
    return False


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _report(folder: Path, running: _Running, there: Sequence[Place], *, ipv6: bool) -> None:
    said = {
        "folder": str(folder),
        "places": [place.name for place in there],
        "missing": sorted(set(running.missing)),
        "ipv6": ipv6,
    }
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def _closing_of(pipe: int) -> asyncio.Event:
    """Give what happens when nobody holds the other end any more."""
    loop, closed = asyncio.get_running_loop(), asyncio.Event()

    def look() -> None:
        if not os.read(pipe, 4096):
            loop.remove_reader(pipe)
            closed.set()

    loop.add_reader(pipe, look)
    loop.add_signal_handler(signal.SIGTERM, closed.set)
    return closed


async def _keep(folder: Path, net: int, *, with_ipv6: bool) -> None:
    taken = [one for one in PLACES if not _free(one.host(net), one.port)]
    if taken:
        message = f"{taken[0].host(net)} port {taken[0].port} is taken"
        raise OSError(message)
    ipv6 = with_ipv6 and all(_free("::1", place.port) for place in WEB)
    setting = Setting(folder=folder, net=net, ipv6=ipv6, run=partial(run_quietly, user=_user()))
    running = _Running()
    ended = _closing_of(sys.stdin.fileno())
    try:
        tlcp = _prepare(folder, net)
        await _start_stand_ins(setting, tlcp, running)  # fails first where another lab is
        await asyncio.gather(*(_start_program(one, setting, running) for one in PROGRAMS))
        absent = [
            place
            for program in PROGRAMS
            if program.package in running.missing and program.name != "nginx"
            for place in program.places
        ]
        expected = [place for place in PLACES if place not in absent]
        up = await asyncio.gather(*(_answers(place, net) for place in expected))
        there = [one for one, ok in zip(expected, up, strict=True) if ok]
        _report(folder, running, there, ipv6=ipv6)
        await ended.wait()
    finally:
        _end(running)


def _end(running: _Running) -> None:
    for server in running.servers:
        server.close()
    for program, end_signal in running.programs:
        program.send_signal(end_signal)
    for program, _ in running.programs:
        try:
            program.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def _sweep() -> None:
    """Remove the folders of labs whose keeper was killed: nobody holds their lock any more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError), (folder / _PID).open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Keep a lab in net `argv[1]`, over IPv6 as well where `argv[2]` is `ipv6`."""
    os.umask(_UMASK)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches our starter, who closes the pipe
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    folder.chmod(0o711)
    try:
        with (folder / "keeper.new").open("w", encoding="ascii") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            held.write(str(os.getpid()))
            held.flush()
            Path(held.name).rename(folder / _PID)  # seen by others only when it is locked
            asyncio.run(_keep(folder, int(sys.argv[1]), with_ipv6=sys.argv[2:3] == ["ipv6"]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
