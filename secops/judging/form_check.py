"""Holds a copy that came back against the form as it was made, and says every mistake."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from secops.errors import InFile, InputError, Place, WrongChoiceError, msgid
from secops.errors.files import UnrecognisedValueError, WrongCellError
from secops.errors.forms import (
    ClosedCellError,
    LostIdError,
    MissingEntryColumnError,
    MissingSheetError,
    RepeatedRowError,
    StaleRowError,
    UnknownRowError,
)
from secops.judging.form_keeping import stood
from secops.model.filled_form import FilledForm, FilledRow, FilledSheet
from secops.model.form import Choices, EntryKind, Form, FormColumn, FormRow, FormSheet

Spelled = Mapping[str, tuple[str, ...]]
"""A folded spelling that people use -> the codes that it may stand for."""

_WHOLE: Final = re.compile("[0-9]{1,15}")
_MOST_SHOWN: Final = 80
_LONGEST: Final = 1_000  # no title is longer; what is folded is remembered


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """Fold a spelling: full width, blanks and case do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedRow:
    """One row with its base; `cells` are the entries, of a choice its code."""

    sheet: FormSheet
    base: FormRow | None  # None: somebody added the row
    cells: Mapping[str, str]
    place: Callable[[str], Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What one copy says, without the rows that are wrong, and what is wrong with them."""

    rows: tuple[CheckedRow, ...]
    unfit: tuple[InputError, ...]  # the copy as a whole: nothing of it can be taken
    refused: tuple[InputError, ...]  # single cells; their rows are left out
    missing: int  # rows of the form that the copy no longer has: they say nothing


def checked(form: Form, copy: FilledForm, spelled: Spelled) -> Checked:
    """Check sheets, columns, ids and revisions, then every cell."""
    sheets = {one.key: one for one in copy.sheets}
    unfit: list[InputError] = list(copy.problems)
    refused: list[InputError] = []
    rows: list[CheckedRow] = []
    missing = 0
    for sheet in form.sheets:
        found = sheets.get(sheet.key)
        if found is None:
            unfit.append(MissingSheetError(where=InFile(copy.path), sheet=sheet.title))
            continue
        unfit += _lost_columns(sheet, found)
        known = {row.id: row for row in sheet.rows}
        met: dict[str, FilledRow] = {}
        for row in found.rows:
            if wrong := _wrong_row(sheet, row, known, met):
                unfit.append(wrong)
            else:
                rows += _read(sheet, row, known.get(row.id), spelled, refused)
        missing += len(known.keys() - met.keys())
    return Checked(rows=tuple(rows), unfit=tuple(unfit), refused=tuple(refused), missing=missing)


def _lost_columns(sheet: FormSheet, found: FilledSheet) -> Iterator[InputError]:
    for column in sheet.entries:
        if column.key not in found.columns:
            yield MissingEntryColumnError(where=found.place, key=column.title)


def _wrong_row(
    sheet: FormSheet, row: FilledRow, known: Mapping[str, FormRow], met: dict[str, FilledRow]
) -> InputError | None:
    if not row.id:
        return None if sheet.spare else LostIdError(where=row.place(""))
    if row.id not in known:
        return UnknownRowError(where=row.place(""), id=row.id[:_MOST_SHOWN])
    first = met.setdefault(row.id, row)
    if first is not row:
        return RepeatedRowError(where=row.place(""), first=str(first.place("")))
    wanted = known[row.id].revision
    if row.revision != wanted:
        found = row.revision[:_MOST_SHOWN] or "-"
        return StaleRowError(where=row.place(""), found=found, wanted=wanted)
    return None


def _read(
    sheet: FormSheet,
    row: FilledRow,
    base: FormRow | None,
    spelled: Spelled,
    refused: list[InputError],
) -> Iterator[CheckedRow]:
    cells: dict[str, str] = {}
    problems = list(row.problems)
    for column in sheet.entries:
        text = row.cells.get(column.key, "")
        try:
            cells[column.key] = _cell(column, base, text, spelled) if text else ""
        except InputError as error:
            error.at(row.place(column.key))
            problems.append(error)
    if problems:
        refused += problems
    else:
        yield CheckedRow(sheet=sheet, base=base, cells=cells, place=row.place)


def _cell(column: FormColumn, base: FormRow | None, text: str, spelled: Spelled) -> str:
    if base is not None and column.key in base.closed:
        was = base.cells.get(column.key, "")
        shown = dict(base.choices.get(column.key, column.choices)).get(was)
        if stood(column, text) not in (was, shown):
            raise ClosedCellError(key=column.title, found=text[:_MOST_SHOWN])
        return was
    if column.entry is EntryKind.CHOICE:
        choices = base.choices.get(column.key, column.choices) if base else column.choices
        return _choice(column, choices, text, spelled)
    if column.entry is EntryKind.WHOLE:
        number = folded(text) if len(text) <= _MOST_SHOWN else ""
        if not _WHOLE.fullmatch(number):
            wanted = msgid("a whole number")
            raise WrongCellError(key=column.title, wanted=wanted, found=text[:_MOST_SHOWN])
        return str(int(number))
    return text


@lru_cache(maxsize=1_024)
def _codes(choices: Choices) -> Mapping[str, str]:
    return {folded(title): code for code, title in choices}


def code_of(text: str, choices: Choices, spelled: Spelled) -> str | None:
    """Give the choice that a text means: by its title, else by a spelling that people use."""
    codes, said = _codes(choices), folded(text) if len(text) <= _LONGEST else None
    if said is None:
        return None
    if said in codes:
        return codes[said]
    offered = {code for code, _ in choices}
    return next((code for code in spelled.get(said, ()) if code in offered), None)


def _choice(column: FormColumn, choices: Choices, text: str, spelled: Spelled) -> str:
    code = code_of(text, choices, spelled)
    if code is not None:
        return code
    titles = [title for _, title in choices]
    found = text[:_MOST_SHOWN]
    near = difflib.get_close_matches(found, titles, n=1, cutoff=0.5)
    if near:
        raise UnrecognisedValueError(key=column.title, found=found, near=near[0])
    raise WrongChoiceError(key=column.title, choices=", ".join(titles), found=found)
