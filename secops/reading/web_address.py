"""Where a link or a redirect leads: the few parts of a web address that probes need."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from secops.guards.hosts import LAST_PORT

_ABSOLUTE: Final = re.compile(
    r"(?:(https?):)?//(?:[^/?#@]*@)?(\[[0-9A-Fa-f:.]{2,45}\]|[^/?#:@\s\[\]\\]{1,253})(?::([0-9]{1,5}))?"
    r"([/?][^#]*)?(?:#.*)?",
    re.IGNORECASE,
)
_OTHER_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]{0,20}:", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443}
_MOST: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """A page: scheme http or https, host without brackets, port, path with query."""

    scheme: str
    host: str
    port: int
    path: str = "/"

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}"

    def lead_to(self, link: str) -> WebAddress | None:
        """Follow a link as written on this page; None: it leads nowhere that we go."""
        link = link.strip()
        if len(link) > _MOST or any(sign <= " " or sign == "\x7f" for sign in link):
            return None
        absolute = _ABSOLUTE.fullmatch(link)
        if absolute:
            return self._absolute(absolute)
        if _OTHER_SCHEME.match(link) or link.startswith("//"):
            return None
        return self.page(self._beside(link.partition("#")[0]))

    def _absolute(self, found: re.Match[str]) -> WebAddress | None:
        scheme = (found[1] or self.scheme).lower()
        port = int(found[3] or _PORTS[scheme])
        path = found[4] or "/"
        if not 0 < port <= LAST_PORT:
            return None
        path = path if path.startswith("/") else "/" + path
        return WebAddress(scheme=scheme, host=found[2].strip("[]").lower(), port=port, path=path)

    def page(self, path: str) -> WebAddress:
        """Give another page of the same site."""
        return WebAddress(scheme=self.scheme, host=self.host, port=self.port, path=path)

    def _beside(self, link: str) -> str:
        base = self.path.partition("?")[0]
        if not link:
            return self.path
        if link.startswith("?"):
            return base + link
        whole, mark, query = link.partition("?")
        joined = whole if whole.startswith("/") else base.rpartition("/")[0] + "/" + whole
        return _without_dots(joined) + mark + query


def read_address(text: str) -> WebAddress | None:
    """Read an address as `str` writes it."""
    found = _ABSOLUTE.fullmatch(text[:_MOST])
    return WebAddress(scheme="http", host="", port=80).lead_to(text) if found else None


def _without_dots(path: str) -> str:
    kept: list[str] = []
    *folders, last = path.split("/")[1:]
    for one in folders:
        if one == ".." and kept:
            kept.pop()
        elif one not in (".", ".."):
            kept.append(one)
    return "/" + "".join(f"{one}/" for one in kept) + ("" if last in (".", "..") else last)
