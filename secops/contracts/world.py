"""Clock and id maker: arguments, so that a test can say what time it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from secops.model.actor import Actor

Now = Callable[[], datetime]
"""The instant, in UTC."""

NewId = Callable[[], str]
"""A new UUIDv7 as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Who acts, at what time, with which new ids: what every operation that writes needs."""

    actor: Actor
    now: Now
    new_id: NewId
