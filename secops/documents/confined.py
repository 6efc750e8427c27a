"""Fills templates that are not ours, in a child program with limits on time, memory and output.

The sandbox keeps a template from reaching out; the limits keep it from going on for ever. The child
says what it failed at as a record; only what it printed whole is used.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Final

from secops.documents.fonts import Fonts
from secops.errors import SecopsError
from secops.errors.documents import (
    FontsMissingError,
    NoLimitsError,
    PangoMissingError,
    TemplateFailedError,
    TemplateMissingError,
    TemplateTooGreedyError,
)
from secops.model.document import DocumentFormat

FAILED: Final = 3
_ERRORS: Final[Mapping[str, type[SecopsError]]] = {
    one.code: one
    for one in (
        TemplateFailedError,
        TemplateMissingError,
        TemplateTooGreedyError,
        PangoMissingError,
        FontsMissingError,
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may use; a report of a thousand pages needs about half of it."""

    filling: int = 30  # seconds of the processor
    printing: int = 180  # as above, with the layout of the pages
    memory: int = 1536  # MiB
    output: int = 256  # MiB


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the child is asked for: one line of JSON on its standard input."""

    kind: str
    fmt: DocumentFormat
    context: bytes
    template: bytes
    fonts: Fonts
    limits: Limits

    def write(self) -> bytes:
        """Write the line."""
        limits = self.limits
        said = {
            "kind": self.kind,
            "format": self.fmt.value,
            "context": base64.b64encode(self.context).decode(),
            "template": base64.b64encode(self.template).decode(),
            "fonts": [str(one) for one in self.fonts.folders],
            "cache": str(self.fonts.cache),
            "limits": [limits.filling, limits.printing, limits.memory, limits.output],
        }
        return json.dumps(said).encode()

    @classmethod
    def read(cls, line: bytes) -> Request:
        """Read the line."""
        said = json.loads(line)
        filling, printing, memory, output = said["limits"]
        return cls(
            kind=said["kind"],
            fmt=DocumentFormat(said["format"]),
            context=base64.b64decode(said["context"]),
            template=base64.b64decode(said["template"]),
            fonts=Fonts(tuple(map(Path, said["fonts"])), Path(said["cache"])),
            limits=Limits(filling=filling, printing=printing, memory=memory, output=output),
        )


def print_confined(request: Request) -> bytes:
    """Print in a child; raises as `fill` and `finish`, TemplateTooGreedyError and NoLimitsError."""
    if find_spec("resource") is None:
        raise NoLimitsError(name=request.kind)
    with tempfile.TemporaryFile() as printed:
        code, told = _run(request, printed)
        if code == 0:
            printed.seek(0)
            return printed.read()
    if code == FAILED:
        said = json.loads(told)
        raise _ERRORS[said["code"]](**said["details"])
    if code < 0:  # ended by the limit itself, which leaves it no time to say where it was
        limit = f"CPU {request.limits.printing} s, RAM {request.limits.memory} MB"
        raise TemplateTooGreedyError(name=request.kind, limit=limit)
    raise RuntimeError(told.decode(errors="replace"))


def _run(request: Request, printed: IO[bytes]) -> tuple[int, bytes]:
    try:
        ran = subprocess.run(  # our own module; -P: not one of the current folder
            [sys.executable, "-P", "-m", "secops.documents.child"],
            input=request.write(),
            stdout=printed,
            stderr=subprocess.PIPE,
            timeout=4 * request.limits.printing,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, b""
    return ran.returncode, ran.stderr
