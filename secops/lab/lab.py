"""Start the lab, use it, end it: `with running_lab() as lab:`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secops.errors import SecopsError, UsageError
from secops.lab.places import NET, PLACES, Place

_END_SECONDS: Final = 10.0


class LabNotStartedError(UsageError):
    """The lab's keeper ended before it was ready."""

    code = "lab.not-started"
    what = "the lab on loopback did not start: {problem}"
    mend = "another lab may be running; see secops doctor for what is missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lab:
    """What runs, and what had to be left out."""

    folder: Path
    net: int
    places: tuple[Place, ...]
    missing: tuple[str, ...]  # Debian packages
    ipv6: bool

    def host(self, place: Place) -> str:
        """Give the address of a place in this lab."""
        return place.host(self.net)

    @property
    def root(self) -> bytes:
        """The lab's own authority, PEM: with it `tls-good` is trusted."""
        return (self.folder / "root.crt").read_bytes()


@contextmanager
def running_lab(net: int = NET, *, ipv6: bool = True) -> Iterator[Lab]:
    """Keep the lab running for a while; raises LabNotStartedError."""
    command = [sys.executable, "-m", "secops.lab.keeper", str(net), *(["ipv6"] if ipv6 else [])]
    with subprocess.Popen(  # noqa: S603  # our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as keeper:
        try:
            yield _read(keeper, net)
        finally:
            _end(keeper)


def _read(keeper: subprocess.Popen[bytes], net: int) -> Lab:
    line = keeper.stdout.readline() if keeper.stdout else b""
    try:
        said = json.loads(line)
    except ValueError:
        raise _not_started(keeper) from None
    return Lab(
        folder=Path(said["folder"]),
        net=net,
        places=tuple(place for place in PLACES if place.name in said["places"]),
        missing=tuple(said["missing"]),
        ipv6=bool(said["ipv6"]),
    )


def _not_started(keeper: subprocess.Popen[bytes]) -> SecopsError:
    said = keeper.stderr.read().decode("utf-8", "replace") if keeper.stderr else ""
    last = said.strip().rpartition("\n")[2]
    return LabNotStartedError(problem=last.removeprefix("OSError: ") or "no answer")


def _end(keeper: subprocess.Popen[bytes]) -> None:
    if keeper.stdin:
        keeper.stdin.close()
    try:
        keeper.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        keeper.kill()
