"""Strict loading: every wrong line is an error with file:line:column; nothing is guessed.

Speed comes from libyaml's composer; safety from us, since it crashes on nesting that nobody stops.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import yaml

from secops.errors import (
    InFile,
    InputError,
    SeveralInputsError,
    UnsafeYamlError,
    Where,
    msgid,
)
from secops.errors.files import NotUtf8Error, TooLargeError
from secops.files.whole_file import MOST_BYTES, content_of
from secops.files.yaml_section import LIST, MAPPING, TEXT, Section, place_of

T = TypeVar("T")
MOST_NODES: Final = 500_000
DEEPEST: Final = 50
_YAML_ORG: Final = "tag:yaml.org,2002:"

if TYPE_CHECKING:  # PyYAML's stubs describe the Python loader; both have the same methods
    from yaml import SafeLoader as _FastLoader
else:
    _FastLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TOO_MUCH: Final = msgid("more than 50 levels or 500,000 values")
# What libyaml says, and what a person can do something with.
_SAID: Final = {
    "mapping values are not allowed in this context": msgid(
        "a colon stands where none may; put the text in quotes"
    ),
    "did not find expected key": msgid("the line is not indented like its neighbours"),
    "could not find expected ':'": msgid("a colon is missing"),
    "found character that cannot start any token": msgid(
        "a tab or a character such as @ or ` stands where a value begins"
    ),
    "found unexpected end of stream": msgid("the file ends within quotes or brackets"),
    "did not find expected ',' or ']'": msgid("a bracket is not closed"),
    "did not find expected ',' or '}'": msgid("a bracket is not closed"),
    "control characters are not allowed": msgid("a control character such as NUL stands here"),
    "found undefined alias": msgid("an alias stands here"),
    "exceeded maximum nesting depth": _TOO_MUCH,
    "but found another document": msgid("a second document begins here"),
}


class _TooMuchError(yaml.YAMLError):
    """Composing was stopped."""


class _Loader(_FastLoader):
    """Counts while composing, before the composer's recursion can exhaust the stack.

    Implicit types get short tags of our own, so an explicit tag of any kind fits nowhere.
    """

    DEFAULT_SCALAR_TAG = TEXT  # type: ignore[misc]  # the stubs call these three final
    DEFAULT_SEQUENCE_TAG = LIST  # type: ignore[misc]  # as above
    DEFAULT_MAPPING_TAG = MAPPING  # type: ignore[misc]  # as above
    yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML's own way to say it
        first: [(tag.removeprefix(_YAML_ORG), fits) for tag, fits in resolvers]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    nodes = depth = 0

    def descend_resolver(self, current_node: yaml.Node | None, current_index: object) -> None:
        del current_node, current_index
        self.nodes += 1
        self.depth += 1
        if self.depth > DEEPEST or self.nodes > MOST_NODES:
            raise _TooMuchError

    def ascend_resolver(self) -> None:
        self.depth -= 1


def _refuse_aliases(top: yaml.Node, path: Path) -> None:
    """Refuse a node met twice: an alias hides data, and can explode when expanded."""
    met, waiting = set[int](), [top]
    while waiting:
        node = waiting.pop()
        if id(node) in met:
            raise UnsafeYamlError(where=place_of(node, path), problem=msgid("an alias stands here"))
        met.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [one for pair in node.value for one in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _looks(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    if b"\0" in raw:
        return msgid("a binary file")
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return msgid("a binary file")
    return "GBK / GB18030"


def decoded(raw: bytes, path: Path) -> str:
    """Decode UTF-8, with or without its mark, and name what else it may be."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise NotUtf8Error(where=Where(path, line, column), looks=_looks(raw)) from error


def _refused(error: yaml.YAMLError, path: Path) -> InputError:
    if isinstance(error, _TooMuchError):
        return UnsafeYamlError(where=InFile(path), problem=_TOO_MUCH)
    mark = getattr(error, "problem_mark", None)
    where = Where(path, mark.line + 1, mark.column + 1) if mark else Where(path, 1, 1)
    # Not every error has a problem: the reader's says which character, and where in the text.
    found = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    return UnsafeYamlError(where=where, problem=_SAID.get(found, found.partition("\n")[0]))


def compose(source: str | bytes, path: Path) -> yaml.Node:
    """Give the one document's nodes, within every bound."""
    if len(source) > MOST_BYTES:
        raise TooLargeError(where=InFile(path), most="10 MiB")
    text = source if isinstance(source, str) else decoded(source, path)
    nul = text.find("\0")
    if nul >= 0:
        where = Where(path, text.count("\n", 0, nul) + 1, nul - text.rfind("\n", 0, nul))
        problem = msgid("a control character such as NUL stands here")
        raise UnsafeYamlError(where=where, problem=problem)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise _refused(error, path) from error
    except UnicodeEncodeError as error:  # half of a surrogate pair, never from a file
        problem = msgid("a control character such as NUL stands here")
        raise UnsafeYamlError(where=Where(path, 1, 1), problem=problem) from error
    if node is None:
        raise UnsafeYamlError(where=Where(path, 1, 1), problem=msgid("the file is empty"))
    if "*" in text and "&" in text:
        _refuse_aliases(node, path)
    return node


def read(source: str | bytes, path: Path, parse: Callable[[Section], T]) -> T:
    """Parse one document with `parse`, then refuse whatever it did not ask for."""
    opened: list[Section] = []
    result = parse(Section(compose(source, path), path, opened))
    unknown = [error for section in opened for error in section.unknown()]
    opened.clear()  # sections and list point at each other: free the tree now, not in the collector
    if unknown:
        raise unknown[0] if len(unknown) == 1 else SeveralInputsError(unknown)
    return result


def load(path: Path, parse: Callable[[Section], T]) -> T:
    """Read and parse a file."""
    return read(content_of(path), path, parse)
