"""Rules about the code itself: sizes, docstrings, names, reasons."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = sorted((ROOT / "secops").rglob("*.py"))
FILES = [
    *PACKAGE,
    *(
        path
        for name in ("tests", "tools", "benchmarks")
        for path in sorted((ROOT / name).rglob("*.py"))
    ),
]
MEDIAN_LINES, MOST_LINES, MOST_FUNCTION_LINES = 100, 400, 60
CHINESE = re.compile("[\u3400-\u9fff]{2}")  # one sign alone is no sentence
VAGUE = re.compile(r"(util|helper|manager|misc|common_)s?", re.IGNORECASE)
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore)(?P<code>[:\[][\w, \-\]]+)?(?P<rest>.*)")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _user_text(tree: ast.Module) -> Iterator[ast.Constant]:
    nodes = list(ast.walk(tree))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield node


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_module_is_small(path: Path) -> None:
    assert _lines(path) <= MOST_LINES, "split it by subject"


def test_most_modules_are_smaller_still() -> None:
    assert median(map(_lines, PACKAGE)) <= MEDIAN_LINES


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_functions_are_small(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MOST_FUNCTION_LINES, node.name


@pytest.mark.parametrize("path", PACKAGE, ids=_name)
def test_no_chinese_text_in_code(path: Path) -> None:
    found = [text.lineno for text in _user_text(_tree(path)) if CHINESE.search(str(text.value))]
    assert not found, f"{_name(path)}:{found} - move it to a .po, a template or checklists/"


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert (ast.get_docstring(_tree(path)) or "").strip()


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_silenced_check_names_its_code_and_a_reason(path: Path) -> None:
    comments = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        if token.type == tokenize.COMMENT
    ]
    explained: set[str] = set()  # a reason holds for the same code further down, too
    for found in filter(None, map(SILENCED.search, comments)):
        assert found["code"], found[0]
        if "#" in found["rest"]:
            explained.add(found["code"].strip())
        assert found["code"].strip() in explained, f"no reason: {found[0]}"


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [_name(path) for path in PACKAGE if VAGUE.fullmatch(path.stem.strip("_"))]


def test_every_test_file_has_a_name_of_its_own() -> None:
    counts = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert not [name for name, count in counts.items() if count > 1]
