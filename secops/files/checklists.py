"""Checklists: one folder an edition; every mistake is named with file and line.

`edition.yaml` says what it is; the other files hold items, those in `checking/` how to check them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from secops.errors import (
    DuplicateIdError,
    InFile,
    SecopsError,
    SeveralInputsError,
    WrongValueError,
    msgid,
)
from secops.errors.checklists import StrayFileError
from secops.files.checking import WrittenCheck, read_checks
from secops.files.checklist_items import Frame, WrittenItem, fraction_of, level_of, read_items
from secops.files.checklist_proofs import Count, Stated, proofs
from secops.files.folder_content import (
    CHECKING,
    EDITION,
    content_of_folder,
    digest_of_files,
    strays,
)
from secops.files.strict_yaml import load, read
from secops.files.whole_file import content_of
from secops.files.yaml_section import Section
from secops.model.checklist import (
    GENERAL,
    AboutKind,
    Checklist,
    ChecklistPart,
    Domain,
    Item,
    Trait,
)
from secops.model.common import Confidence, SecurityLevel

Chapter = TypeVar("Chapter", Domain, ChecklistPart)


@dataclass(frozen=True, slots=True)
class _Head:
    edition: Checklist  # without items
    stated: Stated


def load_checklist(folder: Path) -> Checklist:
    """Read one edition; raises the errors of all files at once, else of what does not fit."""
    _refuse([StrayFileError(where=InFile(path)) for path in strays(folder)])
    files = content_of_folder(folder)
    path = folder / f"{EDITION}.yaml"
    content = files.pop(EDITION, None) or content_of(path)
    head = read(content, path, partial(_edition, folder=folder.name))
    frame = Frame(domains=head.edition.domains, parts=head.edition.parts)
    problems: list[SecopsError] = []
    written: list[WrittenItem] = []
    checks: list[WrittenCheck] = []
    for name, text in files.items():
        at = folder / f"{name}.yaml"
        try:
            if name.startswith(f"{CHECKING}/"):
                checks += read(text, at, partial(read_checks, problems=problems))
            else:
                written += read(text, at, partial(read_items, frame=frame, problems=problems))
        except SecopsError as error:
            problems.append(error)
    _refuse(problems)
    for wrong in proofs(written, checks, head.stated):
        _refuse(wrong)
    items = _in_order(written, checks, head.edition)
    digest = digest_of_files({EDITION: content, **files}.items())
    return replace(head.edition, items=items, digest=digest)


def pack_of(folder: Path) -> str:
    """Say of which pack a folder seems to be that is no sound edition."""
    try:
        return load(folder / f"{EDITION}.yaml", partial(_edition, folder="")).edition.pack
    except SecopsError:
        return folder.name


def _refuse(problems: Sequence[SecopsError]) -> None:
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralInputsError(problems)


def _in_order(
    written: Sequence[WrittenItem], checks: Sequence[WrittenCheck], edition: Checklist
) -> tuple[Item, ...]:
    """Give the items in the order of parts and domains, whatever the files are called."""
    how = {one.check.item: one.check for one in checks}
    parts, domains = list(edition.parts), list(edition.domains)
    items = [replace(one.item, check=how.get(one.item.id)) for one in written]
    items.sort(key=lambda one: (parts.index(one.part), domains.index(one.domain)))
    return tuple(items)


def ask_origin(top: Section) -> None:
    """Refuse a table that does not say where it comes from, of which day, and how sure it is."""
    top.text("source")
    top.date("as_of")
    top.choice("confidence", Confidence)


def _edition(top: Section, *, folder: str) -> _Head:
    ask_origin(top)
    points = fraction_of(top, "points") if top.has("points") else None
    edition = Checklist(
        pack=top.text("pack"),
        folder=folder,
        edition=top.text("edition"),
        title=top.text("title"),
        source=top.text("source"),
        confidence=top.choice("confidence", Confidence),
        in_force=top.date("in_force") if top.has("in_force") else date.min,
        about=top.choice("about", AboutKind, AboutKind.SYSTEM),
        domains=_by_code(top.sections("domains"), _domain),
        parts=_by_code(top.sections("parts", ()), _part)
        or (ChecklistPart(GENERAL, top.text("title")),),
        items=(),
        digest="",
        points=points,
    )
    if not edition.domains:
        wanted = msgid("at least one domain")
        raise WrongValueError(where=top.where("domains"), key="domains", wanted=wanted, found="[]")
    stated = Stated(
        counts=tuple(_counts(top.section("counts"))) if top.has("counts") else (),
        pack=edition.pack,
        about=edition.about,
        points=points,
        points_at=top.where("points"),
        chapters=_chapters(top.section("chapters")) if top.has("chapters") else {},
        guided=tuple(
            level_of(str(one), "guided", top.where("guided")) for one in top.integers("guided", ())
        ),
    )
    return _Head(edition, stated)


def _chapters(levels: Section) -> dict[SecurityLevel, str]:
    return {_level_key(levels, one): levels.text(one) for one in levels.keys()}  # noqa: SIM118  # no dict


def _level_key(levels: Section, key: str) -> SecurityLevel:
    return level_of(key, "level", levels.where_key(key))


def _by_code(
    entries: Sequence[Section], read_one: Callable[[Section], Chapter]
) -> tuple[Chapter, ...]:
    """Read domains or parts; a code stands once, since items name it."""
    found: dict[str, Chapter] = {}
    for entry in entries:
        chapter = read_one(entry)
        if chapter.code in found:
            raise DuplicateIdError(id=chapter.code, where=entry.where("code"))
        found[chapter.code] = chapter
    return tuple(found.values())


def _domain(entry: Section) -> Domain:
    return Domain(entry.text("code"), entry.text("title"), entry.text("english", ""))


def _part(entry: Section) -> ChecklistPart:
    return ChecklistPart(
        code=entry.text("code"),
        title=entry.text("title"),
        english=entry.text("english", ""),
        when=entry.choices("when", Trait, ()),
    )


def _counts(levels: Section) -> Iterable[Count]:
    for level in levels.keys():  # noqa: SIM118  # no dict
        parts = levels.section(level)
        for part in parts.keys():  # noqa: SIM118  # no dict
            domains = parts.section(part)
            for domain in domains.keys():  # noqa: SIM118  # no dict
                where = domains.where(domain)
                number = domains.integer(domain)
                yield Count(_level_key(levels, level), part, domain, number, where)
