"""What response headers say about care: HSTS, hardening headers, flags of session cookies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from secops.guards.text import clean_text
from secops.reading.http_response import Response

_SESSION: Final = re.compile(
    "sess|sid$|^sid|token|auth|jwt|login|passport|ticket|uid$|userid|asp.net_|cas", re.IGNORECASE
)
_MOST_COOKIES: Final = 20


def has_hsts(response: Response) -> bool:
    """Whether the browser is told to come by TLS only, for longer than no time at all."""
    found = re.search(
        r'max-age\s*=\s*"?([0-9]{1,12})', response.header("strict-transport-security")
    )
    return found is not None and int(found[1]) > 0


def missing_headers(response: Response) -> tuple[str, ...]:
    """Name the hardening headers that a page lacks; CSP's frame-ancestors counts for framing."""
    policy = response.header("content-security-policy").lower()
    lacks = {
        "csp": not policy,
        "frame-options": not response.header("x-frame-options") and "frame-ancestors" not in policy,
        "nosniff": response.header("x-content-type-options").strip().lower() != "nosniff",
        "referrer-policy": not response.header("referrer-policy"),
    }
    return tuple(name for name, lack in lacks.items() if lack)


def weak_cookies(responses: Iterable[Response]) -> str | None:
    """List session cookies without Secure or HttpOnly, as `name:secure+httponly`.

    `none` where session cookies are well kept; None where no session cookie was set.
    """
    seen: dict[str, tuple[str, ...]] = {}
    for cookie in (one for response in responses for one in response.all("set-cookie")):
        pair, *attributes = cookie.split(";")
        name = clean_text(pair.partition("=")[0], 40).replace(",", " ").replace(":", " ")
        if _SESSION.search(name) and len(seen) < _MOST_COOKIES:
            set_flags = {one.strip().lower() for one in attributes}
            seen[name] = tuple(one for one in ("secure", "httponly") if one not in set_flags)
    weak = [f"{name}:{'+'.join(flags)}" for name, flags in seen.items() if flags]
    return ",".join(weak) or ("none" if seen else None)
