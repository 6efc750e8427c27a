"""Three-way merge over many copies: what was exported, what each of them says, what stands now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from secops.errors import Place
from secops.judging.form_check import CheckedRow
from secops.judging.form_keeping import stood
from secops.judging.three_way import Standing
from secops.model.form import Form, FormColumn, FormRow, FormSheet, FormSubject

Stands = Callable[[FormSubject, str], Mapping[str, str]]
"""Subject of a form and id of a row -> what its entry cells would say now."""


class Claim(NamedTuple):  # like a frozen dataclass, made in a third of the time
    """What one copy says in a cell that somebody changed there."""

    value: str
    base: str  # what stood in that copy when it was made
    knew: bool  # whether what stands now is what stood in it then
    by: str  # who is said to have typed it
    path: Path
    key: str  # of the column
    placer: Callable[[str], Place]

    @property
    def place(self) -> Place:
        """Where it stands in the copy."""
        return self.placer(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Who wins where two differ; without any preference nobody does."""

    store: bool = False  # what stands now, over every file
    files: bool = False  # the files over what stands, unless they differ among themselves
    paths: tuple[Path, ...] = ()  # these files over everything, the first of them first


class MergedCell(NamedTuple):  # as Claim
    """One cell that some copy changes."""

    column: FormColumn
    now: str
    claims: tuple[Claim, ...]
    value: str | None  # what it becomes; None: a conflict that nobody decided

    @property
    def base(self) -> str:
        """What stood there when the first of the copies was made."""
        return self.claims[0].base

    @property
    def behind(self) -> tuple[Claim, ...]:
        """Those who say what it becomes."""
        return tuple(one for one in self.claims if one.value == self.value)


class MergedRow(NamedTuple):  # as Claim
    """One row that some copy changes, with all that they change in it."""

    subject: FormSubject
    sheet: FormSheet
    base: FormRow
    now: Mapping[str, str]  # what all of its entry cells would say now
    cells: tuple[MergedCell, ...]
    place: Callable[[str], Place]  # of a cell by its key, in the first copy that changes the row

    @property
    def after(self) -> dict[str, str]:
        """What all of its entry cells say then."""
        changed = {one.column.key: one.value for one in self.cells if one.value is not None}
        return {**self.now, **changed}

    @property
    def conflicts(self) -> tuple[MergedCell, ...]:
        """The cells that nobody decided."""
        return tuple(one for one in self.cells if one.value is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRows:
    """One copy, checked: the form as it was made, who filled it in, and its rows."""

    form: Form
    path: Path
    by: str
    rows: Sequence[CheckedRow]


@dataclass(slots=True)
class _Gathered:
    row: CheckedRow
    subject: FormSubject
    base: FormRow
    now: Mapping[str, str]
    claims: dict[str, list[Claim]] = field(default_factory=dict)


def standing(now: str, claims: Iterable[Claim]) -> Standing:
    """Say what the copies make of a cell; their order does not matter.

    What already stands is no news. One new value is taken if whoever says it knew what it
    replaces; two, or one that replaces what its writer never saw, are a conflict.
    """
    first, found = None, Standing.UNCHANGED
    for one in claims:
        if one.value != now:
            if not one.knew or first not in (None, one.value):
                return Standing.CONFLICT
            first, found = one.value, Standing.TAKE
    return found


def merged(copies: Iterable[CopyRows], stands: Stands, prefer: Preference) -> list[MergedRow]:
    """Merge the rows that the form gave out; what somebody added is not touched here."""
    gathered: dict[tuple[FormSubject, str], _Gathered] = {}
    for copy in copies:
        for row in copy.rows:
            if row.base is not None:
                _gather(copy, row, row.base, stands, gathered)
    found = ((one, tuple(_cells(one, prefer))) for one in gathered.values())
    return [
        MergedRow(
            subject=one.subject,
            sheet=one.row.sheet,
            base=one.base,
            now=one.now,
            cells=cells,
            place=one.row.place,
        )
        for one, cells in found
        if cells
    ]


def _gather(
    copy: CopyRows,
    row: CheckedRow,
    base: FormRow,
    stands: Stands,
    gathered: dict[tuple[FormSubject, str], _Gathered],
) -> None:
    """Note what this copy changed in a row."""
    key, one = (copy.form.subject, base.id), None
    for column in row.sheet.entries:
        name = column.key
        value, was = row.cells[name], base.cells.get(name, "")
        if (stood(column, value) if column.private else value) == was:
            continue
        one = one or gathered.get(key)
        if one is None:
            one = gathered[key] = _Gathered(row, key[0], base, stands(*key))
        now = one.now.get(name, "")
        knew = (stood(column, now) if column.private else now) == was
        claim = Claim(value, was, knew, copy.by, copy.path, name, row.place)
        one.claims.setdefault(name, []).append(claim)


def _cells(one: _Gathered, prefer: Preference) -> Iterator[MergedCell]:
    for column in one.row.sheet.entries:
        claims = one.claims.get(column.key)
        if not claims:
            continue
        now = one.now.get(column.key, "")
        found = standing(now, claims)
        if found is Standing.UNCHANGED:
            continue
        value: str | None
        if found is Standing.TAKE:
            value = next(claim.value for claim in claims if claim.value != now)
        else:
            value = _decided(now, claims, prefer)
        if value != now:
            yield MergedCell(column=column, now=now, claims=tuple(claims), value=value)


def _decided(now: str, claims: Sequence[Claim], prefer: Preference) -> str | None:
    by_path = {one.path: one.value for one in claims}
    for path in prefer.paths:
        if path in by_path:
            return by_path[path]
    if prefer.store:
        return now
    values = {one.value for one in claims if one.value != now}
    return values.pop() if prefer.files and len(values) == 1 else None
