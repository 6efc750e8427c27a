"""Strict YAML: wrong lines are named, hostile ones refused, all other text is read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secops.errors import (
    DuplicateKeyError,
    InputError,
    UnknownKeyError,
    UnsafeYamlError,
    WrongChoiceError,
    WrongValueError,
)
from secops.errors.files import NotUtf8Error, TooLargeError, UnreadableFileError
from secops.files.strict_yaml import DEEPEST, compose, load, read
from secops.files.whole_file import MOST_BYTES
from secops.files.yaml_section import MAPPING, Section
from secops.model.system import SystemKind

HERE = Path("f.yaml")


def _number(top: Section) -> int:
    return top.integer("n")


@pytest.mark.parametrize(
    ("source", "error", "place"),
    [
        ("n: 1\nn: 2\n", DuplicateKeyError, "f.yaml:2:1"),
        ("n: 1\nm: 2\n", UnknownKeyError, "f.yaml:2:1"),
        ("n: 0x1F\n", WrongValueError, "f.yaml:1:4"),
        ("n: 1" + "0" * 5000, WrongValueError, "f.yaml:1:4"),
        ("n: !!int 1\n", UnsafeYamlError, "f.yaml:1:4"),
        ("!!python/object/new:os.system {n: 1}\n", UnsafeYamlError, "f.yaml:1:1"),
        ("a: &x 1\nn: *x\n", UnsafeYamlError, "f.yaml:1:4"),
        ("n: &x [*x]\n", UnsafeYamlError, "f.yaml:1:4"),
        ("<<: {n: 1}\n", UnsafeYamlError, "f.yaml:1:1"),
        ("- " * 90_000, UnsafeYamlError, "f.yaml"),
        ("[" * 900, UnsafeYamlError, "f.yaml"),
        ("[" * 90_000, UnsafeYamlError, "f.yaml:1:1001"),
        ("n: [" + "1," * 500_001 + "]", UnsafeYamlError, "f.yaml"),
        ("#" + "x" * MOST_BYTES, TooLargeError, "f.yaml"),
        ("n: 1\n---\nn: 2\n", UnsafeYamlError, "f.yaml:2:1"),
        ("n: 1\n\tm: 2\n", UnsafeYamlError, "f.yaml:2:1"),
        ("n: 1\n# \0\n", UnsafeYamlError, "f.yaml:2:3"),
        ("", UnsafeYamlError, "f.yaml:1:1"),
        ("n: 1\n# 中文".encode("gbk"), NotUtf8Error, "f.yaml:2:3"),
    ],
)
def test_wrong_line_is_named(source: str | bytes, error: type[InputError], place: str) -> None:
    with pytest.raises(error) as caught:
        read(source, HERE, _number)
    assert str(caught.value.where) == place


def test_duplicate_key_names_both_lines() -> None:
    with pytest.raises(DuplicateKeyError, match=r"f.yaml:3:1: .* first at line 1"):
        read("n: 1\nm: 2\nn: 3\n", HERE, _number)


@pytest.mark.parametrize(
    ("raw", "looks"),
    [
        ("n: 校园网".encode("gbk"), "GBK / GB18030"),
        ("n: 1".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\xff\xff", "a binary file"),
    ],
)
def test_foreign_bytes_are_called_what_they_look_like(raw: bytes, looks: str) -> None:
    with pytest.raises(NotUtf8Error) as caught:
        read(raw, HERE, _number)
    assert caught.value.details["looks"] == looks


@pytest.mark.parametrize("written", ["no", "8.10", "22:22", "2026-03-01", "~", "0012", "''", "[]"])
def test_what_yaml_would_take_for_something_else_is_no_text(written: str) -> None:
    with pytest.raises(WrongValueError):
        read(f"n: {written}", HERE, lambda top: top.text("n"))


def test_every_kind_is_read_as_it_was_written() -> None:
    text = """
    name: '8.10'
    many: [甲, "no"]
    whole: -7
    exact: 8.10
    yes: true
    plain: 2026-03-01
    quoted: '2026-03-01'
    kind: website
    kinds: [app, website]
    inner: {a: x}
    rows: [{a: y}, {a: z}]
    """.replace("yes:", "'yes':")

    def parse(top: Section) -> tuple[object, ...]:
        return (
            top.text("name"),
            top.texts("many"),
            top.integer("whole"),
            top.decimal("exact"),
            top.boolean("yes"),
            (top.date("plain"), top.date("quoted")),
            top.choice("kind", SystemKind),
            top.choices("kinds", SystemKind),
            top.section("inner").text("a"),
            [one.text("a") for one in top.sections("rows")],
            (top.text("absent", ""), top.texts("absent", ()), top.sections("absent", ())),
        )

    day = date(2026, 3, 1)
    assert read(text, HERE, parse) == (
        "8.10",
        ("甲", "no"),
        -7,
        Decimal("8.10"),
        True,
        (day, day),
        SystemKind.WEBSITE,
        (SystemKind.APP, SystemKind.WEBSITE),
        "x",
        ["y", "z"],
        ("", (), ()),
    )


def test_wrong_choice_lists_the_right_ones() -> None:
    with pytest.raises(WrongChoiceError, match="website"):
        read("kind: webseite", HERE, lambda top: top.choice("kind", SystemKind))


def test_as_deep_as_allowed_is_read() -> None:
    inner = DEEPEST - 2
    assert compose("n: " + "[" * inner + "1" + "]" * inner, HERE).tag == MAPPING


def test_missing_file_and_folder_are_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(UnreadableFileError):
            load(path, _number)


@given(st.text() | st.binary() | st.just("{[]: 1}"))
def test_anything_is_read_or_refused_with_our_own_error(source: str | bytes) -> None:
    try:
        number = read(source, HERE, _number)
    except InputError:
        return
    assert isinstance(number, int)
