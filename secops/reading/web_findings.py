"""Files that should not be readable from outside: where they lie, and how they are recognised.

An answer of 200 proves nothing: many sites answer it to everything. Only the content does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from secops.reading.http_response import Response

_MARKUP: Final = re.compile(rb"<(?:!doctype|html|head|body|div)", re.IGNORECASE)
_VALUE: Final = re.compile(rb"(?m)^(\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_.]{0,60}\s*=).*$")


@dataclass(frozen=True, slots=True)
class Exposure:
    """One kind of file: the name it is reported by, its path, what its content must match."""

    kind: str
    path: str
    signature: re.Pattern[bytes]
    most_bytes: int = 4096


EXPOSURES: Final = (
    Exposure("git", "/.git/HEAD", re.compile(rb"(?:ref: \S|[0-9a-f]{40}\s*$)")),
    Exposure(
        "svn", "/.svn/entries", re.compile(rb"(?:[0-9]{1,2}\r?\n|<\?xml[^>]*>\s*<wc-entries)")
    ),
    Exposure("env", "/.env", re.compile(rb"(?ms)\A(?=.{0,2000}^\s*[A-Z][A-Z0-9_]{1,60}=)")),
    Exposure("backup", "/backup.zip", re.compile(rb"PK\x03\x04")),
    Exposure("backup", "/backup.sql", re.compile(rb"(?s).{0,2000}?(?:CREATE TABLE|INSERT INTO) ")),
    Exposure(
        "phpinfo",
        "/phpinfo.php",
        re.compile(rb"(?s).{0,3000}?<title>(?:PHP [0-9.]+ - )?phpinfo\(\)"),
    ),
    Exposure("actuator", "/actuator/env", re.compile(rb'(?s)\s*\{.{0,200}"propertySources"')),
    Exposure("swagger", "/v2/api-docs", re.compile(rb'(?s)\s*\{.{0,200}"(?:swagger|openapi)"\s*:')),
)


def is_exposed(exposure: Exposure, response: Response) -> bool:
    """Whether the very file came back, not a page that says something else with status 200."""
    success = response.status == 200  # noqa: PLR2004  # the status itself is meant
    if not success or exposure.signature.match(response.body[: exposure.most_bytes]) is None:
        return False
    return exposure.kind == "phpinfo" or _MARKUP.search(response.body) is None


def without_secrets(exposure: Exposure, body: bytes) -> bytes:
    """Keep as evidence what proves the find, not the passwords in it."""
    if exposure.kind == "env":
        return _VALUE.sub(rb"\1***", body)
    return body[:16] if body.startswith(b"PK") else body
