"""Looks at the machine: what is there, missing or too old, and how to get it."""

from __future__ import annotations

import ctypes
import os
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

from secops.errors import SecopsError, msgid
from secops.errors.store import WorkspaceMissingError
from secops.model.machine import Check, Health

_OLDEST_PYTHON: Final = (3, 11, 2)
_OLDEST_NMAP: Final = (7, 80)
_LEAST_FREE: Final = 1024**3
_REQUIREMENT: Final = re.compile(
    r"(?P<name>[\w.-]+)(\[[^]]*\])?>=(?P<floor>[\d.]+)(?P<extra>.*extra ==.*)?"
)
_LIBRARIES: Final = {
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "HarfBuzz subset": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.dylib",
        "libharfbuzz-subset-0.dll",
    ),
}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:4]))


def look_at_python() -> Iterator[Check]:
    """Compare the running Python with the oldest one that is tested."""
    good = sys.version_info[:3] >= _OLDEST_PYTHON
    yield Check(
        name=msgid("Python"),
        health=Health.FINE if good else Health.WRONG,
        what=msgid("version {found}"),
        mend="" if good else msgid("install Python {floor} or newer"),
        details={"found": platform.python_version(), "floor": ".".join(map(str, _OLDEST_PYTHON))},
    )


def _requirements() -> Iterator[tuple[str, str, bool]]:
    for line in metadata.requires("secops-mlps") or ():
        found = _REQUIREMENT.match(line.replace(" ;", ";"))
        if found:
            yield found["name"], found["floor"], bool(found["extra"])


def _version_of(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def look_at_packages() -> Iterator[Check]:
    """Compare every Python package with its floor: most floors are security fixes."""
    name, count = msgid("Python packages"), 0
    try:
        wanted = list(_requirements())
    except metadata.PackageNotFoundError:
        yield Check(
            name=name,
            health=Health.LACKING,
            what=msgid("secops runs from its source and is not installed"),
            mend=msgid("install it with: pip install -e ."),
        )
        return
    for package, floor, optional in wanted:
        found = _version_of(package)
        details = {"package": package, "found": found, "floor": floor}
        if found and _numbers(found) >= _numbers(floor):
            count += 1
        elif found:
            yield Check(
                name=name,
                health=Health.WRONG,
                what=msgid("{package} {found} is too old"),
                mend=msgid("install it with: pip install '{package}>={floor}'"),
                details=details,
            )
        elif not optional:
            yield Check(
                name=name,
                health=Health.WRONG,
                what=msgid("{package} is not installed"),
                mend=msgid("install it with: pip install '{package}>={floor}'"),
                details=details,
            )
    what = msgid("{count} packages are as new as they must be")
    yield Check(name=name, health=Health.FINE, what=what, details={"count": str(count)})


def look_at_nmap() -> Iterator[Check]:
    """Find nmap, which tells services apart; without it only ports are looked at."""
    name = msgid("nmap")
    if not shutil.which("nmap"):
        yield Check(
            name=name,
            health=Health.LACKING,
            what=msgid("not installed: services are not recognised, only ports are tried"),
            mend=msgid("on Debian or Ubuntu: apt-get install {package}"),
            details={"package": "nmap"},
        )
        return
    import nmap  # noqa: PLC0415  # starts the program once

    version = nmap.PortScanner().nmap_version()
    good = tuple(version) >= _OLDEST_NMAP
    yield Check(
        name=name,
        health=Health.FINE if good else Health.LACKING,
        what=msgid("version {found}"),
        mend="" if good else msgid("install version {floor} or newer"),
        details={
            "found": ".".join(map(str, version)),
            "floor": ".".join(map(str, _OLDEST_NMAP)),
        },
    )


def _loads(names: tuple[str, ...]) -> bool:
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def look_at_pdf() -> Iterator[Check]:
    """Find the libraries that print PDF; Word, HTML and Excel need none."""
    missing = [label for label, names in _LIBRARIES.items() if not _loads(names)]
    packages = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    yield Check(
        name=msgid("PDF libraries"),
        health=Health.LACKING if missing else Health.FINE,
        what=msgid("missing: {missing}; Word, HTML and Excel work without")
        if missing
        else msgid("all there"),
        mend=msgid("on Debian or Ubuntu: apt-get install {package}") if missing else "",
        details={"missing": ", ".join(missing), "package": packages},
    )


def look_at_disk(workspace: Path) -> Iterator[Check]:
    """Ask how much room is left where the workspace lies."""
    place = next(one for one in (workspace, *workspace.absolute().parents) if one.exists())
    free = shutil.disk_usage(place).free
    little = free < _LEAST_FREE
    yield Check(
        name=msgid("disk"),
        health=Health.LACKING if little else Health.FINE,
        what=msgid("{free} MB free at {path}"),
        mend=msgid("make room: evidence and backups need it") if little else "",
        details={"free": str(free // 1024**2), "path": str(place)},
    )


def look_at_rights(workspace: Path) -> Iterator[Check]:
    """See that nobody but the owner can read the workspace: it is a plan for an attack."""
    if os.name != "posix" or not (workspace / "secops.toml").exists():
        return
    kept = [workspace, *workspace.glob("secops.*"), *workspace.glob("keys")]
    open_to_others = [str(path) for path in kept if path.stat().st_mode & 0o077]
    yield Check(
        name=msgid("rights"),
        health=Health.WRONG if open_to_others else Health.FINE,
        what=msgid("others can read: {paths}")
        if open_to_others
        else msgid("only you can read the workspace"),
        mend=msgid("run: chmod -R go= {path}") if open_to_others else "",
        details={"paths": ", ".join(open_to_others), "path": str(workspace)},
    )


def look_at_fonts() -> Iterator[Check]:
    """Find the looks of official documents: FangSong, Kai, Hei and Song."""
    from secops.wiring.report import fonts_at_hand  # noqa: PLC0415  # the document libraries are slow

    missing = fonts_at_hand().missing_looks
    yield Check(
        name=msgid("fonts"),
        health=Health.LACKING if missing else Health.FINE,
        what=msgid("missing: {missing}; another font is printed instead")
        if missing
        else msgid("all looks are there: FangSong, Kai, Hei, Song"),
        mend=msgid("name a folder with such fonts in SECOPS_FONTS; on Debian or Ubuntu: {package}")
        if missing
        else "",
        details={"missing": ", ".join(missing), "package": "fonts-noto-cjk"},
    )


def look_at_database(workspace: Path) -> Iterator[Check]:
    """Open the workspace's database, if there is a workspace."""
    from secops.wiring.opening import open_workspace  # noqa: PLC0415  # SQLAlchemy is slow

    name, path = msgid("database"), str(workspace)
    try:
        with open_workspace(workspace):
            what = msgid("opens and is complete")
            yield Check(name=name, health=Health.FINE, what=what)
    except WorkspaceMissingError:
        what = msgid("no workspace in {path}: nothing to look at")
        yield Check(name=name, health=Health.FINE, what=what, details={"path": path})
    except SecopsError as error:
        said = error.details
        yield Check(name=name, health=Health.WRONG, what=error.what, mend=error.mend, details=said)


_MACHINE: Final[tuple[Callable[[], Iterator[Check]], ...]] = (
    look_at_python,
    look_at_packages,
    look_at_nmap,
    look_at_pdf,
    look_at_fonts,
)
_PLACE: Final[tuple[Callable[[Path], Iterator[Check]], ...]] = (
    look_at_disk,
    look_at_database,
    look_at_rights,
)


def examine(workspace: Path) -> tuple[Check, ...]:
    """Look at everything; what is wrong is told, never raised."""
    machine = [check for look in _MACHINE for check in look()]
    return (*machine, *(check for look in _PLACE for check in look(workspace)))
