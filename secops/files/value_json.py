"""Frozen values as JSON and back, by the types of their fields; nothing else can be built.

What JSON says is made by the values' own constructors, so every rule that they carry is asked.
`shape` tells the types apart: JSON of one shape is never read as another.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from types import NoneType, UnionType
from typing import (
    Any,
    Final,
    Generic,
    NewType,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

T = TypeVar("T")
Json = None | bool | int | str | list["Json"]


class OtherShapeError(ValueError):
    """The JSON is not of the shape that is wanted."""


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How values of one type are written and read."""

    shape: str
    write: Callable[[T], Json]
    read: Callable[[Json], T]


def codec_of(kind: object, known: dict[object, Codec[Any]] | None = None) -> Codec[Any]:
    """Give the codec of a type; raises TypeError for one that no value of ours is of."""
    known = {} if known is None else known
    while isinstance(kind, NewType):
        kind = kind.__supertype__
    if kind not in known:
        known[kind] = _made(kind, known)
    return known[kind]


def _made(kind: Any, known: dict[object, Codec[Any]]) -> Codec[Any]:  # noqa: ANN401  # a type form
    if kind in _PLAIN:
        return _PLAIN[kind]
    if get_origin(kind) is not None:
        return _composed(get_origin(kind), get_args(kind), known)
    if isinstance(kind, UnionType):
        return _one_of(get_args(kind), known)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _named(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return _fielded(kind, {one.name: codec_of(hints[one.name], known) for one in fields(kind)})
    raise TypeError(kind)


def _composed(
    origin: object, within: tuple[Any, ...], known: dict[object, Codec[Any]]
) -> Codec[Any]:
    if origin in (Union, UnionType):
        return _one_of(within, known)
    if origin is tuple and within[-1] is Ellipsis:
        return _many(codec_of(within[0], known))
    if origin is tuple:
        return _row([codec_of(one, known) for one in within])
    if origin in (dict, Mapping) and within[0] is str:
        return _pairs(codec_of(within[1], known))
    raise TypeError(origin)


def _plain(kind: type, write: Callable[[Any], Json], read: Callable[[Any], Any]) -> Codec[Any]:
    return Codec(kind.__name__, write, read)


def _same(kind: type) -> Codec[Any]:
    def read(raw: Json) -> Json:
        if type(raw) is not kind:
            raise OtherShapeError
        return raw

    return Codec(kind.__name__, lambda value: value, read)


def _unpacked(raw: str) -> bytes:
    return base64.b64decode(raw, validate=True)


_PLAIN: Final[dict[object, Codec[Any]]] = {
    **{kind: _same(kind) for kind in (bool, int, str)},
    bytes: _plain(bytes, lambda it: base64.b64encode(it).decode("ascii"), _unpacked),
    date: _plain(date, date.isoformat, date.fromisoformat),
    Fraction: _plain(Fraction, str, Fraction),
}


def _listed(raw: Json, length: int | None = None) -> list[Json]:
    if not isinstance(raw, list) or length not in (None, len(raw)):
        raise OtherShapeError
    return raw


def _named(kind: type[Enum]) -> Codec[Any]:
    members = dict(kind.__members__)
    shape = f"{kind.__qualname__}[{','.join(members)}]"
    return Codec(shape, lambda value: str(value.name), lambda raw: members[str(raw)])


def _many(each: Codec[Any]) -> Codec[Any]:
    return Codec(
        f"({each.shape}…)",
        lambda value: [each.write(one) for one in value],
        lambda raw: tuple([each.read(one) for one in _listed(raw)]),
    )


def _row(cells: list[Codec[Any]]) -> Codec[Any]:
    return Codec(
        f"({','.join(one.shape for one in cells)})",
        lambda value: [cell.write(one) for cell, one in zip(cells, value, strict=True)],
        lambda raw: tuple([cell.read(one) for cell, one in zip(cells, _listed(raw), strict=True)]),
    )


def _pairs(each: Codec[Any]) -> Codec[Any]:
    pair = _row([_PLAIN[str], each])
    return Codec(
        f"{{{each.shape}}}",
        lambda value: [pair.write(one) for one in value.items()],
        lambda raw: dict(pair.read(one) for one in _listed(raw)),
    )


def _one_of(kinds: tuple[Any, ...], known: dict[object, Codec[Any]]) -> Codec[Any]:
    """Write which of the types it is, and the value; nothing is null."""
    some = [(kind, codec_of(kind, known)) for kind in kinds if kind is not NoneType]
    nothing = len(some) < len(kinds)

    def write(value: object) -> Json:
        if value is None:
            return None
        at = next(at for at, (kind, _) in enumerate(some) if type(value) is kind)
        return [at, some[at][1].write(value)]

    def read(raw: Json) -> object:
        if raw is None and nothing:
            return None
        at, written = _listed(raw, 2)
        if not isinstance(at, int) or not 0 <= at < len(some):
            raise OtherShapeError
        return some[at][1].read(written)

    shape = "|".join([*(codec.shape for _, codec in some), *["null"] * nothing])
    return Codec(shape, write, read)


def _fielded(kind: type[Any], codecs: dict[str, Codec[Any]]) -> Codec[Any]:
    said = ",".join(f"{name}:{codec.shape}" for name, codec in codecs.items())
    writers = [(name, codec.write) for name, codec in codecs.items()]
    readers = [(name, codec.read) for name, codec in codecs.items()]
    length = len(readers)

    def read(raw: Json) -> object:
        listed = _listed(raw, length)
        return kind(
            **{name: read_one(one) for (name, read_one), one in zip(readers, listed, strict=True)}
        )

    return Codec(
        f"{kind.__qualname__}({said})",
        lambda value: [write(getattr(value, name)) for name, write in writers],
        read,
    )
