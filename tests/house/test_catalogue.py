"""Every sentence that a user may meet stands in the catalogue, in Chinese, and no other does."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Iterator
from enum import Enum, IntEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import secops
import secops.model
from secops.errors import SecopsError, all_errors
from secops.model.figure import Figure
from secops.model.record import CellKind

PACKAGE = Path(secops.__file__).parent
FRAGMENTS = sorted((PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES").glob("*.po"))
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
NEVER_SHOWN = (CellKind, Figure)

Key = tuple[str | None, str]


def _fields(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def _modules(of: str, path: list[str]) -> Iterator[str]:
    for found in pkgutil.walk_packages(path, f"{of}."):
        if not found.name.endswith("__main__") and ".migrations" not in found.name:
            yield found.name


@cache
def _errors() -> tuple[type[SecopsError], ...]:
    for name in _modules("secops", list(secops.__path__)):
        import_module(name)
    return (SecopsError, *(kind for kind in all_errors() if kind.__module__.startswith("secops")))


@cache
def _marked() -> frozenset[str]:
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords={"msgid": None})
    return frozenset(str(one[2]) for one in found)


@cache
def _enums() -> frozenset[type[Enum]]:
    return frozenset(
        kind
        for name in _modules("secops.model", list(secops.model.__path__))
        for kind in vars(import_module(name)).values()
        if isinstance(kind, type)
        and issubclass(kind, Enum)
        and kind.__module__.startswith("secops.")
        and kind not in NEVER_SHOWN
    )


def _values(kinds: frozenset[type[Enum]]) -> set[Key]:
    return {
        (kind.__name__, member.name.lower().replace("_", " ")) for kind in kinds for member in kind
    }


@cache
def _sentences() -> frozenset[Key]:
    said = {text for kind in _errors() for text in (kind.what, kind.mend)}
    return frozenset((None, text) for text in said | _marked())


def _entries(path: Path) -> Iterator[tuple[Key, str]]:
    with path.open("rb") as stream:
        for entry in read_po(stream, locale="zh_CN", abort_invalid=True):
            if entry.id:
                first = entry.id[0] if isinstance(entry.id, list | tuple) else entry.id
                said = (
                    entry.string
                    if isinstance(entry.string, str)
                    else next(iter(entry.string or ()), "")
                )
                yield (entry.context, str(first)), said


@cache
def _catalogue() -> dict[Key, str]:
    return {key: said for path in FRAGMENTS for key, said in _entries(path)}


def _listed(keys: Iterable[Key]) -> str:
    return "\n".join(sorted(": ".join(filter(None, key)) for key in keys))


def test_every_sentence_has_a_chinese_entry() -> None:
    said = _catalogue()
    lacking = _listed(key for key in _sentences() if not CHINESE.search(said.get(key, "")))
    assert not lacking, lacking


def test_every_value_of_the_model_has_a_chinese_entry() -> None:
    shown = frozenset(kind for kind in _enums() if not issubclass(kind, IntEnum))
    lacking = _listed(_values(shown) - _catalogue().keys())
    assert not lacking, lacking


def test_no_entry_is_left_over() -> None:
    own = extract_from_dir(
        Path(click.__file__).parent, [("**.py", "python")], keywords={"_": None, "ngettext": (1, 2)}
    )
    of_click = {
        (None, found[2] if isinstance(found[2], str) else str(found[2][0])) for found in own
    }
    left = _listed(_catalogue().keys() - _sentences() - _values(_enums()) - of_click)
    assert not left, left


def test_chinese_sentences_use_only_the_fields_of_the_english_ones() -> None:
    with_plural = {"possibilities", "nargs", "len", "len_value", "choices", "formats"}
    wrong = [
        key[1]
        for key, text in _catalogue().items()
        if not _fields(text) <= _fields(key[1]) | with_plural
    ]
    assert not wrong


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.stem)
def test_fragments_do_not_contradict_each_other(path: Path) -> None:
    whole = {key: said for other in FRAGMENTS if other != path for key, said in _entries(other)}
    assert not [key for key, said in _entries(path) if whole.get(key, said) != said]
