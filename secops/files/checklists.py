"""Checklists: one folder an edition, one file a domain; ids are proved unique."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from secops.errors import DuplicateIdError, InFile
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

EDITION = "edition.yaml"


def digest_of_files(files: Iterable[tuple[str, bytes]]) -> str:
    """Name several files as one: the digest of their names and digests."""
    whole = hashlib.sha256()
    for name, content in files:
        whole.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return "sha256:" + whole.hexdigest()


def load_checklist(folder: Path) -> Checklist:
    """Read one edition; an item or a clause that stands twice is refused."""
    files = {path: content_of(path) for path in sorted(folder.glob("*.yaml"))}
    head = files.get(folder / EDITION) or content_of(folder / EDITION)
    pack, edition, title, source = read(head, folder / EDITION, _edition)
    items: list[Item] = []
    for domain in Domain:  # in the order of the standard, whatever the files are called
        path = folder / f"{domain.value}.yaml"
        if path in files:
            items += read(files[path], path, _items)
    digest = digest_of_files((path.name, content) for path, content in files.items())
    _refuse_repeated([str(one.id) for one in items], folder)
    _refuse_repeated([str(at.clause) for one in items for at in one.at], folder)
    return Checklist(
        pack=pack, edition=edition, title=title, source=source, items=tuple(items), digest=digest
    )


def _refuse_repeated(ids: list[str], folder: Path) -> None:
    met: set[str] = set()
    for one in ids:
        if one in met:
            raise DuplicateIdError(id=one, where=InFile(folder))
        met.add(one)


def _edition(top: Section) -> tuple[str, str, str, str]:
    top.date("as_of")
    top.choice("confidence", Confidence)
    return top.text("pack"), top.text("edition"), top.text("title"), top.text("source")


def _items(top: Section) -> list[Item]:
    top.text("source")
    top.date("as_of")
    domain = top.choice("domain", Domain)
    return [_item(entry, domain) for entry in top.sections("items")]


def _item(entry: Section, domain: Domain) -> Item:
    attribute = entry.choice("attribute", Attribute)
    at: list[AtLevel] = []
    for one in entry.sections("at"):
        # A gist that is left out says that the wording is that of the level below.
        gist = one.text("gist", at[-1].gist if at else None)
        at.append(_at_level(one, attribute, gist))
    return Item(
        id=ItemId(entry.text("id")),
        domain=domain,
        control_point=entry.text("control_point"),
        at=tuple(at),
        parts=_parts(entry) or (("whole", at[0].gist),),
        concerns=entry.choices("concerns", ComponentKind, ()),
        confidence=entry.choice("confidence", Confidence),
    )


def _at_level(entry: Section, attribute: Attribute, gist: str) -> AtLevel:
    return AtLevel(
        level=SecurityLevel(entry.integer("level")),
        clause=Clause.parse(entry.text("clause")),
        gist=gist,
        attribute=attribute,
        unit_id=entry.text("unit", ""),
        unit_confidence=entry.choice("unit_confidence", Confidence, Confidence.HIGH),
    )


def _parts(entry: Section) -> tuple[tuple[str, str], ...]:
    if not entry.has("parts"):
        return ()
    parts = entry.section("parts")
    return tuple((name, parts.text(name)) for name in parts.keys())  # noqa: SIM118  # no dict
