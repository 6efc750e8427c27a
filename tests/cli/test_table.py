"""Columns stay straight with Chinese; what others wrote cannot move the cursor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from secops.cli.table import laid_out, show_block, show_table, wrapped
from secops.guards.text import tamed

TEXT = st.text(st.sampled_from("ab1 ，网站教务系统㛃é…·"), max_size=60)
HEADS = ["编号", "对象", "所见", "首次发现"]
ROW = ["1", "教务管理系统", "接受的弱密码套件：NULL（不加密）", "2026-11-25 08:31"]


@given(
    st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8), st.sampled_from([40, 60, 200])
)
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str, str]], width: int) -> None:
    assert all(cell_len(line) <= width for line in laid_out(rows, width))


@given(st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=8))
def test_the_last_column_begins_in_the_same_cell(rows: list[tuple[str, str]]) -> None:
    marked = [(first, "|" + second) for first, second in rows]
    lines = [line for line in laid_out(marked, 150) if "|" in line]
    assert len({cell_len(line.partition("|")[0]) for line in lines}) == 1


@given(TEXT, st.integers(2, 30))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join(wrapped(text, width)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("教务管理系统", 12, ["教务管理系统"]),
        ("教务管理系统", 7, ["教务管", "理系统"]),
        ("用 nmap 查看，端口 443", 8, ["用 nmap", "查看，端", "口 443"]),
        ("\u3000\u3000信息中心", 8, ["\u3000\u3000信息", "\u3000\u3000中心"]),
        ("", 5, [""]),
    ],
)
def test_text_is_wrapped_between_words_and_wide_signs(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrapped(text, width) == lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb", "a\\u202eb"),
        ("a\tb\nc", "a b c"),
        ("a\u200bb\x00c", "a\\u200bb\\x00c"),
        ("㛃教务", "㛃教务"),
    ],
)
def test_control_and_bidirectional_signs_are_shown_and_never_obeyed(text: str, shown: str) -> None:
    assert tamed(text) == shown


def _at_terminal(monkeypatch: pytest.MonkeyPatch, columns: int = 92) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))


def test_rows_without_heads_are_laid_out_at_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _at_terminal(monkeypatch)
    show_table([], [("#1", "教务系统"), ("#12", "网站")])
    assert capsys.readouterr().out == "#1   教务系统\n#12  网站\n"


def test_a_narrow_terminal_drops_spare_columns_first(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _at_terminal(monkeypatch, 60)
    show_table(HEADS, [ROW], spare=["首次发现"])
    assert capsys.readouterr().out == (
        "编号  对象          所见\n1     教务管理系统  接受的弱密码套件：NULL（不加密）\n"
    )


def test_what_would_be_too_narrow_becomes_a_block_for_each_row(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _at_terminal(monkeypatch, 44)
    show_table(HEADS, [ROW, ["2", "网站", "", "2026-11-25 08:31"]])
    assert capsys.readouterr().out.split("\n") == [
        "编号      1",
        "对象      教务管理系统",
        "所见      接受的弱密码套件：NULL（不加密）",
        "首次发现  2026-11-25 08:31",
        "",
        "编号      2",
        "对象      网站",
        "首次发现  2026-11-25 08:31",
        "",
    ]


def test_a_pipe_gets_every_column_whole(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(HEADS, [ROW], spare=["首次发现"])
    assert capsys.readouterr().out == "\t".join(HEADS) + "\n" + "\t".join(ROW) + "\n"


def test_a_block_leaves_empty_values_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _at_terminal(monkeypatch)
    show_block([("编号", "3"), ("风险", ""), ("所见内容", "弱口令")])
    assert capsys.readouterr().out == "编号      3\n所见内容  弱口令\n"
