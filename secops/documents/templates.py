"""Templates as one packed value: the unit's own files first, file by file, then those supplied.

They are packed before they are used, and kept: an old document prints again with its own template.
They run in Jinja's sandbox, since users write their own.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from secops.errors.documents import TemplateFailedError, TemplateMissingError

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


def sandbox(files: Files) -> Sandbox:
    """Make the environment in which the packed templates run; text is escaped by default."""
    sources = {
        name: content.decode("utf-8")
        for name, content in files.items()
        if not name.endswith(".docx")
    }
    environment = Sandbox(
        loader=DictLoader(sources),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    allowed = {name: one for name, one in environment.filters.items() if name in FILTERS}
    environment.filters.clear()
    environment.filters.update(allowed)
    return environment


def guarded(name: str, fill: Callable[[], str]) -> str:
    """Fill a template; what is wrong with it is said by name and line."""
    try:
        return fill()
    except TemplateNotFound as error:
        raise TemplateMissingError(name=str(error.name)) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, OverflowError) as error:
        line = getattr(error, "lineno", None)
        place = f"{getattr(error, 'name', None) or name}:{line}" if line else name
        raise TemplateFailedError(name=place, problem=str(error)) from error
