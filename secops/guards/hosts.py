"""Hosts named by people and strangers: an address literal or a plain host name, nothing else.

What only looks like an address (`127.1`, `0x7f000001`, `2130706433`, full-width digits) is refused:
resolvers read it as an address, people do not. So is what a program would take for an option.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_NUMERIC: Final = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_MOST = 253
_PORTS: Final = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?", re.ASCII)
LAST_PORT: Final = 65_535


def literal_of(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address literal; IPv4 mapped into IPv6 becomes plain IPv4, zones are refused."""
    if "%" in text:
        return None
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def name_of(text: str) -> str | None:
    """Read a host name, in the ASCII form that goes over the wire; None: it is none."""
    try:
        name = text.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = name.split(".")
    plain = all(_LABEL.fullmatch(one) for one in labels)
    if not plain or len(name) > _MOST or _NUMERIC.fullmatch(labels[-1]):
        return None
    return name


def host_of(text: str) -> str | None:
    """Give address or name in one spelling; None: neither, and nothing may be sent there."""
    literal = literal_of(text.strip("[]") if text.startswith("[") else text)
    return str(literal) if literal else name_of(text)


def port_ranges(parts: Iterable[str]) -> Iterator[tuple[int, int] | str]:
    """Read ports and ranges such as `8000-8100`, both ends included; what is neither comes back."""
    for part in parts:
        found = _PORTS.fullmatch(part)
        low, high = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        yield (low, high) if 0 < low <= high <= LAST_PORT else part
