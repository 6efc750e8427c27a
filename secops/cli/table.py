"""Tables: straight columns for Chinese at a terminal, tab-separated full values elsewhere."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

import click

_GAP: Final = "  "
_WIDEST: Final = 40
_NARROWEST: Final = 4


def clean(text: str) -> str:
    """Take out control, bidirectional and line-breaking signs: scans bring what others wrote."""
    return "".join(
        " " if sign in "\t\n\r\v\f\u2028\u2029\x85" else sign
        for sign in text
        if sign in "\t\n\r\v\f\u2028\u2029\x85"
        or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co")
    )


def cut(text: str, width: int) -> str:
    """Shorten to this many cells, with an ellipsis; never inside a wide sign."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415  # not needed for tabs

    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…"


def show_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their heads, where these have any."""
    cleaned = [[clean(cell) for cell in row] for row in ([heads, *rows] if heads else rows)]
    if not sys.stdout.isatty():
        for row in cleaned:
            click.echo("\t".join(row))
        return
    width = shutil.get_terminal_size().columns
    for line in laid_out(cleaned, width):
        click.echo(line)


def laid_out(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Lay out rows in columns that fit into `width` cells, the widest columns giving way."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415  # not needed for tabs

    widths = [min(_WIDEST, max(map(cell_len, column))) for column in zip(*rows, strict=True)]
    room = width - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return [
        _GAP.join(
            set_cell_size(cut(cell, at), at) for cell, at in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]
