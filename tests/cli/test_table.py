"""Columns stay straight with Chinese; what others wrote cannot move the cursor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from secops.cli.table import clean, cut, laid_out, show_table

TEXT = st.text(st.sampled_from("ab1 ，网站教务系统㛃é…·"), max_size=60)


@given(
    st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8), st.sampled_from([40, 60, 200])
)
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str, str]], width: int) -> None:
    assert all(cell_len(line) <= width for line in laid_out(rows, width))


@given(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=8))
def test_the_last_column_begins_in_the_same_cell(rows: list[tuple[str, str]]) -> None:
    marked = [(first, "|" + second) for first, second in rows]
    begins = {cell_len(line.partition("|")[0]) for line in laid_out(marked, 80)}
    assert len(begins) == 1


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("教务管理系统", 12, "教务管理系统"), ("教务管理系统", 7, "教务管…"), ("abc", 2, "a…")],
)
def test_cutting_never_splits_a_wide_sign(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a[31mb"),
        ("a\u202eb", "ab"),
        ("a\tb\nc", "a b c"),
        ("a\u200bb\x00c", "abc"),
        ("㛃教务", "㛃教务"),
    ],
)
def test_control_and_bidirectional_signs_are_taken_out(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_rows_without_heads_are_laid_out_at_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    show_table([], [("#1", "教务系统"), ("#12", "网站")])
    assert capsys.readouterr().out == "#1   教务系统\n#12  网站\n"
