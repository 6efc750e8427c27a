"""Workbooks made to harm: each is refused with a sentence, in bounded time and memory."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from secops.errors import InputError
from secops.files.inventory_files import read_inventory
from secops.files.inventory_xlsx import read_tables
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


RELATIONS = "xl/_rels/workbook.xml.rels"
RELATION = (
    b'<Relationship Id="rId77" Target="%s" Type="http://schemas.openxmlformats.org/officeDocument'
    b'/2006/relationships/worksheet"/></Relationships>'
)
FAR_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)


def aside(target: bytes, old: bytes, new: bytes) -> bytes:
    """Let the book name a sheet that stands where sheets do not."""

    def change(name: str, one: bytes) -> bytes:
        if name == RELATIONS:
            return one.replace(b"</Relationships>", RELATION % target)
        return one.replace(old, new) if name == "xl/workbook.xml" else one

    return repacked(change, {"xl/aside.xml": FAR_SHEET})


def nameless(rows: bytes) -> bytes:
    return in_sheet(b"</sheetData>", rows + b"</sheetData>")


def one_text_many_times(before: bytes = b"") -> bytes:
    text = before + b"<si><t>" + os.urandom(400_000).hex().encode() + b"</t></si></sst>"
    naming = b'<row r="5"><c r="A5" t="s"><v>4</v></c></row>' * 4_000

    def change(name: str, one: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            return one.replace(b"</sst>", text)
        return one.replace(b"</sheetData>", naming + b"</sheetData>") if name == SHEET else one

    return repacked(change)


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
    "far in small letters": (lambda: far("xfd1048576", "3"), "beyond row 100,000"),
    "far without names": (
        lambda: nameless(b'<row r="9">' + b"<c><v>1</v></c>" * 201 + b"</row>"),
        "beyond row 100,000",
    ),
    "rows without names": (
        lambda: nameless(
            b'<row r="9"/><!--' + os.urandom(20_000).hex().encode() + b"-->" + b"<row/>" * 100_060
        ),
        "beyond row 100,000",
    ),
    "two ids of one sheet": (
        lambda: aside(b"aside.xml", b'r:id="rId1"', b'xmlns:q="q" q:id="rId1" r:id="rId77"'),
        "cut short",
    ),
    "two sheets of one name": (
        lambda: aside(
            b"ASIDE.xml", b"<sheets>", '<sheets><sheet name="系统" r:id="rId77"/>'.encode()
        ),
        "cut short",
    ),
    "one text many times": (one_text_many_times, "far more"),
    "one text many times, out of step": (
        lambda: one_text_many_times(b"<!--</si></si></si>-->"),
        "far more",
    ),
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


@pytest.mark.slow
def test_sheets_that_are_each_within_bounds_are_bounded_together(tmp_path: Path) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for title in ("甲", "乙", "丙"):
        book.add_worksheet(title).write(100_000, 199, "x")
    book.close()
    tables = read_tables(stream.getvalue(), tmp_path / "t.xlsx")
    assert next(tables).sheet == "甲"
    with pytest.raises(InputError) as caught:
        next(tables)
    assert "far more" in str(caught.value)
    assert "乙" in str(caught.value)
