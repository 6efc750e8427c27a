"""The lab's own program: starts every server, says what runs, and ends them when its input ends.

Its input is a pipe that the starter holds. However the starter ends, by kill -9 too, the pipe
closes; then the servers are ended and the folder is removed. `python -m secops.lab.keeper`.
"""

from __future__ import annotations

import asyncio
import contextlib
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


@dataclass(slots=True)
class _Running:
    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)
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


def _start(program: Program, path: str, setting: Setting) -> subprocess.Popen[bytes]:
    command = program.command(path, setting)
    for file in setting.folder.glob("*.conf*") if _user() else ():
        shutil.chown(file, _NOBODY)
    with (setting.folder / f"{program.places[0].name}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603  # our own fixed command lines
            command,
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
        running.programs.append(await asyncio.to_thread(_start, program, path, setting))
    except (OSError, subprocess.SubprocessError):
        running.missing.append(program.package)


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


def _report(folder: Path, running: _Running, there: Sequence[Place], ipv6: bool) -> None:  # noqa: FBT001
    said = {
        "folder": str(folder),
        "places": [place.name for place in there],
        "missing": sorted(set(running.missing)),
        "ipv6": ipv6,
    }
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


async def _keep(folder: Path, net: int, *, with_ipv6: bool) -> None:
    ipv6 = with_ipv6 and all(_free("::1", place.port) for place in WEB)
    setting = Setting(folder=folder, net=net, ipv6=ipv6, run=partial(run_quietly, user=_user()))
    running = _Running()
    ended = asyncio.create_task(asyncio.to_thread(sys.stdin.buffer.read))
    try:
        tlcp = _prepare(folder, net)
        await asyncio.gather(
            _start_stand_ins(setting, tlcp, running),
            *(_start_program(program, setting, running) for program in PROGRAMS),
        )
        absent = [
            place
            for program in PROGRAMS
            if program.package in running.missing and program.name != "nginx"
            for place in program.places
        ]
        expected = [place for place in PLACES if place not in absent]
        up = await asyncio.gather(*(_answers(place, net) for place in expected))
        _report(folder, running, [one for one, ok in zip(expected, up, strict=True) if ok], ipv6)
        await ended
    finally:
        _end(running)


def _end(running: _Running) -> None:
    for server in running.servers:
        server.close()
    for program in running.programs:
        # SIGQUIT is PostgreSQL's quick end; sshd and Redis know SIGTERM.
        quick = b"postgres" in Path(os.fsdecode(str(program.args[0]))).name.encode()  # type: ignore[index]
        program.send_signal(signal.SIGQUIT if quick else signal.SIGTERM)
    for program in running.programs:
        try:
            program.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()


def main() -> None:
    """Keep a lab in net `argv[1]`, over IPv6 as well where `argv[2]` is `ipv6`."""
    os.umask(_UMASK)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches our starter, who closes the pipe
    folder = Path(tempfile.mkdtemp(prefix="secops-lab-"))
    folder.chmod(0o711)
    try:
        asyncio.run(_keep(folder, int(sys.argv[1]), with_ipv6=sys.argv[2:3] == ["ipv6"]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
