"""One way for the inventory's data: a frozen value <-> flat cells, worked out from its own types.

`Grading.business_information` of a system is the cell `grading.business_information`. YAML, Excel,
the store, previews and history all speak in these cells, so a field is declared once: in its class.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum, IntEnum, unique
from functools import cache
from operator import attrgetter
from typing import Any, Final, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from secops.errors import MissingKeyError, WrongChoiceError, WrongValueError, msgid

Cell = str | int | bool | Decimal | date | tuple[str, ...] | None
"""What may stand in one cell. Enumerations are their member's name in lower case."""

EMPTY: Final[tuple[Cell, ...]] = (None, "", ())
"""What a cell holds where nobody said anything: it is not stored, shown or compared."""

T = TypeVar("T")


@unique
class CellKind(Enum):
    """What a cell must hold."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"
    LEVEL = "level"
    REFERENCE = "reference"


WANTED = {
    CellKind.TEXT: msgid("text"),
    CellKind.INTEGER: msgid("a whole number"),
    CellKind.DECIMAL: msgid("a number"),
    CellKind.BOOLEAN: msgid("yes or no"),
    CellKind.DATE: msgid("a date such as 2026-03-01"),
    CellKind.CHOICE: msgid("one of the list"),
    CellKind.LEVEL: msgid("a level from 1 to 5"),
    CellKind.REFERENCE: msgid("the name or number of an entry"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One cell of a record."""

    path: str
    kind: CellKind
    many: bool
    required: bool
    enum: type[Enum] | None = None
    refers: str = ""  # for references: the kind of record, such as `unit`

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that may stand there."""
        return tuple(member.name.lower() for member in self.enum) if self.enum else ()


def _bare(hint: Any) -> Any:  # noqa: ANN401  # a type hint has no better type
    """Drop `| None`: an empty cell stands for it."""
    if get_origin(hint) in (Union, types.UnionType):
        (only,) = [one for one in get_args(hint) if one is not type(None)]
        return only
    return hint


def _one(path: str, hint: Any, *, many: bool, required: bool) -> Field:  # noqa: ANN401  # as above
    enum, refers = None, ""
    if isinstance(hint, NewType):
        kind = CellKind.REFERENCE
        refers = _snake(hint.__name__.removesuffix("Id"))
    elif issubclass(hint, IntEnum):
        kind, enum = CellKind.LEVEL, hint
    elif issubclass(hint, Enum):
        kind, enum = CellKind.CHOICE, hint
    else:
        kind = _PLAIN[hint]
    return Field(path=path, kind=kind, many=many, required=required, enum=enum, refers=refers)


_PLAIN = {
    str: CellKind.TEXT,
    int: CellKind.INTEGER,
    bool: CellKind.BOOLEAN,
    Decimal: CellKind.DECIMAL,
    date: CellKind.DATE,
}


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


@cache
def fields_of(kind: Any) -> tuple[Field, ...]:  # noqa: ANN401  # see _getter
    """Give all cells of a record class, in the order in which they are declared."""
    hints = get_type_hints(kind)
    found: list[Field] = []
    for one in fields(kind):
        hint = _bare(hints[one.name])
        if is_dataclass(hint) and isinstance(hint, type):
            within = fields_of(hint)
            found += [_inside(one.name, inner) for inner in within]
            continue
        many = get_origin(hint) is tuple
        required = one.default is MISSING and one.default_factory is MISSING
        inner = get_args(hint)[0] if many else hint
        found.append(_one(one.name, inner, many=many, required=required))
    return tuple(found)


def _inside(group: str, inner: Field) -> Field:
    return Field(
        path=f"{group}.{inner.path}",
        kind=inner.kind,
        many=inner.many,
        required=inner.required,
        enum=inner.enum,
        refers=inner.refers,
    )


@cache
def _word(member: Enum) -> Cell:
    return int(member) if isinstance(member, IntEnum) else member.name.lower()


def _out(value: object) -> Cell:
    if isinstance(value, Enum):
        return _word(value)
    if isinstance(value, tuple):
        return tuple([str(_word(one) if isinstance(one, Enum) else one) for one in value])
    return value  # type: ignore[return-value]  # what is left is a cell by the class's own types


@cache
def _getter(kind: Any) -> Callable[[object], tuple[object, ...]]:  # noqa: ANN401  # a class; mypy holds `type` for not hashable
    """Give what reads all cells of a record at once; in C, since imports spend their time here."""
    return attrgetter(*(one.path for one in fields_of(kind)))


@cache
def _spoken(kind: Any) -> frozenset[str]:  # noqa: ANN401  # as above
    """Name the cells whose value is not a cell as it stands: enumerations and lists."""
    return frozenset(one.path for one in fields_of(kind) if one.many or one.enum)


@cache
def _paths(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  # as above
    return tuple(one.path for one in fields_of(kind))


def to_cells(value: object) -> dict[str, Cell]:
    """Flatten a record; the inverse of `from_cells`."""
    kind: Any = type(value)
    cells: dict[str, Any] = dict(zip(_paths(kind), _getter(kind)(value), strict=True))
    for path in _spoken(kind):
        if cells[path]:
            cells[path] = _out(cells[path])
    return cells


def filled_cells(value: object) -> dict[str, Cell]:
    """Flatten a record without its empty cells: a tenth of them, in most records."""
    kind: Any = type(value)
    pairs = zip(_paths(kind), _getter(kind)(value), strict=True)
    cells: dict[str, Any] = {p: c for p, c in pairs if c not in EMPTY}
    for path in cells.keys() & _spoken(kind):
        cells[path] = _out(cells[path])
    return cells


def _wrong(field: Field, found: object) -> WrongValueError:
    return WrongValueError(key=field.path, wanted=WANTED[field.kind], found=str(found))


@cache
def _members(enum: Any) -> dict[object, Enum]:  # noqa: ANN401  # a class, as in _writer
    """Give what may stand in a cell, and the member that it means."""
    if issubclass(enum, IntEnum):
        return {int(member): member for member in enum}
    return {member.name.lower(): member for member in enum}


def _choice(field: Field, found: object) -> Enum:
    enum: Any = field.enum
    member = _members(enum).get(found) if isinstance(found, str) else None
    if member is None:
        choices = ", ".join(field.choices)
        raise WrongChoiceError(key=field.path, choices=choices, found=str(found))
    return member


def _level(field: Field, found: object) -> Enum:
    enum: Any = field.enum
    member = _members(enum).get(found) if type(found) is int else None
    if member is None:
        raise _wrong(field, found)
    return member


def _decimal(field: Field, found: object) -> Decimal:
    try:
        number = Decimal(str(found))
    except InvalidOperation:
        raise _wrong(field, found) from None
    if not number.is_finite():
        raise _wrong(field, found)
    return number


_KINDS: Mapping[CellKind, type] = {
    CellKind.TEXT: str,
    CellKind.REFERENCE: str,
    CellKind.INTEGER: int,
    CellKind.BOOLEAN: bool,
    CellKind.DATE: date,
}


def _in(field: Field) -> Callable[[object], object]:
    """Give what reads one value of a field; it is asked for once, then used for every record."""
    special = {
        CellKind.CHOICE: _choice,
        CellKind.LEVEL: _level,
        CellKind.DECIMAL: _decimal,
    }
    if field.kind in special:
        read = special[field.kind]
        return lambda found: read(field, found)
    kind = _KINDS[field.kind]

    def plain(found: object) -> object:
        if type(found) is not kind:
            raise _wrong(field, found)
        return found

    return plain


_Place = tuple[str, str, type | None, Callable[[object], object]]
"""Prefix and name of a cell; the type that needs no reading; what reads it, or refuses."""

Found = dict[str, dict[str, object]]
"""Values by the prefix of their group (`grading.`, the record's own: empty) and their name."""


def _many(field: Field) -> Callable[[object], object]:
    inside = _in(field)

    def read(found: object) -> object:
        if not isinstance(found, tuple):
            raise _wrong(field, found)
        return tuple([inside(inner) for inner in found])

    return read


@cache
def _places(kind: Any) -> Mapping[str, _Place]:  # noqa: ANN401  # see _getter
    places: dict[str, _Place] = {}
    for one in fields_of(kind):
        group, dot, name = one.path.rpartition(".")
        read, plain = (_many(one), None) if one.many else (_in(one), _KINDS.get(one.kind))
        places[one.path] = (group + dot, name, plain, read)
    return places


@cache
def _maker(kind: Any, prefix: str = "") -> Callable[[Found], Any]:  # noqa: ANN401  # see _getter
    hints = get_type_hints(kind)
    groups: list[tuple[str, Callable[[Found], Any], frozenset[str], object]] = []
    required: list[tuple[str, str]] = []
    for one in fields(kind):
        hint = _bare(hints[one.name])
        if is_dataclass(hint) and isinstance(hint, type):
            below, within = f"{prefix}{one.name}.", fields_of(hint)
            made = _maker(hint, below)
            prefixes = frozenset(below + x.path[: x.path.rfind(".") + 1] for x in within)
            empty = None if any(x.required for x in within) else made({})
            groups.append((one.name, made, prefixes, empty))
        elif one.default is MISSING and one.default_factory is MISSING:
            required.append((one.name, prefix + one.name))

    def make(found: Found) -> Any:  # noqa: ANN401  # any record or group
        """Make it; records share the groups that hold nothing, since groups are frozen."""
        values = found.get(prefix, {})
        for name, path in required:
            if name not in values:
                raise MissingKeyError(key=path)
        for name, made, prefixes, empty in groups:
            bare = empty is not None and found.keys().isdisjoint(prefixes)
            values[name] = empty if bare else made(found)
        return kind(**values)

    return make


def from_cells(kind: type[T], cells: Mapping[str, Cell]) -> T:
    """Build a record; unknown paths are the caller's to refuse.

    Raises MissingKeyError, WrongValueError and WrongChoiceError with the cell's path, no place.
    """
    chosen: Any = kind
    places, found = _places(chosen), Found()
    for path, cell in cells.items():
        if cell in EMPTY or path not in places:
            continue
        prefix, name, plain, read = places[path]
        value = cell if type(cell) is plain else read(cell)
        if prefix in found:
            found[prefix][name] = value
        else:
            found[prefix] = {name: value}
    made = _maker(chosen)(found)
    if not isinstance(made, kind):
        raise TypeError(kind)
    return made
