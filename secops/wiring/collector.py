"""Keeps Python's cycle collector out of work on very many live values."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector from walking millions of live cells again and again.

    Rows and records hold no cycles; without this a large import or check spends a fifth of its time
    there.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
