"""Says a full disk in our words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from secops.errors.store import StoreFullError, StoreReadOnlyError

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def says_full() -> Iterator[None]:
    """Turn "no space left" and "not permitted" into errors of ours."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StoreFullError from error
        if error.errno in _CLOSED:
            raise StoreReadOnlyError(problem=str(error)) from error
        raise
