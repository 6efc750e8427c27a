"""Services told by the first thing they say, whoever they say it to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from secops.guards.text import clean_text

_PATTERNS: Final = (
    # service, pattern; groups `product` and `version` where the greeting names them
    (
        "ssh",
        re.compile(rb"SSH-[12]\.[0-9]{1,2}-(?P<product>[A-Za-z]+)?_?(?P<version>[0-9][\w.]*)?"),
    ),
    ("http", re.compile(rb"HTTP/1\.[01] [1-5][0-9]{2}")),
    ("mysql", re.compile(rb"(?s)..\x00\x00\x0a(?P<version>[0-9][ -~]{1,60})\x00")),
    ("mysql", re.compile(rb"(?s)..\x00\x00\xff..(?:Host|Too many|#[0-9A-Z]{5})")),
    ("smtp", re.compile(rb"220[ -][^\r\n]{0,200}\b(?:E?SMTP)\b")),
    (
        "ftp",
        re.compile(
            rb"220[ -][^\r\n]{0,200}?(?:\(?(?P<product>vsFTPd|ProFTPD) (?P<version>[\w.]+))"
        ),
    ),
    ("ftp", re.compile(rb"(?i)220[ -][^\r\n]{0,200}\bftp\b")),
    ("pop3", re.compile(rb"\+OK [^\r\n]{0,200}\b(?:POP3?|Dovecot)\b", re.IGNORECASE)),
    ("imap", re.compile(rb"\* OK [^\r\n]{0,300}IMAP", re.IGNORECASE)),
    ("vnc", re.compile(rb"RFB 00[0-9]\.00[0-9]\n")),
    ("telnet", re.compile(rb"(?s)\xff[\xfb-\xfe].")),
    ("memcached", re.compile(rb"VERSION (?P<version>[0-9][\w.-]{0,30})\r\n|ERROR\r\n$")),
    (
        "redis",
        re.compile(rb"\+PONG\r\n|-NOAUTH |-ERR unknown command|-ERR wrong number|-DENIED Redis"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """A recognised service; product and version only where they were said."""

    service: str
    product: str = ""
    version: str = ""


def read_greeting(raw: bytes) -> Greeting | None:
    """Recognise a service by how it begins; None: not one we know."""
    for service, pattern in _PATTERNS:
        found = pattern.match(raw[:1024])
        if found:
            said = found.groupdict()
            product, version = (
                clean_text(said.get(key) or b"", 60) for key in ("product", "version")
            )
            return Greeting(service=service, product=product, version=version)
    return None


def greeting_is_complete(raw: bytes) -> bool:
    """Whether a known service has finished its first line, or a stranger one of some length."""
    known = read_greeting(raw)
    if known is None:
        return raw.endswith(b"\n") and len(raw) > 2  # noqa: PLR2004  # more than a line's end
    return known.service in ("mysql", "telnet") or b"\n" in raw
