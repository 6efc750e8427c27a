"""What a ledger holds beside its records: rows below the last one, cells merged over several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from secops.contracts.inventory_files import Notice
from secops.errors import InputError, msgid
from secops.errors.files import MergedCellsError
from secops.files.cell_text import Raw, written
from secops.files.recognition import MARK, Recognition, simplified
from secops.files.table import Merged, Table, cell_name
from secops.files.table_head import ID, REVISION, Head

_EACH_ITS_OWN: Final = frozenset({"name", "value", "no", ID, REVISION, MARK})
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidied:
    """The table with merged cells filled down, without its footers."""

    table: Table
    notices: tuple[Notice, ...]
    problems: tuple[InputError, ...]


def tidied(table: Table, head: Head, words: Recognition) -> Tidied:
    """Cut footers and fill down; an export of ours is taken as it stands."""
    last = len(table.rows)
    if not head.exported:
        while last - 1 > head.row and _is_footer(table.rows[last - 1], words):
            last -= 1
    cut = [one for one in range(last, len(table.rows)) if _first(table.rows[one])]
    notices = [_footers(table, cut)] if cut else []
    rows = [list(row) for row in table.rows[:last]]
    filled: list[str] = []
    problems: list[InputError] = []
    for merged in _of_data(table, head, last):
        if head.exported or not _fill(rows, merged, head):
            problems.append(MergedCellsError(where=table.place(*merged[0])))
        else:
            filled.append(cell_name(*merged[0]))
    if filled:
        said = msgid("cells merged over several rows count for each of them: {cells}")
        details = {"cells": _listed(filled)}
        notices.append(Notice(where=table.whole, said=said, details=details))
    return Tidied(table=replace(table, rows=rows), notices=tuple(notices), problems=tuple(problems))


def _listed(texts: list[str]) -> str:
    return ", ".join(texts[:_SHOWN] + ["…"] * (len(texts) > _SHOWN))


def _first(row: Sequence[Raw]) -> str:
    return next((text for one in row if (text := simplified(written(one)))), "")


def _is_footer(row: Sequence[Raw], words: Recognition) -> bool:
    """Whether nothing stands in a row, or its first text is such a word, or that and a colon."""
    text = _first(row)
    if not text:
        return True
    said, colon, _ = text.partition(":")
    return said in words.footers or (not colon and said.rstrip("0123456789") in words.footers)


def _footers(table: Table, cut: list[int]) -> Notice:
    said = msgid("rows below the last record are not read: {rows}")
    firsts = [_first(table.rows[one]).partition(":")[0] for one in cut]
    rows = [f"{one + 1} {first}" for one, first in zip(cut, firsts, strict=True)]
    return Notice(where=table.whole, said=said, details={"rows": _listed(rows)})


def _of_data(table: Table, head: Head, last: int) -> Iterator[Merged]:
    for (first_row, first), (last_row, until) in table.merged:
        read = any(column in head.paths for column in range(first, until + 1))
        if head.row < first_row < last and read:
            yield (first_row, first), (min(last_row, last - 1), until)


def _fill(rows: list[list[Raw]], merged: Merged, head: Head) -> bool:
    """Fill the empty cells below the first; what is wide, or names a record, stays a mistake."""
    (first_row, column), (last_row, until) = merged
    if until > column or head.paths[column] in _EACH_ITS_OWN:
        return False
    top = rows[first_row][column] if column < len(rows[first_row]) else None
    for number in range(first_row + 1, last_row + 1):
        row = rows[number]
        row += [""] * (column + 1 - len(row))
        if row[column] not in ("", None):
            break
        row[column] = top
    return True
