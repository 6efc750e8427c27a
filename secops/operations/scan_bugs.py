"""A scanner's own exception, kept as text: a bug must look like a bug, and end nothing else."""

from __future__ import annotations

import traceback

_MOST = 4_000


def bug_of() -> str:
    """Give the traceback that is being handled, its end if it is long."""
    return traceback.format_exc()[-_MOST:]
