"""nmap's XML, host by host: streamed, bounded, and also when the run was cut off.

A document type with an inner part or entities is refused; nmap writes a bare `<!DOCTYPE nmaprun>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat  # bounded below: no entities, no inner DTD, depth

from secops.errors.scanning import NmapXmlError
from secops.guards.text import clean_text

_DEEPEST: Final = 100
_CUT_OFF: Final = {3, 5, 6}  # expat: no element found, unclosed token, partial character
_CHUNK: Final = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class NmapPort:
    """What nmap says of one port; texts are cleaned, since the server chose them."""

    protocol: str
    number: int
    state: str
    reason: str
    service: str = ""
    probed: bool = False  # the service answered; else its name is only the port's usual one
    tunnel: str = ""
    product: str = ""
    version: str = ""
    cpe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NmapHost:
    """What nmap says of one host."""

    addresses: tuple[str, ...]
    names: tuple[str, ...] = ()
    timed_out: bool = False  # nmap gave up on it: then "no open port" was never looked at
    refused: bool = False  # at least one port answered that it is closed
    ports: tuple[NmapPort, ...] = field(default=())

    @property
    def open_ports(self) -> tuple[NmapPort, ...]:
        """Those that accepted a connection."""
        return tuple(one for one in self.ports if one.state == "open")

    @property
    def answered(self) -> bool:
        """Whether anything at all came back from it."""
        return self.refused or bool(self.open_ports)


def hosts_of(content: bytes | Iterable[bytes]) -> Iterator[NmapHost]:
    """Give the finished hosts; raises NmapXmlError for what is no result of nmap."""
    reader = _Reader()
    pieces = _pieces(content) if isinstance(content, bytes) else content
    try:
        for piece in pieces:
            reader.parser.Parse(piece, False)  # noqa: FBT003  # expat's own signature
            yield from reader.take()
        reader.parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        if error.code not in _CUT_OFF or not reader.begun:
            raise NmapXmlError(problem=str(error)) from error
    except (ValueError, UnicodeError) as error:
        raise NmapXmlError(problem=str(error)) from error
    yield from reader.take()


def _pieces(content: bytes) -> Iterator[bytes]:
    return (content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK))


def split(content: bytes) -> Iterator[tuple[NmapHost, bytes]]:
    """Give each finished host with a document of its own: no one else's host stands in it.

    The command line, which lists all targets, is left out. nmap writes `<` in a value as `&lt;`:
    the tags found here are tags.
    """
    head = _HEAD.search(content)
    kept = dict(_KEPT.findall(head[0])) if head else {}
    words = b"".join(b' %s="%s"' % item for item in kept.items())
    before = b'<?xml version="1.0" encoding="UTF-8"?>\n<nmaprun%s>\n' % words
    before += b"".join(one + b"\n" for one in _SCANINFO.findall(content))
    for found in _HOST.finditer(content):
        document = before + found[0] + b"\n</nmaprun>\n"
        for host in hosts_of(document):
            yield host, document


def by_address(outputs: Iterable[bytes]) -> dict[str, tuple[NmapHost, bytes]]:
    """Give each host's reading and document under its addresses."""
    return {
        address: (host, document)
        for output in outputs
        for host, document in split(output)
        for address in host.addresses
    }


_HEAD: Final = re.compile(rb"<nmaprun\s[^>]*>")
_KEPT: Final = re.compile(rb'\b(scanner|version|xmloutputversion|start)="([^"<>]*)"')
_SCANINFO: Final = re.compile(rb"<scaninfo\s[^>]*/>")
_HOST: Final = re.compile(rb"<host(?:\s[^>]*)?>.*?</host>", re.DOTALL)


class _Reader:
    """Holds one host at a time."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._entity
        self.begun = False
        self._depth = 0
        self._done: list[NmapHost] = []
        self._host: dict[str, str] | None = None
        self._port: dict[str, str] | None = None
        self._in_cpe = False
        self._reset()

    def take(self) -> list[NmapHost]:
        """Give the hosts that were finished since the last time."""
        done, self._done = self._done, []
        return done

    def _reset(self) -> None:
        self._addresses: list[str] = []
        self._names: list[str] = []
        self._ports: list[NmapPort] = []
        self._refused = False

    def _doctype(self, name: str, _system: str | None, _public: str | None, inner: int) -> None:
        if name != "nmaprun" or inner:
            raise NmapXmlError(problem=f"document type {clean_text(name)}")

    def _entity(self, *_: object) -> None:
        raise NmapXmlError(problem="entities")

    def _start(self, name: str, said: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NmapXmlError(problem=f"over {_DEEPEST} levels deep")
        if not self.begun:
            if name != "nmaprun":
                raise NmapXmlError(problem=f"it begins with <{clean_text(name)}>")
            self.begun = True
        elif name == "host":
            self._host = said
            self._reset()
        elif self._host is not None:
            self._inside(name, said)

    def _inside(self, name: str, said: dict[str, str]) -> None:
        if name == "address" and said.get("addrtype") in ("ipv4", "ipv6"):
            self._addresses.append(clean_text(said.get("addr", ""), 45))
        elif name == "hostname":
            self._names.append(clean_text(said.get("name", ""), 253))
        elif name == "extraports":
            self._refused = self._refused or said.get("state") == "closed"
        elif name == "port":
            self._port = {"protocol": said.get("protocol", ""), "number": said.get("portid", "")}
        elif self._port is not None:
            self._of_port(name, said, self._port)

    def _of_port(self, name: str, said: dict[str, str], port: dict[str, str]) -> None:
        if name == "state":
            port["state"], port["reason"] = said.get("state", ""), said.get("reason", "")
        elif name == "service":
            wanted = ("name", "method", "tunnel", "product", "version")
            port.update({f"service.{key}": said.get(key, "") for key in wanted})
        self._in_cpe = name == "cpe" and "cpe" not in port

    def _text(self, text: str) -> None:
        if self._in_cpe and self._port is not None:
            self._port["cpe"] = (self._port.get("cpe", "") + text)[:200]

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._in_cpe = self._in_cpe and name != "cpe"
        if name == "port" and self._port is not None:
            self._ports.append(_port(self._port))
            self._refused = self._refused or self._ports[-1].state == "closed"
            self._port = None
        elif name == "host" and self._host is not None:
            timed_out = self._host.get("timedout") == "true"
            self._done.append(
                NmapHost(
                    addresses=tuple(self._addresses),
                    names=tuple(self._names),
                    timed_out=timed_out,
                    refused=self._refused,
                    ports=tuple(self._ports),
                )
            )
            self._host = None


def _port(said: dict[str, str]) -> NmapPort:
    return NmapPort(
        protocol=clean_text(said["protocol"], 8),
        number=int(said["number"]),
        state=clean_text(said.get("state", ""), 20),
        reason=clean_text(said.get("reason", ""), 40),
        service=clean_text(said.get("service.name", ""), 60),
        probed=said.get("service.method") == "probed",
        tunnel=clean_text(said.get("service.tunnel", ""), 10),
        product=clean_text(said.get("service.product", "")),
        version=clean_text(said.get("service.version", "")),
        cpe=clean_text(said.get("cpe", "")),
    )
