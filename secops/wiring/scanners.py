"""Which scanners there are: ours, and those of others that the workspace names."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from secops.contracts.scanning import Scanner
from secops.errors import UnknownNameError, msgid
from secops.files.website_words import load_website_words
from secops.model.evidence import Stage
from secops.scanners.connect_ports import ConnectPorts
from secops.scanners.http import HttpProbe
from secops.scanners.nmap_ports import NmapPorts
from secops.scanners.nmap_services import NmapServices
from secops.scanners.services import ServiceProbe
from secops.scanners.tls import TlsProbe
from secops.settings.data import data_folder

GROUP: Final = "secops.scanners"
# fmt: off
PORTS: Final = (
    21, 22, 23, 25, 53, 80, 81, 88, 110, 111, 135, 139, 143, 389, 443, 445, 465, 587, 636, 873,
    993, 995, 1080, 1433, 1521, 1883, 2049, 2181, 2375, 3000, 3128, 3306, 3389, 5000, 5432, 5601,
    5672, 5900, 5984, 6379, 7001, 8000, 8008, 8009, 8080, 8081, 8088, 8161, 8443, 8848, 8888,
    9000, 9090, 9200, 9300, 9443, 11211, 15672, 27017, 50000, 50070,
)
# fmt: on
"""Where a host is looked at whose ports nobody listed: what is common, nothing that may break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotLoaded:
    """A scanner that was named and could not be used."""

    name: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """All that may scan, and by digest the code of others among it."""

    scanners: tuple[Scanner, ...]
    ports: tuple[int, ...] = PORTS  # tried on hosts whose ports nobody listed
    digests: tuple[tuple[str, str], ...] = ()
    not_loaded: tuple[NotLoaded, ...] = ()

    def chosen(self, names: Sequence[str]) -> tuple[Scanner, ...]:
        """Give those of these names, or all; raises UnknownNameError."""
        by_name = {one.name: one for one in self.scanners}
        for name in names:
            if name not in by_name:
                raise UnknownNameError(kind=msgid("scanner"), name=name, near=", ".join(by_name))
        return tuple(one for one in self.scanners if not names or one.name in names)


def load_scanners(
    plugins: Sequence[str], roots: tuple[bytes, ...] = (), ports: Sequence[int] = PORTS
) -> Loaded:
    """Give our own, then the plugins named; one that fails to load is reported, never hidden."""
    scanners: list[Scanner] = list(own_scanners(roots, ports))
    digests: list[tuple[str, str]] = []
    failed: list[NotLoaded] = []
    there = {one.name: one for one in entry_points(group=GROUP)} if plugins else {}
    for name in plugins:
        if name not in there:
            failed.append(NotLoaded(name=name, problem="not installed"))
            continue
        try:
            scanner = _load(there[name])
        except Exception:  # noqa: BLE001  # foreign code may fail in any way
            failed.append(NotLoaded(name=name, problem=traceback.format_exc(limit=-1).strip()))
            continue
        scanners.append(scanner)
        digests.append((name, code_digest(there[name])))
    return Loaded(
        scanners=tuple(scanners),
        ports=tuple(ports),
        digests=tuple(digests),
        not_loaded=tuple(failed),
    )


def own_scanners(
    roots: tuple[bytes, ...] = (), ports: Sequence[int] = PORTS
) -> tuple[Scanner, ...]:
    """Give ours, in the order in which they run within a stage."""
    words = load_website_words(data_folder("checklists") / "recognition" / "website.yaml")
    return (
        NmapPorts(ports),
        ConnectPorts(ports),
        ServiceProbe(),
        NmapServices(),
        TlsProbe(roots),
        HttpProbe(words),
    )


def _load(entry: EntryPoint) -> Scanner:
    made: Any = entry.load()()
    whole = isinstance(made.name, str) and isinstance(made.stage, Stage)
    if not whole or made.batch_size < 1 or made.name in {one.name for one in own_scanners()}:
        message = f"{entry.value} is no scanner of its own name"
        raise TypeError(message)
    for part in (made.accepts, made.collect, made.interpret):
        if not callable(part):
            message = f"{part!r} cannot be called"
            raise TypeError(message)
    checked: Scanner = made
    return checked


def code_digest(entry: EntryPoint) -> str:
    """Name the Python files of the package that a plugin comes from."""
    spec = find_spec(entry.module.partition(".")[0])
    if spec is None or spec.origin is None:
        return ""
    origin = Path(spec.origin)
    files = origin.parent.rglob("*.py") if spec.submodule_search_locations else [origin]
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(str(file.relative_to(origin.parent)).encode() + b"\0" + file.read_bytes())
    return f"sha256:{whole.hexdigest()}"
