"""What Redis says to PING when nobody has logged in."""

from __future__ import annotations


def redis_access(raw: bytes) -> str | None:
    """Say `open`, `asks`, empty for a Redis that refused to say; None: this is no Redis."""
    if raw.startswith(b"+PONG\r\n"):
        return "open"
    if raw.startswith((b"-NOAUTH ", b"-NOPERM ")):
        return "asks"
    return "" if raw.startswith((b"-DENIED Redis", b"-LOADING Redis", b"-MASTERDOWN")) else None


def redis_is_complete(raw: bytes) -> bool:
    """Whether the first line is there."""
    return b"\r\n" in raw
