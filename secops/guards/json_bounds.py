"""Bounds against hostile JSON: size, depth, keys twice, numbers that are none, halves of signs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, NoReturn

from secops.errors import msgid

_OPENING: Final = frozenset(b"[{")
_CLOSING: Final = frozenset(b"]}")
_QUOTE, _ESCAPE = ord('"'), ord("\\")


class UnsafeJsonError(Exception):
    """`problem` is a msgid that says what the text does."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonBounds:
    """How much one text may hold."""

    most_bytes: int = 10 * 1024 * 1024
    deepest: int = 20


def bounded_json(content: bytes, bounds: JsonBounds) -> object:
    """Read one JSON value; raises UnsafeJsonError."""
    if len(content) > bounds.most_bytes:
        raise UnsafeJsonError(msgid("it is larger than any file of its kind"))
    if _depth(content) > bounds.deepest:
        raise UnsafeJsonError(msgid("it is nested too deeply"))
    try:
        text = content.decode("utf-8")
        value: object = json.loads(
            text, object_pairs_hook=_without_repeats, parse_constant=_no_number
        )
        json.dumps(value, ensure_ascii=False).encode()  # escapes may hide halves of signs
    except UnicodeError as error:
        raise UnsafeJsonError(msgid("it is no UTF-8 text")) from error
    except (ValueError, RecursionError) as error:
        raise UnsafeJsonError(msgid("it is no JSON")) from error
    return value


def _depth(content: bytes) -> int:
    deepest = depth = 0
    quoted = escaped = False
    for one in content:
        if quoted:
            quoted = escaped or one != _QUOTE
            escaped = not escaped and one == _ESCAPE
        elif one == _QUOTE:
            quoted = True
        elif one in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif one in _CLOSING:
            depth -= 1
    return deepest


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise UnsafeJsonError(msgid("a key stands in it twice"))
    return found


def _no_number(text: str) -> NoReturn:
    del text
    raise UnsafeJsonError(msgid("it holds a number that is none"))
