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
TALLEST: Final = MOST_ROWS + 60  # with heads, and the rows that only show how to write
MOST_COLUMNS: Final = 200
_MOST_FORMULAS: Final = 1_000
_OVERLAP: Final = 512

_DECLARED: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ELEMENT: Final = re.compile(rb"<[A-Za-z_]")
_BEYOND: Final = (
    rb"(?:(?:[A-Z]{3,}|[H-Z][A-Z]|G[S-Z])[0-9]+"  # beyond column GR, the 200th
    rb"|[A-Z]*(?:[0-9]{7,}|[2-9][0-9]{5}|1[1-9][0-9]{4}|10[1-9][0-9]{3}|100[1-9][0-9]{2}"
    rb"|1000[6-9][0-9]))"  # beyond row 100,059
)
_FAR: Final = re.compile(rb' r="' + _BEYOND + rb'"')
_ODD_FAR: Final = re.compile(rb"\sr\s*=\s*[\"']\s*" + _BEYOND)
_ODD_SIGNS: Final = (b" r='", b"\nr=", b"\tr=", b"\rr=", b" r =", b" r= ", b" r\n", b' r=" ')
_FORMULA_SIGNS: Final = (b"<f", b":f")
_ENDS: Final = (b" ", b">", b"/", b"\n", b"\t", b"\r")
_FORMULA: Final = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Z]{1,3}[0-9]{1,7})["'][^>]*>\s*<(?:\w+:)?f[\s>/]"""
)


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
    """Read a part once, piece by piece; give the cells with formulas.

    Plain searches come first: they are far faster than patterns, and most pieces hold nothing.
    """
    rest, count = b"", 0
    for chunk in archive.chunks(name):
        if not rest:
            _refuse_head(chunk, name)
        piece = rest + chunk
        if cells and (_FAR.search(piece) or (_is_odd(piece) and _ODD_FAR.search(piece))):
            raise UnsafeZipError(msgid("cells lie beyond row 100,000 or column 200"), name)
        for cell in _formulas(piece) if cells else ():
            count += 1
            if count <= _MOST_FORMULAS:
                yield cell
        rest = piece[-_OVERLAP:]


def _formulas(piece: bytes) -> Iterator[str]:
    """Give the cells with formulas: each sign is looked at with the cell that stands before it."""
    for sign in _FORMULA_SIGNS:
        at = piece.find(sign)
        while at >= 0:
            if piece[at + 2 : at + 3] in _ENDS:
                window = piece[max(0, at - _OVERLAP) : at + 3]
                begins = max(window.rfind(b"<c"), window.rfind(b":c"), 0)
                found = _FORMULA.search(window, max(window.rfind(b"<", 0, begins + 1), 0))
                if found:
                    yield found[1].decode()
            at = piece.find(sign, at + 2)


def _refuse_head(piece: bytes, name: str) -> None:
    """Refuse other encodings, and declarations: they can only stand before the first element."""
    if piece[:2] in (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0"):
        raise UnsafeZipError(msgid("its parts are not UTF-8"), name)
    first = _ELEMENT.search(piece)
    if first is None or _DECLARED.search(piece, 0, first.start()):
        raise UnsafeZipError(msgid("it declares entities"), name)


def _is_odd(piece: bytes) -> bool:
    """Whether cells may be named in a way that no usual program writes."""
    return any(sign in piece for sign in _ODD_SIGNS)


def _sheets(archive: BoundedZip) -> Iterator[tuple[str, tuple[str, bool]]]:
    try:
        book = fromstring(archive.read("xl/workbook.xml"))
        relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (DefusedXmlException, SyntaxError, LookupError, ValueError) as error:
        raise UnsafeZipError(msgid("it is cut short or damaged"), "xl/workbook.xml") from error
    targets = {one.get("Id"): str(one.get("Target")) for one in relations.iter() if one.get("Id")}
    for sheet in book.iterfind(".//{*}sheet"):  # the strict format has other namespaces
        link = next((value for name, value in sheet.items() if name.endswith("}id")), None)
        target = targets.get(link, "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        yield path, (str(sheet.get("name")), sheet.get("state", "visible") == "visible")
