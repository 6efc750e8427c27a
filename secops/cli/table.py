"""Tables: straight columns for Chinese at a terminal, tab-separated full values elsewhere."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Final

import click

from secops.guards.text import tamed

_GAP: Final = "  "
_WIDE_SIGN: Final = 2
_NARROWEST: Final = 12  # narrower columns of wrapped text are harder to read than blocks
# A word or one wide sign; what closes a clause stays with it, blanks may be lost at a line's end.
_PIECE: Final = re.compile(r"(?:[!-+\--~]+|[^ ])[，。、；：）》”！？,;:)]*| +")


def wrapped(text: str, width: int) -> list[str]:
    """Break into lines of at most this many cells; only what is longer than a line is cut up."""
    from rich.cells import cell_len, chop_cells  # noqa: PLC0415  # not needed for tabs

    bare = text.lstrip("\u3000")  # how deep a unit stands is said by wide blanks before its name
    if indent := text[: len(text) - len(bare)]:
        return [indent + line for line in wrapped(bare, max(width - cell_len(indent), _WIDE_SIGN))]
    lines = [""]
    for piece in _PIECE.findall(text):
        if cell_len(lines[-1] + piece) <= width:
            lines[-1] += piece
        elif not piece.isspace():
            first, *rest = chop_cells(piece, width)
            lines = [*lines, first, *rest] if lines[-1].strip() else [*lines[:-1], first, *rest]
    return [line.rstrip() for line in lines]


def show_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    spare: Sequence[str] = (),
    blocks: bool = False,
) -> None:
    """Print rows under their heads, where these have any.

    At a terminal that is too narrow the `spare` columns go, in this order; what is then still too
    wide is wrapped, and many wide columns become a block for each row, as `blocks` asks for.
    Elsewhere all is printed.
    """
    cleaned = [[tamed(cell) for cell in row] for row in ([heads, *rows] if heads else rows)]
    if not sys.stdout.isatty():
        for row in cleaned:
            click.echo("\t".join(row))
        return
    width = _room()
    for head in spare:
        if _fits(cleaned, width):
            break
        at = cleaned[0].index(head)
        cleaned = [[*row[:at], *row[at + 1 :]] for row in cleaned]
    lay = laid_out if _in_columns(cleaned, width, heads) and not blocks else _blocks
    for line in lay(cleaned, width):
        click.echo(line)


def show_block(pairs: Sequence[tuple[str, str]]) -> None:
    """Print names and values of one thing, a line each; values are wrapped, never cut."""
    show_table([], [pair for pair in pairs if pair[1]])


def laid_out(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Lay out rows in columns that fit into `width` cells, the widest columns giving way."""
    from rich.cells import set_cell_size  # noqa: PLC0415  # not needed for tabs

    widths = _widths(rows)
    room = width - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _WIDE_SIGN:
        widths[widths.index(max(widths))] -= 1
    lines = []
    for row in rows:
        cells = [wrapped(cell, at) for cell, at in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            sized = (set_cell_size(part, at) for part, at in zip(parts, widths, strict=True))
            lines.append(_GAP.join(sized).rstrip())
    return lines


def _room() -> int:
    """Give the cells of a line; what is shown indented says how many are left."""
    return getattr(sys.stdout, "columns", 0) or shutil.get_terminal_size().columns


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    from rich.cells import cell_len  # noqa: PLC0415  # not needed for tabs

    return [max(map(cell_len, column)) for column in zip(*rows, strict=True)]


def _fits(rows: Sequence[Sequence[str]], width: int) -> bool:
    widths = _widths(rows)
    return sum(widths) + len(_GAP) * (len(widths) - 1) <= width


def _in_columns(rows: Sequence[Sequence[str]], width: int, heads: Sequence[str]) -> bool:
    """Whether columns stay wide enough to be read; without heads there are no blocks."""
    widths = _widths(rows)
    least = sum(min(one, _NARROWEST) for one in widths) + len(_GAP) * (len(widths) - 1)
    return not heads or least <= width


def _blocks(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    heads, *records = rows
    lines: list[str] = []
    for record in records:
        pairs = [(head, cell) for head, cell in zip(heads, record, strict=True) if cell]
        lines += [*([""] if lines else []), *laid_out(pairs, width)]
    return lines
