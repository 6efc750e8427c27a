"""What memcached says to `version` when nobody has logged in."""

from __future__ import annotations


def memcached_access(raw: bytes) -> str | None:
    """Say `open` or `asks`; None: this is no memcached."""
    if raw.startswith(b"VERSION ") and b"\r\n" in raw:
        return "open"
    return "asks" if raw.startswith(b"CLIENT_ERROR unauthenticated") else None
