"""Says in our words what the file system refuses: a full disk, a closed or missing folder."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from secops.errors.machine import DiskFullError
from secops.errors.store import CannotWriteError

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def says_refusals() -> Iterator[None]:
    """Turn what the system says of a file that was to be written into errors of ours."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFullError from error
        raise CannotWriteError(problem=str(error)) from error
