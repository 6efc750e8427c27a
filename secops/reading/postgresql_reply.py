"""What PostgreSQL answers before a login: whether it offers TLS, whether it asks who we are."""

from __future__ import annotations

import struct
from typing import Final

TLS_REQUEST: Final = struct.pack(">II", 8, 80877103)
_PARAMETERS: Final = (
    b"user\x00postgres\x00database\x00postgres\x00application_name\x00secops\x00\x00"
)
STARTUP: Final = struct.pack(">II", 8 + len(_PARAMETERS), 196608) + _PARAMETERS
"""Protocol 3.0 as user and database `postgres`; no password is ever sent."""

_AUTHENTICATION: Final = b"R"
_LENGTHS: Final = range(8, 8192)


def postgresql_tls(raw: bytes) -> str | None:
    """Say `offered` or `refused`; None: this is no answer of PostgreSQL."""
    return {b"S": "offered", b"N": "refused"}.get(raw)


def postgresql_access(raw: bytes) -> str | None:
    """Say `open`, `asks`, empty for a PostgreSQL that turned us away; None: it is none."""
    if len(raw) < 9:  # noqa: PLR2004  # kind, length, and the first field
        return None
    length, code = struct.unpack_from(">II", raw, 1)
    if length not in _LENGTHS:
        return None
    if raw.startswith(_AUTHENTICATION):
        return "asks" if code else "open"
    return "" if raw.startswith(b"E") and raw[5:6] == b"S" else None


def postgresql_is_complete(raw: bytes) -> bool:
    """Whether the first message is there."""
    return len(raw) >= 9 and len(raw) > int.from_bytes(raw[1:5], "big")  # noqa: PLR2004
