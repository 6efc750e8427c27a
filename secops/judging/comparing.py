"""Two editions of a checklist, item by item: ids are never reused, so an id is the same question.

What changed is named by field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from secops.model.checklist import AtLevel, Checklist, Clause, Item
from secops.model.ids import ItemId

GIST = "gist"
_FIELDS = (
    "domain", "part", "parts", "concerns", "duty", "from_level", "when", "mandatory", "asks",
    "weight", "not_applicable", "basis",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedItem:
    """An item of both editions, and the fields that differ."""

    id: ItemId
    old: Item
    new: Item
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What differs between two editions, each in the order of its checklist."""

    old: Checklist
    new: Checklist
    added: tuple[Item, ...]
    dropped: tuple[Item, ...]
    changed: tuple[ChangedItem, ...]
    unchanged: int


def compare(old: Checklist, new: Checklist) -> Compared:
    """Compare two editions."""
    before = {item.id: item for item in old.items}
    after = {item.id: item for item in new.items}
    both = [
        ChangedItem(
            id=item.id, old=before[item.id], new=item, what=tuple(_differ(before[item.id], item))
        )
        for item in new.items
        if item.id in before
    ]
    changed = tuple(one for one in both if one.what)
    return Compared(
        old=old,
        new=new,
        added=tuple(item for item in new.items if item.id not in before),
        dropped=tuple(item for item in old.items if item.id not in after),
        changed=changed,
        unchanged=len(both) - len(changed),
    )


def _differ(old: Item, new: Item) -> Iterator[str]:
    yield from _at_levels(old, new)
    for field in _FIELDS:
        # The single part of an item repeats its gist: it is no change of its own.
        if getattr(old, field) != getattr(new, field) and not (
            field == "parts" and len(old.parts) == len(new.parts) == 1
        ):
            yield field


def reworded(one: ChangedItem) -> dict[tuple[str, str], list[Clause]]:
    """Give both wordings where the editions word a level differently, and its new clauses."""
    found: dict[tuple[str, str], list[Clause]] = {}
    for old, new in _pairs(one.old, one.new):
        if old.gist != new.gist:
            found.setdefault((old.gist, new.gist), []).append(new.clause)
    return found


def _pairs(old: Item, new: Item) -> list[tuple[AtLevel, AtLevel]]:
    before, after = _by_level(old), _by_level(new)
    return [(before[level], one) for level, one in after.items() if level in before]


def _at_levels(old: Item, new: Item) -> Iterator[str]:
    if _by_level(old).keys() != _by_level(new).keys():
        yield "levels"
    pairs = _pairs(old, new)
    if any(a.gist != b.gist for a, b in pairs):
        yield GIST
    if any(a.clause != b.clause for a, b in pairs):
        yield "clause"
    if any(a.attribute is not b.attribute for a, b in pairs):
        yield "attribute"


def _by_level(item: Item) -> dict[object, AtLevel]:
    return {at.level: at for at in item.at}
