"""Before printing: which characters no font can draw, and in which record they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from secops.contracts.documents import NoGlyph
from secops.documents.templates import Files

_NAMES = ("name", "title", "clause", "label", "short", "subject")
_INVISIBLE = frozenset(map(ord, "\t\n\r \u00a0\u3000\u00ad\ufe0e\ufe0f"))
STAND_IN = "\u3013"  # the printer's mark for a character that is not in the case


def without_glyph(context: object, covered: Collection[int]) -> tuple[NoGlyph, ...]:
    """Name each such character once per record and field."""
    found = (
        NoGlyph(character=character, record=record, field=field)
        for record, field, text in _texts(context, "", "")
        for character in text
        if ord(character) not in covered and ord(character) not in _INVISIBLE
    )
    return tuple(dict.fromkeys(found))


def _texts(value: object, record: str, field: str) -> Iterator[tuple[str, str, str]]:
    match value:
        case str():
            yield record, field, value
        case Mapping():
            named = (value.get(name) for name in _NAMES)
            own = next((str(one) for one in named if one), record)
            own = f"{record} / {own}" if record and own != record else own
            for key, one in value.items():
                yield from _texts(one, own, f"{field}.{key}".lstrip("."))
        case Sequence():
            for one in value:
                yield from _texts(one, record, field)
        case _:
            return


def stand_in(html: str, covered: Collection[int]) -> str:
    """Put the stand-in where nothing can be drawn, with the code point beside it."""
    wrong = {one for one in set(html) if ord(one) not in covered and ord(one) not in _INVISIBLE}
    return html.translate({ord(one): f"{STAND_IN}(U+{ord(one):04X})" for one in wrong})


def characters(files: Files) -> frozenset[str]:
    """Give the characters that the templates themselves print."""
    return frozenset().union(
        *(content.decode() for name, content in files.items() if name.endswith(".j2"))
    )
