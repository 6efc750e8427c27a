"""Reads checklists for the commands that list, show, compare and prove them; needs no workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from secops.errors import SecopsError
from secops.errors.checklists import NoChecklistError, NoSuchItemError
from secops.files.checklists import EDITION, load_checklist
from secops.judging.linting import Remark, remarks
from secops.model.checklist import Checklist, Item
from secops.model.library import Library
from secops.operations.assessments import near
from secops.wiring.tables import checklist_folders, load_library, load_tables
from secops.wiring.today import SHANGHAI


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """One folder: what it is, or what is wrong with it, every mistake by itself."""

    folder: Path
    checklist: Checklist | None
    problems: tuple[SecopsError, ...]


def lint_folders(folders: Sequence[Path]) -> tuple[Linted, ...]:
    """Read each folder; raises NoChecklistError for one that holds no edition."""
    return tuple(_lint(folder) for folder in folders)


def _lint(folder: Path) -> Linted:
    if not (folder / f"{EDITION}.yaml").is_file():
        raise NoChecklistError(folder=str(folder))
    try:
        return Linted(folder=folder, checklist=load_checklist(folder), problems=())
    except SecopsError as error:
        return Linted(folder=folder, checklist=None, problems=tuple(_each(error)))


def _each(error: SecopsError) -> Iterator[SecopsError]:
    several: tuple[SecopsError, ...] = getattr(error, "problems", ())
    if not several:
        yield error
    for one in several:
        yield from _each(one)


def lint_together(linted: Sequence[Linted]) -> tuple[tuple[Remark, ...], tuple[SecopsError, ...]]:
    """Say what no folder shows alone: ids across packs and editions, rules, high-risk cases."""
    library = Library(tuple(one.checklist for one in linted if one.checklist))
    try:
        load_tables()
    except SecopsError as error:
        return remarks(library), tuple(_each(error))
    return remarks(library), ()


def named_or_folder(text: str, workspace: Path | None) -> Checklist:
    """Find an edition by `pack`, `pack@folder` or the path of its folder."""
    path = Path(text)
    if (path / f"{EDITION}.yaml").is_file():
        return load_checklist(path)
    return load_library(workspace).named(text, datetime.now(SHANGHAI).date())


def all_folders(workspace: Path | None) -> tuple[Path, ...]:
    """Give the folders that come with the program, and a workspace's own."""
    return checklist_folders(workspace)


def chosen_items(edition: Checklist, text: str, wanted: Mapping[str, object]) -> tuple[Item, ...]:
    """Give one item by id or clause, else those of a domain, part or level.

    Raises NoSuchItemError with near names.
    """
    if text:
        return (_named(edition, text),)
    return tuple(
        item
        for item in edition.items
        if wanted.get("domain") in (None, item.domain.code)
        and wanted.get("part") in (None, item.part.code)
        and ("level" not in wanted or wanted["level"] in [at.level for at in item.at])
    )


def _named(edition: Checklist, text: str) -> Item:
    names: dict[str, Item] = {}
    for item in edition.items:
        id_ = str(item.id)
        names |= {id_: item, id_.partition("/")[2]: item}
        names |= {str(at.clause): item for at in item.at}
    if text not in names:
        raise NoSuchItemError(checklist=edition.pack, item=text, near=near(text, [*names]))
    return names[text]
