"""Workbooks made to harm: each is refused with a sentence, in bounded time and memory."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from secops.errors import InputError
from secops.files.inventory_files import read_inventory
from secops.files.recognition import load_recognition
from secops.settings.data import data_folder

WORDS = load_recognition(data_folder("checklists") / "recognition" / "inventory.yaml")
SHEET = "xl/worksheets/sheet1.xml"


def good() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    page = book.add_worksheet("系统")
    page.write_row(0, 0, ["系统名称", "运营单位"])
    page.write_row(1, 0, ["门户网站", "三中"])
    book.close()
    return stream.getvalue()


def repacked(
    change: Callable[[str, bytes], bytes] = lambda _, content: content,
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return stream.getvalue()


def in_sheet(old: bytes, new: bytes) -> bytes:
    return repacked(lambda name, one: one.replace(old, new) if name == SHEET else one)


def far(cell: str, row: str) -> bytes:
    extra = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'
    return in_sheet(b"</sheetData>", extra.encode())


def twice() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        new.writestr("xl/workbook.xml", b"<a/>")
        new.writestr("xl/Workbook.xml", b"<a/>")
    return stream.getvalue()


def overlapping() -> bytes:
    content = bytearray(good())
    at = content.rfind(b"PK\x01\x02")
    content[at + 42 : at + 46] = struct.pack("<I", 0)  # the last member begins where the first does
    return bytes(content)


DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet'
CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "old or encrypted": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .xls"),
    "bomb": (lambda: repacked(more={"xl/media/a.xml": b"<a>" + b" " * 90_000_000}), "far more"),
    "entity": (lambda: in_sheet(b"<worksheet", DTD + b" "), "declares entities"),
    "entity elsewhere": (lambda: repacked(more={"xl/x.xml": DTD + b"/>"}), "declares entities"),
    "last cell": (lambda: far("XFD1048576", "1048576"), "beyond row 100,000"),
    "far column": (lambda: far("GS3", "3"), "beyond row 100,000"),
    "far row": (lambda: far("A100060", "100060"), "beyond row 100,000"),
    "odd quotes": (
        lambda: in_sheet(b"</sheetData>", b"<row><c r='XFD9'><v>1</v></c></row></sheetData>"),
        "beyond row 100,000",
    ),
    "links": (lambda: repacked(more={"xl/externalLinks/externalLink1.xml": b"<a/>"}), "links"),
    "macros": (lambda: repacked(more={"xl/vbaProject.bin": b"x"}), "macros"),
    "outside": (lambda: repacked(more={"../../x.xml": b"<a/>"}), "leads outside"),
    "twice": (twice, "same name"),
    "overlap": (overlapping, "this file is not read"),
    "cut": (lambda: good()[:-200], "cut short"),
    "unknown encoding": (
        lambda: repacked(lambda _, one: one.replace(b'encoding="UTF-8"', b'encoding="UTF-x"')),
        "cut short",
    ),
    "no workbook": (lambda: b"PK\x03\x04" + b"\0" * 100, "cut short"),
    "utf-16": (
        lambda: repacked(lambda n, one: one.decode().encode("utf-16") if n == SHEET else one),
        "not UTF-8",
    ),
    "binary": (lambda: bytes(range(256)) * 4, "neither UTF-8 nor GB18030"),
    "empty": (lambda: b" \n", "the file is empty"),
    "many members": (
        lambda: repacked(more={f"xl/m{n}.xml": b"<a/>" for n in range(1001)}),
        "too many members",
    ),
}


def test_the_good_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(repacked())
    assert len(read_inventory(tmp_path / "t.xlsx", WORDS).rows) == 1


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_with_a_sentence(tmp_path: Path, case: str) -> None:
    make, said = CASES[case]
    (tmp_path / "t.xlsx").write_bytes(make())
    with pytest.raises(InputError) as caught:
        read_inventory(tmp_path / "t.xlsx", WORDS)
    assert said in str(caught.value)
