"""The child program of `confined`: limits itself, prints, or says what failed."""

from __future__ import annotations

import json
import resource
import signal
import sys
from typing import Final

from secops.documents.confined import FAILED, Request
from secops.documents.filling import fill, finish
from secops.documents.templates import OutOfTimeError
from secops.errors import SecopsError
from secops.errors.documents import TemplateTooGreedyError

_MIB: Final = 1 << 20
_GRACE: Final = 5  # seconds to say where it was


def _limit(request: Request) -> None:
    limits = request.limits
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory * _MIB, limits.memory * _MIB))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.output * _MIB, limits.output * _MIB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXCPU, _out_of_time)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.filling, limits.printing + _GRACE))


def _out_of_time(*_: object) -> None:
    raise OutOfTimeError


def _print(request: Request) -> bytes:
    limits = request.limits
    try:
        filled = fill(request.kind, request.fmt, request.context, request.template)
        resource.setrlimit(resource.RLIMIT_CPU, (limits.printing, limits.printing + _GRACE))
        printed = finish(request.fmt, filled, request.context, request.fonts)
    except OutOfTimeError:
        raise TemplateTooGreedyError(name=request.kind, limit=f"CPU {limits.printing} s") from None
    except MemoryError:
        raise TemplateTooGreedyError(name=request.kind, limit=f"RAM {limits.memory} MB") from None
    if len(printed) > limits.output * _MIB:
        limit = f"{request.fmt.value} {limits.output} MB"
        raise TemplateTooGreedyError(name=request.kind, limit=limit)
    return printed


def main() -> int:
    """Print one report."""
    request = Request.read(sys.stdin.buffer.read())
    _limit(request)
    try:
        printed = _print(request)
    except SecopsError as error:
        sys.stderr.write(json.dumps({"code": error.code, "details": error.details}))
        return FAILED
    sys.stdout.buffer.write(printed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
