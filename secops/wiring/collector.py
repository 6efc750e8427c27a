"""Keeps Python's cycle collector out of work on very many live values."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector from walking millions of live cells again and again.

    Rows and records hold no cycles; without this a large import or check spends a fifth of its time
    there. What is alive at the end counts as old at once, so that waking it costs no walk either.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.freeze()  # moves all to the oldest generation …
            gc.unfreeze()  # … where it is collected as ever
            gc.enable()
