"""One HTTP response: as the wire gave it, as evidence keeps it, as the readers ask for it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_HEAD: Final = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: |\r?$)", re.MULTILINE)
_META: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
_META_WITHIN: Final = 4096
_MOST_HEADERS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Status, headers with lower-case names in the order they came, body after decoding."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """Give the first header of a name, or nothing."""
        return next((value for key, value in self.headers if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Give every header of a name."""
        return tuple(value for key, value in self.headers if key == name)

    def text(self) -> str:
        """Decode the body: mark, then header, then meta, then a try of UTF-8, then GB 18030.

        Where valid UTF-8 bytes and the header disagree, the bytes are believed.
        """
        for mark, name in _MARKS:
            if self.body.startswith(mark):
                return self.body[len(mark) :].decode(name, "replace")
        if not self.body.isascii() and _is_utf8(self.body):
            return self.body.decode("utf-8", "replace")
        named = _CHARSET.search(self.header("content-type"))
        meta = _META.search(self.body[:_META_WITHIN])
        told = named[1] if named else meta[1].decode("ascii") if meta else "gb18030"
        return self.body.decode(_codec(told), "replace")


def _is_utf8(body: bytes) -> bool:
    try:  # a body that was cut may end within a character
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


def _codec(name: str) -> str:
    """Give a text codec that can be asked for by this name; others are read as GB 18030."""
    wider = _WIDER.get(name.lower(), name.lower())
    safe = re.fullmatch("(?:utf-?(?:8|16)|gb18030|big5|iso-?8859-?[0-9]+|windows-?125[0-9])", wider)
    try:
        return codecs.lookup(wider).name if safe else "gb18030"
    except LookupError:
        return "gb18030"


def write_response(status: int, headers: Sequence[tuple[str, str]], body: bytes) -> bytes:
    """Write it down as it could have come over the network, for the evidence."""
    lines = [f"HTTP/1.1 {status} "]
    lines += [f"{name}: {value}" for name, value in headers]
    head = "\r\n".join(" ".join(line.splitlines()) for line in lines)
    return head.encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


def read_response(raw: bytes) -> Response | None:
    """Read a response; None: these bytes are none."""
    found = _HEAD.match(raw)
    if found is None:
        return None
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").split("\r\n")[1 : _MOST_HEADERS + 1]
    pairs = (line.partition(":") for line in lines)
    headers = tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
    return Response(status=int(found[1]), headers=headers, body=body)
