"""Files that should not be readable from outside: where they lie, and how they are recognised.

An answer of 200 proves nothing: many sites answer it to everything. Only the content does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from secops.reading.http_response import Response

_MARKUP: Final = re.compile(rb"<(?:!doctype|html|head|body|div)", re.IGNORECASE)
_FULL_OF_SECRETS: Final = ("/.env", "/backup.sql")
_SHOWN_OF_OTHERS: Final = 200


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
    Exposure("env", "/.env", re.compile(rb"(?ms).{0,2000}?^(?:export )?[A-Z][A-Z0-9_]{1,60} ?=")),
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
    return success and _proof(exposure, response.body) is not None


def _proof(exposure: Exposure, body: bytes) -> bytes | None:
    found = exposure.signature.match(body[: exposure.most_bytes])
    is_page = exposure.kind != "phpinfo" and _MARKUP.search(body)
    return None if found is None or is_page else found[0]


def without_secrets(exposure: Exposure, body: bytes) -> bytes:
    """Keep as evidence what proves the find, not the passwords and people in it."""
    proof = _proof(exposure, body)
    if proof is None:
        return body if _MARKUP.search(body) else body[:_SHOWN_OF_OTHERS]
    return proof.rpartition(b"\n")[2] if exposure.path in _FULL_OF_SECRETS else proof
