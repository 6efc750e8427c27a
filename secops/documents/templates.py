"""Templates as one packed value: the unit's own files first, file by file, then those supplied.

They are packed before they are used, and kept: an old document prints again with its own template.
They run in Jinja's sandbox, since users write their own.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from secops.errors.documents import (
    TemplateFailedError,
    TemplateMissingError,
    TemplateTooGreedyError,
)

SHARED = "shared"
_MOST = 10**9
_MOST_TEXT = 1000
FILTERS = frozenset(
    {
        "abs",
        "batch",
        "count",
        "d",
        "default",
        "e",
        "escape",
        "first",
        "float",
        "groupby",
        "int",
        "join",
        "last",
        "length",
        "list",
        "lower",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "replace",
        "round",
        "select",
        "selectattr",
        "slice",
        "sort",
        "sum",
        "trim",
        "unique",
        "upper",
    }
)

Files = Mapping[str, bytes]


def pack(kind: str, folders: tuple[Path, ...]) -> bytes:
    """Pack the files of one kind and the shared ones; the first folder that has a file wins."""
    files: dict[str, bytes] = {}
    for folder in reversed(folders):
        for part in (SHARED, kind):
            for path in sorted((folder / part).rglob("*")):
                inside = path.resolve().is_relative_to(folder.resolve())
                if path.is_file() and inside and not path.name.startswith((".", "~")):
                    files[path.relative_to(folder).as_posix()] = path.read_bytes()
    packed = {name: base64.b64encode(files[name]).decode() for name in sorted(files)}
    return json.dumps({"kind": kind, "files": packed}, sort_keys=True, indent=0).encode()


def unpack(packed: bytes) -> dict[str, bytes]:
    """Read what `pack` wrote."""
    return {
        name: base64.b64decode(content) for name, content in json.loads(packed)["files"].items()
    }


class Sandbox(ImmutableSandboxedEnvironment):
    """Refuses arithmetic that would eat memory or time, and filters that give a way around."""

    intercepted_binops = frozenset(["*", "**", "%", "//"])

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401  # Jinja's own signature
        """Allow small numbers, and text repeated a few times."""
        if operator == "**" or (operator == "%" and isinstance(left, (str, bytes))):
            raise SecurityError(operator)
        if operator == "*" and not _harmless(left, right):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


def _harmless(left: object, right: object) -> bool:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, str):
            return isinstance(other, int) and len(one) * max(other, 0) <= _MOST_TEXT
    numbers = [one for one in (left, right) if isinstance(one, (int, float))]
    return len(numbers) == 2 and all(abs(one) <= _MOST for one in numbers)  # noqa: PLR2004  # both


class OutOfTimeError(Exception):
    """Raised in the child program of `confined` wherever it is when its time is up."""


def sandbox(files: Files) -> Sandbox:
    """Make the environment in which the packed templates run; text is escaped by default."""

    def load(name: str) -> tuple[str, str, None] | None:
        """Give the source, and the name as a file name, so that a failure has a line."""
        if name not in files or name.endswith(".docx"):
            return None
        try:
            return files[name].decode("utf-8"), name, None
        except UnicodeDecodeError as error:
            line = files[name].count(b"\n", 0, error.start) + 1
            problem = f"{error.reason}: UTF-8"
            raise TemplateSyntaxError(problem, line, name) from error

    environment = Sandbox(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    allowed = {name: one for name, one in environment.filters.items() if name in FILTERS}
    environment.filters.clear()
    environment.filters.update(allowed)
    return environment


def guarded(name: str, files: Files, fill: Callable[[], str]) -> str:
    """Fill a template; what is wrong with it is said by name and line."""
    try:
        return fill()
    except TemplateNotFound as error:
        raise TemplateMissingError(name=str(error.name)) from error
    except OutOfTimeError as error:
        raise TemplateTooGreedyError(name=_place(error, name, files), limit="CPU") from error
    except MemoryError as error:
        raise TemplateTooGreedyError(name=_place(error, name, files), limit="RAM") from error
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        problem = str(error) or type(error).__name__
        raise TemplateFailedError(name=_place(error, name, files), problem=problem) from error


def _place(error: Exception, name: str, files: Files) -> str:
    """Name the innermost line of a template that was being filled."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or name}:{error.lineno}"
    found = [
        (frame.tb_frame.f_code.co_filename, frame.tb_lineno)
        for frame in _frames(error)
        if frame.tb_frame.f_code.co_filename in files
    ]
    return f"{found[-1][0]}:{found[-1][1]}" if found else name


def _frames(error: Exception) -> Iterator[TracebackType]:
    frame = error.__traceback__
    while frame:
        yield frame
        frame = frame.tb_next
