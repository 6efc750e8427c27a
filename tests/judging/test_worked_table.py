"""The worked table of the docs is what the program computes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from secops.judging.scoring import conclude, share_of, standing, worst
from secops.judging.tables import weight_of
from secops.model.actor import Actor
from secops.model.answer import Answer, OfSystem, Value, Verdict
from secops.model.assessment import Conclusion
from secops.model.common import NotApplicable
from secops.model.ids import AnswerId, AssessmentId, ItemId, PersonId, SystemId
from secops.model.judgement import Score
from secops.model.score import HazardCounts
from secops.wiring.tables import load_tables

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "score-worked-table.md"
BANDS = load_tables().bands
NONE_FOUND = HazardCounts(asked=42, present=0, downgraded=0, open=0, hazards=0, mended=0)
VALUES: dict[str, Value | None] = {
    "符合": Verdict.COMPLIANT,
    "部分符合": Verdict.PARTIALLY_COMPLIANT,
    "不符合": Verdict.NON_COMPLIANT,
    "不适用": NotApplicable("示例"),
    "未填报": None,
}
CONCLUSIONS = {
    "符合": Conclusion.COMPLIANT,
    "基本符合": Conclusion.BASICALLY_COMPLIANT,
    "不符合": Conclusion.NON_COMPLIANT,
}


def _rows(first: str) -> Iterator[list[str]]:
    lines = PAGE.read_text("utf-8").splitlines()
    head = next(n for n, line in enumerate(lines) if line.startswith(f"| {first} |"))
    for line in lines[head + 2 :]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


ITEMS = list(_rows("条款"))
CONCLUDED = list(_rows("符合"))


def _answer(text: str) -> Answer | None:
    value = VALUES[text] if text else None
    if value is None:
        return None
    return Answer(
        id=AnswerId("a"),
        assessment=AssessmentId("s"),
        subject=OfSystem(SystemId("s")),
        item=ItemId("gb22239/ce/identity-1"),
        revision=1,
        value=value,
        answered_by=PersonId("p"),
        recorded_by=Actor(account="a"),
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize("row", ITEMS[:-1], ids=lambda row: row[0])
def test_every_line_of_the_item_table_is_computed_so(row: list[str]) -> None:
    _, whole, first, second, value, above, below = row
    components = [_answer(one) for one in (first, second) if one]
    stands = standing(_answer(whole), components)
    computed = worst([one.value if one else None for one in stands])
    assert computed == VALUES[value]
    assert share_of(computed, BANDS) == (Fraction(above), int(below))


def test_the_total_is_the_sum_of_the_lines() -> None:
    above = sum(Fraction(row[5]) for row in ITEMS[:-1])
    below = sum(int(row[6]) for row in ITEMS[:-1])
    assert ITEMS[-1][0] == "合计"
    assert (Fraction(ITEMS[-1][5]), int(ITEMS[-1][6])) == (above, below)
    assert len(ITEMS) == 13


@pytest.mark.parametrize("row", CONCLUDED, ids=" ".join)
def test_every_line_of_the_conclusion_table_is_computed_so(row: list[str]) -> None:
    compliant, partial, wrong, outside, unanswered = (int(one) for one in row[:5])
    weight, above, below, rate, border, while_open, judged = row[5:]
    score = Score(
        compliant=compliant,
        partially_compliant=partial,
        non_compliant=wrong,
        not_applicable=outside,
        unanswered=unanswered,
    )
    bands = replace(BANDS, partial_weight=weight_of(weight))
    concluded = conclude(score, bands)
    assert (concluded.rate.n, concluded.rate.of) == (int(above), int(below))
    assert concluded.rate.percent == rate.removesuffix("%")
    assert concluded.on_border is (border == "是")
    assert concluded.conclusion is CONCLUSIONS[while_open]
    assert conclude(score, bands, NONE_FOUND).conclusion is CONCLUSIONS[judged]


def test_the_conclusion_table_meets_both_borders_and_every_conclusion() -> None:
    assert sum(row[9] == "是" for row in CONCLUDED) == 2
    assert {row[11] for row in CONCLUDED} == set(CONCLUSIONS)
