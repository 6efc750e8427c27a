"""A reader asks for each key by name and kind; what it did not ask for is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import yaml

from secops.errors import (
    DuplicateKeyError,
    InputError,
    MissingKeyError,
    UnknownKeyError,
    UnsafeYamlError,
    Where,
    WrongChoiceError,
    WrongValueError,
    msgid,
)

E = TypeVar("E", bound=Enum)
V = TypeVar("V")
Pairs = dict[str, tuple[yaml.Node, yaml.Node]]

TEXT: Final = "text"
LIST: Final = "list"
MAPPING: Final = "mapping"
"""Tags of the loader in `strict_yaml`; the others are YAML's own short names: `int`, `bool`, …"""

_INTEGER = re.compile("0|-?[1-9][0-9]{0,17}").fullmatch
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?").fullmatch
_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_A_DATE = msgid("a date such as 2026-03-01")


@cache
def _members(kind: type[E]) -> dict[str, E]:
    return {str(member.value): member for member in kind}


def place_of(node: yaml.Node, path: Path) -> Where:
    """Say where a node begins, as an editor counts."""
    return Where(path, node.start_mark.line + 1, node.start_mark.column + 1)


class Section:
    """One mapping of the file. Keys that nobody asked for are refused at the end."""

    def __init__(self, node: yaml.Node, path: Path, opened: list[Section], name: str = "") -> None:
        self._node, self._path, self._opened = node, path, opened
        self._asked: set[str] = set()
        self._within: list[Section] = []
        self._pairs: Pairs = {}
        for key_node, value in self._items(name or msgid("the file"), node):
            key = self._name(key_node)
            if key in self._pairs:
                first = str(self._pairs[key][0].start_mark.line + 1)
                raise DuplicateKeyError(where=place_of(key_node, path), key=key, first=first)
            self._pairs[key] = key_node, value
        opened.append(self)

    def _wrong(self, node: yaml.Node, key: str, wanted: str) -> InputError:
        where = place_of(node, self._path)
        if ":" in node.tag or "!" in node.tag:
            return UnsafeYamlError(where=where, problem=msgid("a tag stands here"))
        found = str(node.value)[:80] if isinstance(node, yaml.ScalarNode) else node.tag
        return WrongValueError(where=where, key=key, wanted=wanted, found=found)

    def _name(self, node: yaml.Node) -> str:
        if node.tag == "merge":
            problem = msgid("a merge key stands here")
            raise UnsafeYamlError(where=place_of(node, self._path), problem=problem)
        return self._text("key", node)

    def _items(self, key: str, node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
        if node.tag != MAPPING:
            raise self._wrong(node, key, msgid("a mapping"))
        pairs: list[tuple[yaml.Node, yaml.Node]] = node.value
        return pairs

    def _value(self, key: str) -> yaml.Node:
        self._asked.add(key)
        if key not in self._pairs:
            raise MissingKeyError(where=place_of(self._node, self._path), key=key)
        return self._pairs[key][1]

    def _list(self, key: str) -> list[yaml.Node]:
        node = self._value(key)
        if node.tag != LIST:
            raise self._wrong(node, key, msgid("a list"))
        nodes: list[yaml.Node] = node.value
        return nodes

    def _text(self, key: str, node: yaml.Node) -> str:
        if node.tag != TEXT or not node.value:
            raise self._wrong(node, key, msgid("text"))
        return str(node.value)

    def _plain(self, key: str, node: yaml.Node, tags: tuple[str, ...], wanted: str) -> str:
        fits = _FITS[tags[0]]
        if node.tag not in tags or not isinstance(node, yaml.ScalarNode) or not fits(node.value):
            raise self._wrong(node, key, wanted)
        return str(node.value)

    def has(self, key: str) -> bool:
        """Whether the key is there; does not count as asking for it."""
        return key in self._pairs

    def keys(self) -> Iterator[str]:
        """Give the keys, for mappings whose keys are data; each is still to be asked for."""
        return iter(self._pairs)

    def where(self, key: str = "") -> Where:
        """Say where a value stands, or the section itself."""
        node = self._pairs[key][1] if key in self._pairs else self._node
        return place_of(node, self._path)

    def where_key(self, key: str) -> Where:
        """Say where a key stands, for mappings whose keys are data."""
        return place_of(self._pairs[key][0], self._path)

    def text(self, key: str, default: str | None = None) -> str:
        """Read non-empty text."""
        if default is not None and key not in self._pairs:
            return default
        return self._text(key, self._value(key))

    def text_or_nothing(self, key: str) -> str:
        """Read text; `""` means that nothing is stated."""
        node = self._value(key)
        return "" if (node.tag, node.value) == (TEXT, "") else self._text(key, node)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Read a list of texts."""
        if default is not None and key not in self._pairs:
            return default
        return tuple([self._text(key, one) for one in self._list(key)])

    def integer(self, key: str, default: int | None = None) -> int:
        """Read a decimal integer; YAML 1.1's `0x1F`, `017` and `1:30` are refused."""
        if default is not None and key not in self._pairs:
            return default
        return int(self._plain(key, self._value(key), ("int",), msgid("a whole number")))

    def integers(self, key: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """Read a list of decimal integers."""
        if key not in self._pairs:
            return default
        wanted = msgid("a whole number")
        return tuple(int(self._plain(key, one, ("int",), wanted)) for one in self._list(key))

    def decimal(self, key: str) -> Decimal:
        """Read a decimal number exactly as it is written, plain or in quotes; no exponents."""
        tags = ("float", "int", TEXT)
        return Decimal(self._plain(key, self._value(key), tags, msgid("a number")))

    def boolean(self, key: str, *, default: bool | None = None) -> bool:
        """Read `true` or `false`; YAML 1.1's `yes`, `no`, `on` and `off` are refused."""
        if default is not None and key not in self._pairs:
            return default
        wanted = msgid("true or false")
        return self._plain(key, self._value(key), ("bool",), wanted) == "true"

    def date(self, key: str) -> date:
        """Read an ISO date, plain or in quotes."""
        node = self._value(key)
        written = self._plain(key, node, ("timestamp", TEXT), _A_DATE)
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise self._wrong(node, key, _A_DATE) from None

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """Read one of the values of an enumeration."""
        if default is not None and key not in self._pairs:
            return default
        return self._choice(key, self._value(key), kind)

    def choices(
        self, key: str, kind: type[E], default: tuple[E, ...] | None = None
    ) -> tuple[E, ...]:
        """Read a list of values of an enumeration."""
        if default is not None and key not in self._pairs:
            return default
        return tuple(self._choice(key, one, kind) for one in self._list(key))

    def _choice(self, key: str, node: yaml.Node, kind: type[E]) -> E:
        members: dict[str, E] = _members(kind)
        found = self._text(key, node)
        if found not in members:
            where, choices = place_of(node, self._path), ", ".join(members)
            raise WrongChoiceError(where=where, key=key, choices=choices, found=found)
        return members[found]

    def _open(self, key: str, node: yaml.Node) -> Section:
        within = Section(node, self._path, self._opened, key)
        self._within.append(within)
        return within

    def section(self, key: str) -> Section:
        """Read one mapping."""
        return self._open(key, self._value(key))

    def sections(self, key: str, default: tuple[Section, ...] | None = None) -> tuple[Section, ...]:
        """Read a list of mappings."""
        if default is not None and key not in self._pairs:
            return default
        return tuple([self._open(key, one) for one in self._list(key)])

    def forgive(self) -> None:
        """Ask for every key in it: what is wrong here is named already."""
        self._asked |= self._pairs.keys()
        for one in self._within:
            one.forgive()

    def unknown(self) -> Iterator[InputError]:
        """Give an error for each key that nobody asked for."""
        if not self._pairs.keys() <= self._asked:
            for name, (key, _) in self._pairs.items():
                if name not in self._asked:
                    yield UnknownKeyError(where=place_of(key, self._path), key=name)


_FITS: Final[dict[str, Callable[[str], object]]] = {
    "int": _INTEGER,
    "float": _DECIMAL,
    "bool": re.compile("true|false").fullmatch,
    "timestamp": _DATE,
}
