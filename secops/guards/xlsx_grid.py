"""How far the cells of a sheet reach: told by their names, and by counting where they have none.

A reader lays out every cell up to the farthest one, so that two cells can fill a machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

MOST_ROWS: Final = 100_000
TALLEST: Final = MOST_ROWS + 60  # with heads, and the rows that only show how to write
MOST_COLUMNS: Final = 200

_BEYOND: Final = (
    rb"(?:(?:[A-Za-z]{3,}|[H-Zh-z][A-Za-z]|[Gg][S-Zs-z])[0-9]+"  # beyond column GR, the 200th
    rb"|[A-Za-z]*(?:[0-9]{7,}|[2-9][0-9]{5}|1[1-9][0-9]{4}|10[1-9][0-9]{3}|100[1-9][0-9]{2}"
    rb"|1000[6-9][0-9]))"  # beyond row 100,059
)
_FAR: Final = re.compile(rb' r="' + _BEYOND + rb'"')
_ODD_FAR: Final = re.compile(rb"\sr\s*=\s*[\"']\s*" + _BEYOND)
_ODD_SIGNS: Final = (b" r='", b"\nr=", b"\tr=", b"\rr=", b" r =", b" r= ", b" r\n", b' r=" ')
_NAMED: Final = ((b'<row r="', b"<row"), (b'<c r="', b"<c "))
_UNUSUAL: Final = (b"<c>", b"<c/", b"<c\n", b"<c\t", b"<c\r", b":c", b":row")
_TAG: Final = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^<>]*)")
_NAME: Final = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]*)([0-9]*)")
_LETTERS: Final = 26
_BEFORE_A: Final = 64
_LONGEST_TAG: Final = 1024 * 1024


def far(piece: bytes) -> bool:
    """Whether a piece of a sheet names a cell that lies too far."""
    return bool(_FAR.search(piece) or (_is_odd(piece) and _ODD_FAR.search(piece)))


def leaves_names_out(piece: bytes) -> bool:
    """Whether a piece may hold rows or cells that do not say where they stand."""
    last = piece[max(piece.rfind(b"<"), 0) :]  # cut off, it shows whole in the next piece
    for named, every in _NAMED:
        cut = last != named and last.startswith(every) and named.startswith(last)
        if piece.count(named) + cut < piece.count(every):
            return True
    return any(sign in piece for sign in _UNUSUAL)


def counted_far(chunks: Iterable[bytes]) -> bool:
    """Count as readers do, what has no name stands behind the one before; whether it goes far."""
    row, column, rest = 0, 0, b""
    for chunk in chunks:
        piece = rest + chunk
        end = max(piece.rfind(b"<"), 0)  # the last tag may not be whole
        for found in _TAG.finditer(piece, 0, end):
            name = _NAME.search(found[2])
            if found[1] == b"row":
                row, column = int(name[2]) if name and name[2] else row + 1, 0
            else:
                column = _number(name[1]) if name and name[1] else column + 1
            if row > TALLEST or column > MOST_COLUMNS:
                return True
        rest = piece[end:]
        if len(rest) > _LONGEST_TAG:
            return True
    return False


def _number(letters: bytes) -> int:
    number = 0
    for one in letters.upper():
        number = number * _LETTERS + one - _BEFORE_A
    return number


def _is_odd(piece: bytes) -> bool:
    """Whether cells may be named in a way that no usual program writes."""
    return any(sign in piece for sign in _ODD_SIGNS)
