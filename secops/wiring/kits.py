"""Puts workbooks, inventory words, checklists and store together: kits out, kits in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from secops.contracts.words import Words
from secops.errors import InFile, SecopsError
from secops.errors.kits import NoKitFileError
from secops.files.atomic import write_atomically
from secops.files.form_xlsx_out import write_form
from secops.judging.form_check import Spelled, folded
from secops.judging.form_merge import Preference
from secops.model.form import Choices, Form, FormRecord
from secops.model.ids import UnitId
from secops.model.record import CellKind, Field
from secops.model.unit import Unit
from secops.operations.forms import keep_form
from secops.operations.kit_plan import KitTable, MergeRun, Merging
from secops.operations.kit_records import Telling
from secops.operations.make_kit import KitMaking, make_kit
from secops.operations.merge_kits import Copy, merge_kits
from secops.wiring.assess import Assessing
from secops.wiring.collector import collector_at_rest
from secops.wiring.forms import read_copy, spellings
from secops.wiring.inventory_words import language, recognition, titles, written
from secops.wiring.today import today
from secops.wiring.workspace import Workspace

_LEVELS: Final = ("1", "2", "3", "4", "5")
_YES, _NO = "yes", "no"


def telling(words: Words) -> Telling:
    """Give how a kit titles, writes and reads cells."""

    def choices(field: Field) -> Choices:
        if field.kind is CellKind.LEVEL:
            return tuple((one, one) for one in _LEVELS)
        if field.kind is CellKind.BOOLEAN:
            return tuple((code, written(field, code == _YES, words)) for code in (_YES, _NO))
        return tuple((one, written(field, one, words)) for one in field.choices)

    return Telling(
        words=words,
        language=language(),
        title=lambda kind, path: titles(kind, words)[path],
        choices=choices,
        written=lambda field, cell: written(field, cell, words),
    )


@cache
def kit_spellings() -> Spelled:
    """Give what people write instead of the titles of a list, in self-check and inventory."""
    found = dict(spellings())
    for one in recognition().choices.values():
        for spelling, member in one.members.items():
            found[folded(spelling)] = (*found.get(folded(spelling), ()), member)
    for spelling, value in recognition().booleans.items():
        found[folded(spelling)] = (*found.get(folded(spelling), ()), _YES if value else _NO)
    for spelling, level in recognition().levels.items():
        found[folded(spelling)] = (*found.get(folded(spelling), ()), str(level))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """The kit of one unit, and what is kept of it."""

    unit: Unit
    path: Path
    form: Form
    record: FormRecord


def kept_kit(one: Assessing, making: KitMaking, about: tuple[Unit, Path], said: Telling) -> Kit:
    """Build the kit of a unit, and keep its base and record."""
    unit, path = about
    form = make_kit(one.work, one.blobs, one.acting, (making, unit), (one.tables, said))
    record = keep_form(one.work, one.blobs, one.acting, form)
    return Kit(unit=unit, path=path, form=form, record=record)


def write_kit(one: Kit, words: Words) -> None:
    """Write the workbook, once its record is kept: many take a while, and hold nobody up."""
    try:
        write_atomically(one.path, write_form(one.form, words))
    except SecopsError as error:
        raise error.at(InFile(one.path)) from error


def kit_files(places: Sequence[Path]) -> list[Path]:
    """Give the files, and the workbooks of each folder by name; raises NoKitFileError."""
    found: list[Path] = []
    for place in places:
        inside = [place]
        if place.is_dir():
            inside = sorted(one for one in place.glob("*.xlsx") if one.name[0] not in "~.")
            if not inside:
                raise NoKitFileError(folder=str(place))
        found += inside
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class KitFiles:
    """Which files are merged, and how what they cannot agree on is decided."""

    paths: Sequence[Path]
    prefer: Preference
    units: frozenset[UnitId] = frozenset()
    unconflicted: bool = False
    dry_run: bool = False


def merge_kit_files(workspace: Workspace, files: KitFiles, words: Words) -> KitTable:
    """Read and merge; what is wrong with a file stands in the table."""
    merging = Merging(
        spelled=kit_spellings(),
        telling=telling(words),
        prefer=files.prefer,
        unconflicted=files.unconflicted,
        dry_run=files.dry_run,
    )
    run = MergeRun(merging=merging, day=today(workspace), units=files.units)
    with collector_at_rest():
        copies = _copies(files.paths)
        return merge_kits(workspace.begin, workspace.blobs, workspace.acting, copies, run)


def _copies(paths: Sequence[Path]) -> Iterator[Copy]:
    for path in paths:
        try:
            yield path, read_copy(path)
        except SecopsError as error:
            yield path, error
