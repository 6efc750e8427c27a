"""What a workbook holds is looked at before any reader opens it: bombs, far cells, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from secops.errors import msgid
from secops.guards.xlsx_grid import counted_far, far, leaves_names_out
from secops.guards.xlsx_strings import PART, SharedText
from secops.guards.zip_bounds import BoundedZip, UnsafeZipError, ZipBounds

_MOST_FORMULAS: Final = 1_000
_OVERLAP: Final = 512

_DECLARED: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ELEMENT: Final = re.compile(rb"<[A-Za-z_]")
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
    _refuse_kind(names)
    sheets = dict(_sheets(archive))
    scanned = {name for name in names if name in sheets or name.startswith("xl/worksheets/sheet")}
    shared = SharedText()
    seen: list[SheetGlance] = []
    for name in names:
        if name in scanned:
            title, visible = sheets.get(name, (name, False))
            formulas = frozenset(_scan(archive, name, shared))
            seen.append(SheetGlance(name=title, visible=visible, formulas=formulas))
        elif name.casefold().endswith((".xml", ".rels")):
            list(_scan(archive, name, None))
        if name.casefold() == PART:
            shared.keep(archive.read(name))
    if shared.too_much(lambda: _pieces(archive, scanned)):
        raise UnsafeZipError(msgid("it unpacks to far more than it holds"))
    return tuple(seen)


def _refuse_kind(names: Sequence[str]) -> None:
    if "xl/workbook.xml" not in names:
        raise UnsafeZipError(msgid("it is no Excel workbook (.xlsx)"))
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise UnsafeZipError(msgid("it takes values from other workbooks; break the links"))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnsafeZipError(msgid("it holds macros; save it as .xlsx"))


def _pieces(archive: BoundedZip, names: Iterable[str]) -> Iterator[bytes]:
    return (piece for name in names for piece in archive.chunks(name))


def _scan(archive: BoundedZip, name: str, shared: SharedText | None) -> Iterator[str]:
    """Read a part once, piece by piece; give the cells with formulas. `shared`: it is a sheet.

    Plain searches come first: they are far faster than patterns, and most pieces hold nothing.
    """
    rest, count, nameless = b"", 0, False
    for chunk in archive.chunks(name):
        if not rest:
            _refuse_head(chunk, name)
        piece = rest + chunk
        if shared is not None:
            shared.count(piece)
            nameless = nameless or leaves_names_out(piece)
            if far(piece):
                raise _far(name)
            for cell in _formulas(piece):
                count += 1
                if count <= _MOST_FORMULAS:
                    yield cell
        rest = piece[-_OVERLAP:]
    if nameless and counted_far(archive.chunks(name)):
        raise _far(name)


def _far(name: str) -> UnsafeZipError:
    return UnsafeZipError(msgid("cells lie beyond row 100,000 or column 200"), name)


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


def _sheets(archive: BoundedZip) -> Iterator[tuple[str, tuple[str, bool]]]:
    try:
        book = fromstring(archive.read("xl/workbook.xml"))
        relations = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (DefusedXmlException, SyntaxError, LookupError, ValueError) as error:
        raise UnsafeZipError(msgid("it is cut short or damaged"), "xl/workbook.xml") from error
    targets = {one.get("Id"): str(one.get("Target")) for one in relations.iter() if one.get("Id")}
    titles: set[str] = set()
    for sheet in book.iterfind(".//{*}sheet"):  # the strict format has other namespaces
        links = [value for name, value in sheet.items() if name.endswith("}id")]
        target, title = targets.get(links[0] if links else None, ""), str(sheet.get("name"))
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if len(links) > 1 or title in titles or path not in archive.names:
            # which part is meant is not to be guessed: the reader may take another one
            raise UnsafeZipError(msgid("it is cut short or damaged"), "xl/workbook.xml")
        titles.add(title)
        yield path, (title, sheet.get("state", "visible") == "visible")
