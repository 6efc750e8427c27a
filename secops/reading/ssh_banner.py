"""What an SSH server says before anybody logs in: its version line and the algorithms it offers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile(rb"SSH-(1\.99|2\.0|1\.[0-9]{1,2})-[^\r\n]{0,250}\r?\n")
_KEXINIT: Final = 20
_NAMES_AT: Final = 22
_LISTS: Final = 8  # key exchange, host keys, ciphers and MACs both ways, compression both ways
_WEAK: Final = re.compile(
    "diffie-hellman-group1-.*|.*-cbc(?:@.*)?|arcfour.*|.*hmac-md5.*|ssh-dss.*|none|des.*|umac-32.*"
)
_MOST_NAMES: Final = 500
_MOST_LISTED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SshGreeting:
    """Protocol 2.0, 1.99 (old and new) or 1.x; `weak` is None where no list was sent."""

    protocol: str
    weak: tuple[str, ...] | None


def read_ssh(raw: bytes) -> SshGreeting | None:
    """Read greeting and offer; lines before the version line are allowed by RFC 4253."""
    found = _LINE.search(raw[:8192])
    if found is None or (found.start() and raw[found.start() - 1] != ord("\n")):
        return None
    told = found[1].decode()
    protocol = told if told in ("2.0", "1.99") else "1.x"
    return SshGreeting(protocol=protocol, weak=_weak(raw[found.end() :]))


def _weak(packets: bytes) -> tuple[str, ...] | None:
    body = _kexinit(packets)
    if body is None:
        return None
    lists = list(_name_lists(body))
    if len(lists) < _LISTS:
        return None
    # Host keys and ciphers; the compression lists carry a harmless `none`.
    names = dict.fromkeys(name for one in lists[:6] for name in one)
    return tuple(name for name in names if _WEAK.fullmatch(name))[:_MOST_LISTED]


def _kexinit(packets: bytes) -> bytes | None:
    """Give the first packet's names: length, padding, number, 16 random bytes come before."""
    length = int.from_bytes(packets[:4], "big")
    complete = _NAMES_AT <= length <= len(packets) - 4
    return packets[_NAMES_AT : 4 + length] if complete and packets[5] == _KEXINIT else None


def _name_lists(body: bytes) -> Iterator[tuple[str, ...]]:
    at = 0
    for _ in range(_LISTS):
        length = int.from_bytes(body[at : at + 4], "big")
        if at + 4 > len(body) or at + 4 + length > len(body):
            return
        names = body[at + 4 : at + 4 + length].decode("ascii", "replace").split(",")
        yield tuple(names[:_MOST_NAMES])
        at += 4 + length


def ssh_is_complete(raw: bytes) -> bool:
    """Whether greeting and offer are there, or something that will never be SSH."""
    greeting = read_ssh(raw)
    if greeting is None:
        return len(raw) > 8192  # noqa: PLR2004  # the greeting is looked for up to there
    return greeting.weak is not None or greeting.protocol == "1.x"
