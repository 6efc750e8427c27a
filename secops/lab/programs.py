"""Real servers of the lab: what must be written for each, and how it is started.

As root they run as `nobody`: nothing here needs a right of its own. Each stays in the foreground,
a child of the keeper, with all its files in the lab's folder.
"""

from __future__ import annotations

import secrets
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secops.lab.nginx import write_config
from secops.lab.places import POSTGRESQL, REDIS_ASKS, REDIS_OPEN, SSH, WEB, Place

_SYSTEM_FOLDERS: Final = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin"
_SSHD: Final = """Port {port}
ListenAddress {host}
HostKey {folder}/ssh_host_key
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthorizedKeysFile none
Ciphers +aes128-cbc
KexAlgorithms +diffie-hellman-group1-sha1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where the lab lives."""

    folder: Path
    net: int
    ipv6: bool
    run: Callable[[list[str]], None]  # runs a preparing command to its end, as the lab's user


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One program and the places it serves."""

    name: str
    places: tuple[Place, ...]
    package: str  # Debian's
    command: Callable[[str, Setting], list[str]]  # prepares its files, gives the command line
    end_signal: signal.Signals = signal.SIGTERM

    def found(self) -> str | None:
        """Give the path of the program, or nothing."""
        there = shutil.which(self.name) or shutil.which(self.name, path=_SYSTEM_FOLDERS)
        if there or self.name != "postgres":
            return there
        newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
        return str(newest[-1]) if newest else None


def _nginx(path: str, lab: Setting) -> list[str]:
    config = write_config(lab.folder, lab.net, ipv6=lab.ipv6)
    return [
        path,
        "-p",
        str(lab.folder),
        "-e",
        str(lab.folder / "nginx-error.log"),
        "-c",
        str(config),
    ]


def _sshd(path: str, lab: Setting) -> list[str]:
    key = lab.folder / "ssh_host_key"
    lab.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)])
    config = lab.folder / "sshd_config"
    text = _SSHD.format(port=SSH.port, host=SSH.host(lab.net), folder=lab.folder)
    config.write_text(text, "utf-8")
    return [path, "-D", "-e", "-f", str(config)]


def _redis(place: Place) -> Callable[[str, Setting], list[str]]:
    def command(path: str, lab: Setting) -> list[str]:
        where = ["--port", str(place.port), "--bind", place.host(lab.net), "--dir", str(lab.folder)]
        opened = ["--save", "", "--protected-mode", "no"]
        closed = ["--requirepass", secrets.token_urlsafe(16)] if place is REDIS_ASKS else []
        return [path, *where, *opened, *closed]

    return command


def _postgres(path: str, lab: Setting) -> list[str]:
    data = str(lab.folder / "pg")
    initdb = str(Path(path).resolve().with_name("initdb"))
    lab.run([initdb, "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "--locale=C.UTF-8"])
    where = ["-h", POSTGRESQL.host(lab.net), "-p", str(POSTGRESQL.port), "-k", str(lab.folder)]
    return [path, "-D", data, *where, "-c", "fsync=off"]


PROGRAMS: Final = (
    Program(name="nginx", places=WEB, package="nginx-light", command=_nginx),
    Program(name="sshd", places=(SSH,), package="openssh-server", command=_sshd),
    Program(
        name="redis-server",
        places=(REDIS_OPEN,),
        package="redis-server",
        command=_redis(REDIS_OPEN),
    ),
    Program(
        name="redis-server",
        places=(REDIS_ASKS,),
        package="redis-server",
        command=_redis(REDIS_ASKS),
    ),
    Program(
        name="postgres",
        places=(POSTGRESQL,),
        package="postgresql",
        command=_postgres,
        end_signal=signal.SIGQUIT,  # its quick end; nothing is worth keeping
    ),
)


def run_quietly(command: list[str], user: str | None) -> None:
    """Run a preparing command; raises what `subprocess` raises."""
    subprocess.run(  # noqa: S603  # our own fixed command lines
        command,
        check=True,
        capture_output=True,
        timeout=30,
        user=user,
        extra_groups=[] if user else None,
    )
