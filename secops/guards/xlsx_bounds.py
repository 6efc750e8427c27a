"""What a workbook holds is looked at before any reader opens it: bombs, far cells, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from secops.errors import msgid
from secops.guards.zip_bounds import BoundedZip, UnsafeZipError, ZipBounds

MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 200
_HEAD_ROWS: Final = 50
"""Rows above the data that a table may have on top of its own."""
_MOST_FORMULAS: Final = 1_000
_OVERLAP: Final = 512

_DECLARED: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_FAR: Final = re.compile(
    rb"""\sr=["'](?:[A-Z]{3,}|[H-Z][A-Z]|G[S-Z])[0-9]+["']"""  # beyond column GR, the 200th
    rb"""|\sr=["'][A-Z]*(?:[0-9]{7,}|[2-9][0-9]{5}|1[1-9][0-9]{4}|10[1-9][0-9]{3}|"""
    rb"""100[1-9][0-9]{2}|1000[6-9][0-9])["']"""  # beyond row 100,059
)
_FORMULA: Final = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3}[0-9]{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s>/]"""
)
_ANY_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetGlance:
    """What the XML of one sheet shows before it is read."""

    name: str
    visible: bool
    formulas: frozenset[str]  # cells such as C7


def glance(content: bytes) -> tuple[SheetGlance, ...]:
    """Check a workbook; raises UnsafeZipError with a msgid that says why it is not read."""
    archive = BoundedZip(content, ZipBounds())
    names = archive.names
    if "xl/workbook.xml" not in names:
        raise UnsafeZipError(msgid("it is no Excel workbook (.xlsx)"))
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise UnsafeZipError(msgid("it takes values from other workbooks; break the links"))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnsafeZipError(msgid("it holds macros; save it as .xlsx"))
    sheets = dict(_sheets(archive))
    seen: list[SheetGlance] = []
    for name in names:
        if name in sheets or name.startswith("xl/worksheets/sheet"):
            title, visible = sheets.get(name, (name, False))
            formulas = frozenset(_scan(archive, name, cells=True))
            seen.append(SheetGlance(name=title, visible=visible, formulas=formulas))
        elif name.endswith((".xml", ".rels")):
            list(_scan(archive, name, cells=False))
    return tuple(seen)


def _scan(archive: BoundedZip, name: str, *, cells: bool) -> Iterator[str]:
    """Read a part once, piece by piece; give the cells with formulas."""
    rest, count = b"", 0
    for chunk in archive.chunks(name):
        piece = rest + chunk
        if not rest and piece[:2] in (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0"):
            raise UnsafeZipError(msgid("its parts are not UTF-8"), name)
        if _DECLARED.search(piece):
            raise UnsafeZipError(msgid("it declares entities"), name)
        if cells and _FAR.search(piece):
            raise UnsafeZipError(msgid("cells lie beyond row 100,000 or column 200"), name)
        if cells and _ANY_FORMULA.search(piece):
            for found in _FORMULA.finditer(piece):
                count += 1
                if count <= _MOST_FORMULAS:
                    yield found[1].decode()
        rest = piece[-_OVERLAP:]


def _sheets(archive: BoundedZip) -> Iterator[tuple[str, tuple[str, bool]]]:
    try:
        book = fromstring(archive.read("xl/workbook.xml"))
        relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (DefusedXmlException, SyntaxError, KeyError, ValueError) as error:
        raise UnsafeZipError(msgid("it is cut short or damaged"), "xl/workbook.xml") from error
    targets = {one.get("Id"): str(one.get("Target")) for one in relations.iter() if one.get("Id")}
    for sheet in book.iterfind(".//{*}sheet"):  # the strict format has other namespaces
        link = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        target = targets.get(link, "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        yield path, (str(sheet.get("name")), sheet.get("state", "visible") == "visible")
