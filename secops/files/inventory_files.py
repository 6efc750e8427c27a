"""Reads an inventory file of any kind: recognised by its content, not by its name alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from secops.contracts.inventory_files import InventoryFile, Notice
from secops.errors import InFile, msgid
from secops.errors.files import UnfitFileError
from secops.files.cell_text import CellReader
from secops.files.inventory_csv import read_csv
from secops.files.inventory_map import SheetMap
from secops.files.inventory_xlsx import looks_like_xlsx, read_tables
from secops.files.inventory_yaml import looks_like_yaml, read_yaml
from secops.files.recognition import Recognition, simplified
from secops.files.table import Table
from secops.files.table_rows import read_table
from secops.files.whole_file import content_of

FORMATS: Final = ("yaml", "xlsx", "csv")
_MOST_BYTES: Final = 100 * 1024 * 1024


def read_inventory(
    path: Path, words: Recognition, maps: Sequence[SheetMap] = (), stated: str = ""
) -> InventoryFile:
    """Read a file; what cannot be read at all is raised, other mistakes stand in `problems`."""
    content = content_of(path, _MOST_BYTES)
    if not content.strip():
        raise UnfitFileError(where=InFile(path), problem=msgid("the file is empty"))
    chosen = stated or _format(content, path)
    if chosen == "yaml":
        fields = {kind: one.fields for kind, one in words.kinds.items()}
        return read_yaml(content, path, CellReader(words), fields)
    if chosen == "xlsx":
        tables: Sequence[Table] = tuple(read_tables(content, path))
        notices: tuple[Notice, ...] = ()
    else:
        table, notice = read_csv(content, path)
        tables, notices = (table,), (notice,)
    read = [read_table(table, words, mapped) for table, mapped in _mapped(tables, maps)]
    return InventoryFile(
        path=path,
        format=chosen,
        rows=tuple(row for one in read for row in one.rows),
        notices=notices + tuple(notice for one in read for notice in one.notices),
        problems=tuple(problem for one in read for problem in one.problems),
    )


def _format(content: bytes, path: Path) -> str:
    if looks_like_xlsx(content):
        return "xlsx"
    if looks_like_yaml(path) or content.lstrip(b"\xef\xbb\xbf").startswith(
        (b"secops:", b"# secops")
    ):
        return "yaml"
    return "csv"


def _mapped(
    tables: Sequence[Table], maps: Sequence[SheetMap]
) -> list[tuple[Table, SheetMap | None]]:
    """Give the tables to read: all that hold anything, or only those that the maps name."""
    filled = [
        one
        for one in tables
        if any(any(cell not in ("", None) for cell in row) for row in one.rows)
    ]
    if not maps:
        return [(one, None) for one in filled]
    named: dict[str, list[SheetMap]] = {}
    for one in maps:  # one sheet may state records of several kinds
        named.setdefault(simplified(one.sheet), []).append(one)
    anywhere = named.pop("", [])
    return [
        (table, one) for table in filled for one in named.get(simplified(table.sheet), anywhere)
    ]
