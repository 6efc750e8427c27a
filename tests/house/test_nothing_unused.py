"""What nobody uses is taken out: errors that are never raised, methods that nobody asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.test_layout import PACKAGE, ROOT

BY_OTHERS = {
    "descend_resolver",  # PyYAML calls these three
    "ascend_resolver",
    "ignore_aliases",
    "down_revision",  # Alembic reads these
    "branch_labels",
    "depends_on",
    "load_filing_form",  # holds the table of homes to the records until filings are written
}
TEMPLATES = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".j2", ".yaml")]


@cache
def _words(path: Path) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", path.read_text("utf-8")))


@cache
def _counts() -> dict[str, int]:
    counts: dict[str, int] = {}
    for path in (*PACKAGE, *TEMPLATES):
        for word in _words(path):
            counts[word] = counts.get(word, 0) + 1
    return counts


def _defined(tree: ast.Module) -> Iterator[str]:
    """Give functions, methods, classes and constants; what decorators register is theirs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if not node.decorator_list and not node.name.startswith("__"):
                yield node.name
        elif isinstance(node, ast.ClassDef) and not _extends_a_library(node):
            yield node.name
    for node in tree.body:
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            if isinstance(target, ast.Name) and not target.id.startswith("__"):
                yield target.id


def _extends_a_library(node: ast.ClassDef) -> bool:
    plain = (base.value if isinstance(base, ast.Subscript) else base for base in node.bases)
    return any(isinstance(base, ast.Attribute) for base in plain)


def _overriding(tree: ast.Module) -> set[str]:
    """Name the methods of classes that extend a library's: the library calls them."""
    return {
        method.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and (_extends_a_library(node) or node.name == "_Said")
        for method in node.body
        if isinstance(method, ast.FunctionDef)
    } | {
        method.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and {"Group", "StringIO"} & _names(node.bases)
        for method in node.body
        if isinstance(method, ast.FunctionDef)
    }


def _names(bases: list[ast.expr]) -> set[str]:
    return {base.id for base in bases if isinstance(base, ast.Name)}


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_written_is_used(path: Path) -> None:
    tree = _trees()[path]
    unused = {name for name in _defined(tree) if _counts()[name] < 2}
    assert not unused - _overriding(tree) - BY_OTHERS


@cache
def _trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in PACKAGE}


@cache
def _named() -> frozenset[str]:
    """Give every name that code outside of imports speaks of, as bases of classes too."""
    nodes = (node for tree in _trees().values() for node in ast.walk(tree))
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name))


def _errors() -> Iterator[str]:
    for tree in _trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Error"):
                yield node.name


@pytest.mark.parametrize("name", sorted(_errors()))
def test_an_error_is_raised_or_extended_somewhere(name: str) -> None:
    assert name in _named(), "nobody raises it: take it out, with its sentences"


def _promised() -> Iterator[str]:
    for path in sorted((ROOT / "secops" / "contracts").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and _names(node.bases) & {"Protocol"}:
                for method in node.body:
                    if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                        yield f"{node.name}.{method.name}"


@pytest.mark.parametrize("promise", sorted(set(_promised())))
def test_what_a_contract_promises_somebody_asks_for(promise: str) -> None:
    name = promise.partition(".")[2]
    if name == "__call__":
        return
    callers = [
        tree for path, tree in _trees().items() if path.parts[-2] not in ("contracts", "store")
    ]
    nodes = (node for tree in callers for node in ast.walk(tree))
    assert any(isinstance(node, ast.Attribute) and node.attr == name for node in nodes), promise
