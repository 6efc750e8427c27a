"""Finds the head of a table that anybody may have made: its row, and what each column means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from secops.contracts.inventory_files import Notice
from secops.errors import msgid
from secops.errors.files import UnknownHeadError
from secops.files.cell_text import written
from secops.files.inventory_map import IGNORE, SheetMap
from secops.files.recognition import MARK, NOTHING, Recognition, heading, simplified
from secops.files.table import Table

ID: Final = "_id"
REVISION: Final = "_rev"
_LOOKED_AT: Final = 30
_FEWEST: Final = 2
_OWN_NAMES: Final = frozenset({"name", "value"})  # what a list of its kind begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The kind of a table, its head's row, and column -> path (also `_id`, `_rev`, `mark`)."""

    kind: str
    row: int
    paths: Mapping[int, str]
    titles: Mapping[int, str]
    unread: tuple[str, ...]  # titles that mean nothing to us

    @property
    def exported(self) -> bool:
        """Whether one of our exports wrote it."""
        return ID in self.paths.values() and REVISION in self.paths.values()


def find_head(table: Table, words: Recognition, mapped: SheetMap | None) -> Head:
    """Give the row that means most; raises UnknownHeadError: none does, or two mean as much."""
    kinds = [mapped.kind] if mapped else _kinds(table, words)
    rows = [mapped.head - 1] if mapped and mapped.head else range(min(len(table.rows), _LOOKED_AT))
    heads = [_head(table, words, mapped, kind, row) for kind in kinds for row in rows]
    ranked = sorted(heads, key=lambda one: _rank(one, words), reverse=True)
    best = ranked[0] if ranked else None
    if best is None or len(best.paths) < (1 if mapped else _FEWEST):
        raise UnknownHeadError(where=table.whole)
    if len(ranked) > 1 and _rank(ranked[1], words) == _rank(best, words):
        raise UnknownHeadError(where=table.whole)
    return best


def _kinds(table: Table, words: Recognition) -> list[str]:
    title = simplified(table.sheet)
    named = [kind for kind, one in words.kinds.items() if title in one.sheets]
    return named or list(words.kinds)


def _rank(head: Head, words: Recognition) -> tuple[int, bool, bool]:
    """How much it says, then what it begins with, then whether a record can be made of it."""
    fields = words.kinds[head.kind].fields.values()
    needed = {one.path for one in fields if one.required and one.path != "no"}
    needed -= {"id"} if head.kind != "contact" else set()
    found = set(head.paths.values())
    first = next((path for path in head.paths.values() if path != "no"), NOTHING)
    return len(found), first in _OWN_NAMES, needed <= found


def _head(table: Table, words: Recognition, mapped: SheetMap | None, kind: str, row: int) -> Head:
    paths: dict[int, str] = {}
    titles: dict[int, str] = {}
    unread: list[str] = []
    for column, spellings in enumerate(_spellings(table, row)):
        found = [_path(one, kind, words, mapped) for one in spellings]
        path = next((one for one in found if one != NOTHING), NOTHING)
        title = spellings[-1] if spellings else ""
        if path in (NOTHING, IGNORE) or path in paths.values():
            known = path == IGNORE or not title or heading(title) in words.ignored
            unread += [] if known else [title]
            continue
        paths[column] = path
        titles[column] = title
    return Head(kind=kind, row=row, paths=paths, titles=titles, unread=tuple(unread))


def _path(title: str, kind: str, words: Recognition, mapped: SheetMap | None) -> str:
    if title in (ID, REVISION):
        return title
    if mapped and heading(title) in mapped.columns:
        return mapped.columns[heading(title)]
    return words.path(kind, title)


def _spellings(table: Table, row: int) -> Iterator[Sequence[str]]:
    """Give what may name each column: a head of two rows, its own cell, the merged one above."""
    if row >= len(table.rows):
        return
    above = table.rows[row - 1] if row else ()
    for column, raw in enumerate(table.rows[row]):
        own = " ".join(written(raw).split())
        top, wide, tall = _merged_above(table, row, column)
        over = " ".join(written(above[top]).split()) if 0 <= top < len(above) else ""
        if own and over and wide:
            yield (over + own, own)
        elif own:
            yield (own,)
        else:
            yield (over,) if over and tall else ()


def _merged_above(table: Table, row: int, column: int) -> tuple[int, bool, bool]:
    """Give the column where a merge over this cell begins, if it is wide, if it reaches down."""
    for (first_row, first), (last_row, last) in table.merged:
        if first_row <= row - 1 <= last_row and first <= column <= last:
            return first, last > first and last_row < row, last_row >= row
    return -1, False, False


def notices_of(head: Head, table: Table) -> tuple[Notice, ...]:
    """Say which columns were not read."""
    if not head.unread:
        return ()
    said = msgid("these columns mean nothing here and are not read: {columns}")
    columns = ", ".join(head.unread)
    return (Notice(where=table.whole, said=said, details={"columns": columns}),)


__all__ = ["ID", "MARK", "REVISION", "Head", "find_head", "notices_of"]
