"""The design decisions: numbered without gaps, each with what one has to say, all in the index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ADR = Path(__file__).parents[2] / "docs" / "adr"
DECISIONS = sorted(path for path in ADR.glob("*.md") if path.name != "README.md")


def test_the_numbers_have_no_gap_and_the_index_lists_all() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))
    index = (ADR / "README.md").read_text("utf-8")
    assert re.findall(r"\]\((.+?)\)", index) == [path.name for path in DECISIONS]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name[:4])
def test_a_decision_says_why_what_and_what_gets_worse(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith(f"# {int(path.name[:4])}. ")
    for part in ("**Context.**", "**Decision.**", "**What gets worse.**"):
        assert part in text, part
