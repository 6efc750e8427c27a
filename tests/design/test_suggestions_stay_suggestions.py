"""A suggestion cannot become a verdict by itself: what counts and prints never meets one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from secops.errors import ReasonMissingError
from secops.model.common import NotApplicable

PACKAGE = Path(__file__).parents[2] / "secops"
COUNTS_OR_PRINTS = [
    PACKAGE / "judging" / "scoring.py",
    PACKAGE / "model" / "score.py",
    PACKAGE / "model" / "report.py",
    PACKAGE / "operations" / "score_system.py",
    PACKAGE / "operations" / "report_facts.py",
    PACKAGE / "operations" / "make_report.py",
    *sorted((PACKAGE / "documents").glob("*.py")),
]
SUGGESTIONS = {"Suggestion", "Against", "Supported", "NothingAgainst", "Ground"}
MAKERS = {"secops.judging.suggesting", "secops.judging.rules", "secops.operations.judge_systems"}


@pytest.mark.parametrize("path", COUNTS_OR_PRINTS, ids=lambda path: path.stem)
def test_nothing_that_counts_or_prints_knows_suggestions(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.module not in MAKERS
            assert not SUGGESTIONS & {one.name for one in node.names}


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_not_applicable_needs_a_reason(reason: str) -> None:
    with pytest.raises(ReasonMissingError):
        NotApplicable(reason)
