"""Reads checklists for the commands that list, show, compare and prove them; needs no workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from secops.errors import SecopsError
from secops.errors.checklists import NoChecklistError, NoSuchChapterError, NoSuchItemError
from secops.files.folder_content import EDITION
from secops.model.checklist import Checklist, Item
from secops.operations.assessments import near
from secops.wiring.tables import (
    built_in_folders,
    load_library,
    own_folders,
    read_built_in,
    read_edition,
    read_own_edition,
)
from secops.wiring.today import SHANGHAI


@dataclass(frozen=True, slots=True, kw_only=True)
class Linted:
    """One folder: what it is, or what is wrong with it, every mistake by itself."""

    folder: Path
    checklist: Checklist | None
    problems: tuple[SecopsError, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside the checklists and speaks of their items: rules, high-risk cases."""

    rules: int
    cases: int
    problems: tuple[SecopsError, ...]


def lint_folders(folders: Sequence[Path]) -> tuple[Linted, ...]:
    """Read each folder; raises NoChecklistError for one that holds no edition."""
    for folder in folders:
        if not (folder / f"{EDITION}.yaml").is_file():
            raise NoChecklistError(folder=str(folder))
    return tuple(_lint(folder, read_edition) for folder in folders)


def lint_all(workspace: Path | None) -> tuple[Linted, ...]:
    """Read what comes with the program, and a workspace's own."""
    ours = (_lint(folder, read_edition) for folder in built_in_folders())
    return (*ours, *(_lint(folder, read_own_edition) for folder in own_folders(workspace)))


def _lint(folder: Path, load: Callable[[Path], Checklist]) -> Linted:
    try:
        return Linted(folder=folder, checklist=load(folder), problems=())
    except SecopsError as error:
        return Linted(folder=folder, checklist=None, problems=_each(error))


def _each(error: SecopsError) -> tuple[SecopsError, ...]:
    several: tuple[SecopsError, ...] = getattr(error, "problems", ())
    return several or (error,)


def lint_beside() -> Beside:
    """Hold rules and high-risk cases, which come with the program, to its checklists."""
    try:
        read = read_built_in()
    except SecopsError as error:
        return Beside(rules=0, cases=0, problems=_each(error))
    return Beside(rules=len(read.rules.rules), cases=len(read.guide.cases), problems=())


def named_or_folder(text: str, workspace: Path | None) -> Checklist:
    """Find an edition by `pack`, `pack@folder` or the path of its folder."""
    path = Path(text)
    if (path / f"{EDITION}.yaml").is_file():
        return read_edition(path)
    return load_library(workspace).named(text, datetime.now(SHANGHAI).date())


def chosen_items(edition: Checklist, text: str, wanted: Mapping[str, object]) -> tuple[Item, ...]:
    """Give one item by id or clause, else those of a domain, part or level.

    Raises NoSuchItemError with near names, NoSuchChapterError.
    """
    if text:
        return (_named(edition, text),)
    codes = {key: _chapter(edition, key, str(found)) for key, found in wanted.items()}
    return tuple(
        item
        for item in edition.items
        if codes.get("domain") in (None, item.domain.code)
        and codes.get("part") in (None, item.part.code)
        and ("level" not in wanted or wanted["level"] in [at.level for at in item.at])
    )


def _chapter(edition: Checklist, key: str, found: str) -> str:
    """Give the code of a domain, part or level that is named by code or title."""
    chapters = {
        "domain": {one.code: one.title for one in edition.domains},
        "part": {one.code: one.title for one in edition.parts},
        "level": {str(int(one)): "" for one in edition.levels},
    }[key]
    for code, title in chapters.items():
        if found in (code, title):
            return code
    choices = ", ".join(f"{code} {title}".strip() for code, title in chapters.items())
    raise NoSuchChapterError(checklist=edition.pack, kind=key, found=found, choices=choices)


def _named(edition: Checklist, text: str) -> Item:
    names: dict[str, Item] = {}
    for item in edition.items:
        id_ = str(item.id)
        names |= {id_: item, id_.partition("/")[2]: item}
        names |= {str(at.clause): item for at in item.at}
    if text not in names:
        raise NoSuchItemError(checklist=edition.pack, item=text, near=near(text, [*names]))
    return names[text]
