"""Clock and id maker: arguments, so that a test can say what time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Now = Callable[[], datetime]
"""The instant, in UTC."""

NewId = Callable[[], str]
"""A new UUIDv7 as text."""
