"""Looks at a printed PDF as a reader does: pages, words and where they stand, drawn glyphs."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, in points from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """All words in reading order, run together."""
        ordered = sorted(self.words, key=lambda word: (round(word.bottom / 6), word.left))
        return "".join(word.text for word in ordered)

    @property
    def foot(self) -> tuple[Word, ...]:
        """The words below the text block."""
        edge = self.height - (26 if self.wide else 35) * MM
        return tuple(word for word in self.words if word.top > edge - 1)

    @property
    def wide(self) -> bool:
        """Whether it is landscape."""
        return self.width > self.height


_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)


def pages_of(path: Path) -> tuple[Page, ...]:
    """Read all pages with poppler."""
    seen = subprocess.run(  # noqa: S603  # our own file
        ["/usr/bin/pdftotext", "-bbox", str(path), "-"], capture_output=True, check=True
    ).stdout.decode()
    return tuple(_pages(seen))


def _pages(seen: str) -> Iterator[Page]:
    for part in seen.split("<page ")[1:]:
        size = re.match(r'width="([\d.]+)" height="([\d.]+)"', part)
        assert size
        words = tuple(
            Word(text, float(left), float(top), float(right), float(bottom))
            for left, top, right, bottom, text in _WORD.findall(part)
        )
        yield Page(float(size[1]), float(size[2]), words)


def missing_glyphs(content: bytes) -> list[tuple[int, str, int]]:
    """Follow every drawn code to its glyph; give (page, font, code) where that is glyph 0."""
    reader = PdfReader(io.BytesIO(content))
    glyphs: dict[str, int] = {}
    wrong = []
    for number, page in enumerate(reader.pages, 1):
        for font, codes in _drawn(reader, page):
            name = str(font["/BaseFont"])
            if name not in glyphs:
                glyphs[name] = _count(font)
            wrong += [(number, name, code) for code in codes if not 0 < code < glyphs[name]]
    return wrong


def _count(font: Any) -> int:  # noqa: ANN401  # pypdf's dictionaries
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    file = next(descriptor[key] for key in ("/FontFile3", "/FontFile2") if key in descriptor)
    return int(TTFont(io.BytesIO(file.get_data()))["maxp"].numGlyphs)


def _drawn(reader: PdfReader, page: Any) -> Iterator[tuple[Any, list[int]]]:  # noqa: ANN401  # as above
    yield from _in_stream(reader, page.get_contents(), page["/Resources"])


def _in_stream(reader: PdfReader, stream: Any, resources: Any) -> Iterator[tuple[Any, list[int]]]:  # noqa: ANN401  # as above
    font: Any = None
    for operands, operator in ContentStream(stream, reader).operations:
        if operator == b"Tf":
            font = resources["/Font"][operands[0]].get_object()
        elif operator in (b"Tj", b"TJ"):
            parts = operands[0] if operator == b"TJ" else operands
            for part in parts:
                raw = _raw(part)
                yield font, [int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2)]
        elif operator == b"Do":
            form = resources["/XObject"][operands[0]].get_object()
            if form["/Subtype"] == "/Form":
                yield from _in_stream(reader, form, form.get("/Resources", resources))


def _raw(part: Any) -> bytes:  # noqa: ANN401  # as above
    if isinstance(part, bytes):
        return bytes(part)
    return bytes(part.original_bytes) if hasattr(part, "original_bytes") else b""
