"""The items of a checklist file, each checked by itself; a wrong one is named, the rest is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from secops.errors import SecopsError, Where, WrongChoiceError, WrongValueError, msgid
from secops.files.yaml_section import Section
from secops.model.asking import VERDICT, YES_OR_NO, Asks, AsksChoice, AsksRatio, Option
from secops.model.asset import ComponentKind
from secops.model.checklist import (
    GENERAL,
    AtLevel,
    ChecklistPart,
    Clause,
    Domain,
    Duty,
    Item,
    Trait,
)
from secops.model.common import Confidence, SecurityLevel
from secops.model.figure import Figure
from secops.model.grades import Attribute
from secops.model.ids import ItemId

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The domains and parts that an edition has."""

    domains: tuple[Domain, ...]
    parts: tuple[ChecklistPart, ...]

    def domain(self, entry: Section, default: Domain | None = None) -> Domain:
        """Read which domain is meant; raises WrongChoiceError."""
        if default and not entry.has("domain"):
            return default
        return _chosen(entry, "domain", {one.code: one for one in self.domains})

    def part(self, entry: Section) -> ChecklistPart:
        """Read which part is meant; the first one where none is named and none is `general`."""
        known = {one.code: one for one in self.parts}
        if not entry.has("part"):
            return known.get(GENERAL, self.parts[0])
        return _chosen(entry, "part", known)


def _chosen(entry: Section, key: str, known: Mapping[str, T]) -> T:
    found = entry.text(key)
    if found not in known:
        where, choices = entry.where(key), ", ".join(known)
        raise WrongChoiceError(where=where, key=key, choices=choices, found=found)
    return known[found]


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """An item, and where it stands."""

    item: Item
    where: Where


@dataclass(frozen=True, slots=True)
class _Home:
    """What a file says for all of its items."""

    frame: Frame
    part: ChecklistPart
    domain: Domain | None


def read_items(top: Section, *, frame: Frame, problems: list[SecopsError]) -> list[WrittenItem]:
    """Read one file; what is wrong with an item is added to the problems."""
    top.text("source")
    top.date("as_of")
    top.choice("confidence", Confidence)
    domain = frame.domain(top) if top.has("domain") else None
    home = _Home(frame, frame.part(top), domain)
    written: list[WrittenItem] = []
    for entry in top.sections("items"):
        try:
            written.append(WrittenItem(_item(entry, home), entry.where()))
        except SecopsError as error:
            entry.forgive()
            problems.append(error.at(entry.where()))
    return written


def _item(entry: Section, home: _Home) -> Item:
    at = _plain(entry) if entry.has("gist") else _levels(entry)
    return Item(
        id=ItemId(entry.text("id")),
        part=home.part,
        domain=home.frame.domain(entry, home.domain),
        control_point=entry.text("control_point", ""),
        at=at,
        parts=_parts(entry) or (("whole", at[0].gist),),
        concerns=entry.choices("concerns", ComponentKind, ()),
        confidence=entry.choice("confidence", Confidence),
        duty=entry.choice("duty", Duty, Duty.TENANT),
        from_level=_level(entry, "from_level") if entry.has("from_level") else None,
        when=entry.choices("when", Trait, ()),
        mandatory=entry.boolean("mandatory", default=True),
        asks=_asks(entry),
        weight=_weight(entry),
        not_applicable=entry.text("not_applicable", ""),
        basis=entry.text("basis", ""),
        figure=entry.choice("figure", Figure) if entry.has("figure") else None,
    )


def _plain(entry: Section) -> tuple[AtLevel, ...]:
    """Read an item that knows no levels: one wording, and a code in place of a clause."""
    one = AtLevel(
        level=None,
        clause=_clause(entry, "code"),
        gist=entry.text("gist"),
        attribute=Attribute.GENERAL,
    )
    return (one,)


def _levels(entry: Section) -> tuple[AtLevel, ...]:
    attribute = entry.choice("attribute", Attribute, Attribute.GENERAL)
    at: list[AtLevel] = []
    for one in entry.sections("at"):
        # A gist that is left out says that the wording is that of the level below.
        gist = one.text("gist", at[-1].gist if at else None)
        at.append(_at_level(one, attribute, gist))
        _refuse_misplaced(one, at)
    if not at:
        raise WrongValueError(key="at", wanted=msgid("at least one level"), found="[]")
    return tuple(at)


def _refuse_misplaced(entry: Section, at: list[AtLevel]) -> None:
    """Levels rise from line to line: a gist may refer to the one before it; units name theirs."""
    levels = [int(one.level or 0) for one in at]
    if levels != sorted(set(levels)):
        wanted = msgid("a higher level than the one before it")
        found = str(levels[-1])
        raise WrongValueError(where=entry.where("level"), key="level", wanted=wanted, found=found)
    unit = at[-1].unit_id
    if unit and not unit.startswith(f"L{levels[-1]}-"):
        where, wanted = entry.where("unit"), msgid("a unit of its level, such as L3-CES1-01")
        raise WrongValueError(where=where, key="unit", wanted=wanted, found=unit)


def _at_level(entry: Section, attribute: Attribute, gist: str) -> AtLevel:
    return AtLevel(
        level=_level(entry, "level"),
        clause=_clause(entry, "clause"),
        gist=gist,
        attribute=attribute,
        unit_id=entry.text("unit", ""),
        unit_confidence=entry.choice("unit_confidence", Confidence, Confidence.HIGH),
    )


def _clause(entry: Section, key: str) -> Clause:
    try:
        return Clause(entry.text(key))
    except SecopsError as error:
        raise error.at(entry.where(key)) from error


_LEVELS: Final = {str(int(one)): one for one in SecurityLevel}


def _level(entry: Section, key: str) -> SecurityLevel:
    return level_of(str(entry.integer(key)), key, entry.where(key))


def level_of(found: str, key: str, where: Where) -> SecurityLevel:
    """Give the level of this number; raises WrongChoiceError."""
    if found not in _LEVELS:
        raise WrongChoiceError(where=where, key=key, choices=", ".join(_LEVELS), found=found)
    return _LEVELS[found]


def fraction_of(entry: Section, key: str) -> Fraction:
    """Read an exact number such as "2" or "0.7", as text or plain."""
    return Fraction(entry.decimal(key))


def _weight(entry: Section) -> Fraction:
    weight = fraction_of(entry, "weight") if entry.has("weight") else Fraction(0)
    if weight < 0:  # compliance would take points away, and the sum could still be right
        wanted = msgid("0 or more")
        raise WrongValueError(
            where=entry.where("weight"), key="weight", wanted=wanted, found=str(weight)
        )
    return weight


_NAMES: Final = ("verdict", "yes_no", "choice", "ratio")


def _asks(entry: Section) -> Asks:
    name = entry.text("asks", "verdict")
    match name:
        case "verdict":
            return VERDICT
        case "yes_no":
            return YES_OR_NO
        case "choice":
            return _choice(entry)
        case "ratio":
            return _ratio(entry)
    where, choices = entry.where("asks"), ", ".join(_NAMES)
    raise WrongChoiceError(where=where, key="asks", choices=choices, found=name)


def _choice(entry: Section) -> AsksChoice:
    options = tuple(_option(one) for one in entry.sections("choices"))
    best = max((one.share for one in options), default=Fraction(0))
    if best != 1:
        where, wanted = entry.where("choices"), msgid("a choice that earns all: share 1")
        raise WrongValueError(where=where, key="choices", wanted=wanted, found=str(best))
    return AsksChoice(options)


def _ratio(entry: Section) -> AsksRatio:
    labels = entry.texts("counts")
    if len(labels) != len(("n", "of")):
        wanted = msgid("two texts: what is counted, and out of what")
        found = ", ".join(labels)
        raise WrongValueError(where=entry.where("counts"), key="counts", wanted=wanted, found=found)
    return AsksRatio(*labels)


def _option(entry: Section) -> Option:
    return Option(entry.text("code"), entry.text("title"), fraction_of(entry, "share"))


def _parts(entry: Section) -> tuple[tuple[str, str], ...]:
    if not entry.has("parts"):
        return ()
    parts = entry.section("parts")
    return tuple((name, parts.text(name)) for name in parts.keys())  # noqa: SIM118  # no dict
