"""Checklists: one folder an edition, one file a domain; ids are proved unique."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Final

from secops.errors import (
    DuplicateIdError,
    InFile,
    SecopsError,
    WrongChoiceError,
    WrongValueError,
    msgid,
)
from secops.files.strict_yaml import content_of, read
from secops.files.yaml_section import Section
from secops.model.asset import ComponentKind
from secops.model.checklist import (
    AtLevel,
    Attribute,
    Checklist,
    Clause,
    Confidence,
    Domain,
    Item,
    ItemId,
)
from secops.model.common import SecurityLevel

EDITION: Final = "edition"


def digest_of_files(files: Iterable[tuple[str, bytes]]) -> str:
    """Name several files as one: the digest of their names and digests."""
    whole = hashlib.sha256()
    for name, content in files:
        whole.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return "sha256:" + whole.hexdigest()


def load_checklist(folder: Path) -> Checklist:
    """Read one edition; an item or a clause that stands twice is refused, and so is any other file.

    Every mistake is named with file and line.
    """
    files = {path.stem: content_of(path) for path in sorted(folder.glob("*.yaml"))}
    digest = digest_of_files(files.items())
    edition = folder / f"{EDITION}.yaml"
    head = files.pop(EDITION, None) or content_of(edition)
    pack, name, title, source = read(head, edition, _edition)
    items: list[Item] = []
    for domain in Domain:  # in the order of the standard, whatever the files are called
        if domain.value in files:
            path = folder / f"{domain.value}.yaml"
            items += read(files[domain.value], path, partial(_items, domain=domain))
    for stem in files.keys() - {one.value for one in Domain}:
        choices = ", ".join(one.value for one in Domain)
        where = InFile(folder / f"{stem}.yaml")
        raise WrongChoiceError(where=where, key="domain", choices=choices, found=stem)
    _refuse_repeated([str(one.id) for one in items], folder)
    _refuse_repeated([str(at.clause) for one in items for at in one.at], folder)
    return Checklist(
        pack=pack, edition=name, title=title, source=source, items=tuple(items), digest=digest
    )


def _refuse_repeated(ids: list[str], folder: Path) -> None:
    met: set[str] = set()
    for one in ids:
        if one in met:
            raise DuplicateIdError(id=one, where=InFile(folder))
        met.add(one)


def ask_origin(top: Section) -> None:
    """Refuse a table that does not say where it comes from, of which day, and how sure it is."""
    top.text("source")
    top.date("as_of")
    top.choice("confidence", Confidence)


def _edition(top: Section) -> tuple[str, str, str, str]:
    ask_origin(top)
    return top.text("pack"), top.text("edition"), top.text("title"), top.text("source")


def _items(top: Section, *, domain: Domain) -> list[Item]:
    ask_origin(top)
    if top.choice("domain", Domain) is not domain:
        found = top.text("domain")
        raise WrongChoiceError(
            where=top.where("domain"), key="domain", choices=domain.value, found=found
        )
    return [_item(entry, domain) for entry in top.sections("items")]


def _item(entry: Section, domain: Domain) -> Item:
    try:
        attribute = entry.choice("attribute", Attribute)
        at: list[AtLevel] = []
        for one in entry.sections("at"):
            # A gist that is left out says that the wording is that of the level below.
            gist = one.text("gist", at[-1].gist if at else None)
            at.append(_at_level(one, attribute, gist))
            _refuse_disorder(one, at)
        if not at:
            raise WrongValueError(key="at", wanted=msgid("at least one level"), found="[]")
        return Item(
            id=ItemId(entry.text("id")),
            domain=domain,
            control_point=entry.text("control_point"),
            at=tuple(at),
            parts=_parts(entry) or (("whole", at[0].gist),),
            concerns=entry.choices("concerns", ComponentKind, ()),
            confidence=entry.choice("confidence", Confidence),
        )
    except SecopsError as error:
        raise error.at(entry.where()) from error


def _refuse_disorder(entry: Section, at: list[AtLevel]) -> None:
    """Levels rise from line to line: a gist may refer to the one before it."""
    if len(at) > 1 and at[-1].level <= at[-2].level:
        wanted = msgid("a higher level than the one before it")
        found = str(int(at[-1].level))
        raise WrongValueError(where=entry.where("level"), key="level", wanted=wanted, found=found)


def _at_level(entry: Section, attribute: Attribute, gist: str) -> AtLevel:
    try:
        clause = Clause.parse(entry.text("clause"))
    except SecopsError as error:
        raise error.at(entry.where("clause")) from error
    return AtLevel(
        level=_level(entry),
        clause=clause,
        gist=gist,
        attribute=attribute,
        unit_id=entry.text("unit", ""),
        unit_confidence=entry.choice("unit_confidence", Confidence, Confidence.HIGH),
    )


def _level(entry: Section) -> SecurityLevel:
    number = entry.integer("level")
    try:
        return SecurityLevel(number)
    except ValueError:
        choices = ", ".join(str(int(one)) for one in SecurityLevel)
        where = entry.where("level")
        raise WrongChoiceError(
            where=where, key="level", choices=choices, found=str(number)
        ) from None


def _parts(entry: Section) -> tuple[tuple[str, str], ...]:
    if not entry.has("parts"):
        return ()
    parts = entry.section("parts")
    return tuple((name, parts.text(name)) for name in parts.keys())  # noqa: SIM118  # no dict
