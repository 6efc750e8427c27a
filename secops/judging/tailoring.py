"""Which items are asked: by the grades, and by the traits that add parts.

S items at the S grade, A items at A, G items at the level (GB/T 22239-2019 附录A: an S2A3 system is
of level 3 and takes its S items from level 2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from secops.errors.answering import UnknownDomainError
from secops.errors.judging import LevelNotCoveredError
from secops.model.case import Case
from secops.model.checklist import AtLevel, Checklist, ChecklistPart, Item, Trait
from secops.model.common import SecurityLevel
from secops.model.grades import Attribute, Grades


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One item of an item set, with what it says at the level that counts for it."""

    item: Item
    at: AtLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSet:
    """What is asked of subjects of these grades and traits, by an edition; kept as it was."""

    pack: str
    edition: str
    checklist: str  # the digest of what it was chosen from
    grades: Grades | None  # None: the checklist knows no levels, or the subject is a unit
    traits: tuple[Trait, ...]
    asked: tuple[Asked, ...]
    cases: tuple[Case, ...] = ()  # high-risk cases and hazards that concern them
    stands_in: str = ""  # the own folder that it came from, where the pack is a supplied one

    def __hash__(self) -> int:
        return hash((self.checklist, self.grades, self.traits))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Why so many items: those of one part and attribute, at the level that decides for it."""

    part: ChecklistPart
    attribute: Attribute
    level: SecurityLevel | None
    items: int


def domain_named(item_set: ItemSet, text: str) -> str:
    """Find a domain with items by code or title, give its code; raises UnknownDomainError."""
    domains = dict.fromkeys(one.item.domain for one in item_set.asked)
    for one in domains:
        if text in (one.code, one.title):
            return one.code
    choices = ", ".join(f"{one.code} {one.title}".strip() for one in domains)
    raise UnknownDomainError(domain=text, choices=choices)


@lru_cache(maxsize=64)  # many systems share their grades and traits
def tailor(
    checklist: Checklist, grades: Grades | None, traits: tuple[Trait, ...] = (), scope: str = ""
) -> ItemSet:
    """Choose the items, in the order of the checklist; scope: one domain only, such as a gate.

    Raises LevelNotCoveredError: a set with holes would look as if less were asked.
    """
    _refuse_holes(checklist, grades)
    shown = tuple(one for one in Trait if one in traits)
    asked = tuple(
        Asked(item=item, at=at)
        for item in checklist.items
        if scope in ("", item.domain.code) and _fits(item, grades, shown)
        for at in _at(item, grades)
    )
    return ItemSet(
        pack=checklist.pack,
        edition=checklist.edition,
        checklist=checklist.digest,
        grades=grades,
        traits=shown,
        asked=asked,
        stands_in=checklist.stands_in,
    )


def _refuse_holes(checklist: Checklist, grades: Grades | None) -> None:
    covered = checklist.levels
    if not covered or grades is None:
        return
    for level in sorted({grades.business_information, grades.system_service} - set(covered)):
        raise LevelNotCoveredError(level=str(int(level)), edition=checklist.edition)


def _fits(item: Item, grades: Grades | None, traits: tuple[Trait, ...]) -> bool:
    """Without grades nothing is left out for its level: rather too much is asked."""
    if item.from_level and grades and grades.level < item.from_level:
        return False
    return all(not when or set(when) & set(traits) for when in (item.part.when, item.when))


def _at(item: Item, grades: Grades | None) -> Iterator[AtLevel]:
    for at in item.at:
        if at.level is None or (grades and at.level is grades.deciding(at.attribute)):
            yield at


def explained(item_set: ItemSet) -> tuple[Chosen, ...]:
    """Explain an item set: a line per part and attribute that has items, in their order."""
    counts: dict[tuple[ChecklistPart, Attribute], int] = {}
    for one in item_set.asked:
        key = (one.item.part, one.at.attribute)
        counts[key] = counts.get(key, 0) + 1
    grades = item_set.grades
    order = {part: at for at, (part, _) in enumerate(counts)}
    attributes = list(Attribute)
    keys = sorted(counts, key=lambda key: (order[key[0]], attributes.index(key[1])))
    return tuple(
        Chosen(
            part=part,
            attribute=attribute,
            level=grades.deciding(attribute) if grades else None,
            items=counts[part, attribute],
        )
        for part, attribute in keys
    )
