"""What only shows when checklists stand side by side; none of it makes one unreadable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, unique
from itertools import pairwise

from secops.judging.comparing import compare
from secops.model.checklist import Checklist
from secops.model.ids import ItemId
from secops.model.library import Library


@unique
class RemarkKind(Enum):
    """What is remarkable."""

    MEANING_CHANGED = "meaning_changed"  # an id says something else than in the edition before
    NOT_THERE = "not_there"  # guidance points to an item of a pack that lacks it


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark on one item of one edition; `beside` is the other item or edition."""

    kind: RemarkKind
    pack: str
    folder: str
    item: ItemId
    beside: str


def remarks(library: Library) -> tuple[Remark, ...]:
    """Give the remarks on all editions at hand."""
    return (*_changed(library), *_not_there(library))


def _changed(library: Library) -> Iterator[Remark]:
    for pack in sorted({one.pack for one in library.checklists}):
        for old, new in pairwise(library.editions(pack)):
            for item in compare(old, new).changed:
                if "gist" in item.what:
                    yield _remark(RemarkKind.MEANING_CHANGED, new, item.id, old.folder)


def _not_there(library: Library) -> Iterator[Remark]:
    known = library.items()
    packs = {one.pack for one in library.checklists}
    for checklist in library.checklists:
        for item in checklist.items:
            for other in item.check.related if item.check else ():
                if other.pack in packs and other not in known:
                    yield _remark(RemarkKind.NOT_THERE, checklist, item.id, str(other))


def _remark(kind: RemarkKind, checklist: Checklist, item: ItemId, beside: str) -> Remark:
    return Remark(kind=kind, pack=checklist.pack, folder=checklist.folder, item=item, beside=beside)
