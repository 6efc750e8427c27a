"""How inventory files call our fields and values: loaded from `checklists/recognition/`."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from secops.errors import DuplicateIdError, MissingKeyError, UnknownKeyError
from secops.files.strict_yaml import load
from secops.files.yaml_section import Section
from secops.model.inventory import KINDS
from secops.model.record import Field, fields_of

LEVEL: Final = "grading.level"
"""A column of systems that states two cells at once: S2A3G3, or one level for both."""
MARK: Final = "mark"
NOTHING: Final = "nothing"


@cache
def simplified(text: str) -> str:
    """Fold a spelling: full width, blanks and case do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@cache
def heading(text: str) -> str:
    """Fold a column's heading: what stands in brackets, a colon or a star does not matter."""
    return simplified(unicodedata.normalize("NFKC", text).partition("(")[0]).strip(":*")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """What files call one kind of record and its fields."""

    kind: str
    title: str
    sheets: frozenset[str]  # simplified
    titles: Mapping[str, str]  # path -> title
    headings: Mapping[str, str]  # simplified -> path
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceWords:
    """What files call the members of one enumeration."""

    titles: Mapping[str, str]  # member -> title
    members: Mapping[str, str]  # simplified -> member


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """How dates are written in Chinese."""

    digits: Mapping[str, str]
    ten: str
    marks: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One case that the suite runs."""

    kind: str
    field: str
    seen: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The whole table."""

    kinds: Mapping[str, KindWords]
    choices: Mapping[str, ChoiceWords]
    mark_title: str
    retire: tuple[str, ...]
    marks: frozenset[str]  # simplified headings
    ignored: frozenset[str]
    levels: Mapping[str, int]  # simplified
    ungraded: frozenset[str]  # simplified; in a cell of a level: none yet
    footers: tuple[str, ...]  # simplified; begin rows below the last record
    booleans: Mapping[str, bool]
    empty: frozenset[str]
    dates: DateWords
    headings: tuple[Example, ...]
    cells: tuple[Example, ...]

    def path(self, kind: str, written: str) -> str:
        """Give the path of a column's heading, or `nothing`: a heading is never guessed."""
        folded = heading(written)
        if folded in self.marks:
            return MARK
        return self.kinds[kind].headings.get(folded, NOTHING)


def _columns(top: Section, fields: Mapping[str, Field]) -> tuple[dict[str, str], dict[str, str]]:
    titles: dict[str, str] = {}
    headings: dict[str, str] = {}
    for column in top.sections("columns"):
        field = column.text("field")
        if field not in fields:
            raise UnknownKeyError(where=column.where("field"), key=field)
        titles[field] = column.text("title")
        for one in (titles[field], *column.texts("written")):
            if headings.setdefault(heading(one), field) != field:
                raise DuplicateIdError(where=column.where(), id=one)
    return titles, headings


def _kind(top: Section, level: tuple[str, ...]) -> KindWords:
    kind, title = top.text("kind"), top.text("title")
    if kind not in KINDS:
        raise UnknownKeyError(where=top.where("kind"), key=kind)
    record: Any = KINDS[kind]  # a class; mypy holds `type` for not hashable
    fields = {one.path: one for one in fields_of(record)}
    titles, headings = _columns(top, fields)
    for field in fields:
        if field not in titles and (field != "id" or kind == "contact"):
            raise MissingKeyError(where=top.where(), key=field)
    if kind == "system":
        headings |= {heading(one): LEVEL for one in level}
    sheets = frozenset(simplified(one) for one in (title, *top.texts("written")))
    return KindWords(
        kind=kind, title=title, sheets=sheets, titles=titles, headings=headings, fields=fields
    )


def _choice(top: Section) -> tuple[str, ChoiceWords]:
    values = top.section("values")
    titles: dict[str, str] = {}
    members: dict[str, str] = {}
    for member in values.keys():  # noqa: SIM118  # a section is no mapping
        written = values.texts(member)
        titles[member] = written[0]
        for one in (member, *written):
            if members.setdefault(simplified(one), member) != member:
                raise DuplicateIdError(where=values.where(member), id=one)
    return top.text("choice"), ChoiceWords(titles=titles, members=members)


def _spellings(top: Section, key: str) -> dict[str, str]:
    within = top.section(key)
    return {simplified(one): within.text(one) for one in within.keys()}  # noqa: SIM118  # as above


def _levels(top: Section) -> dict[str, int]:
    within = top.section("levels")
    return {simplified(one): int(n) for n in within.keys() for one in within.texts(n)}  # noqa: SIM118  # as above


def _booleans(top: Section) -> dict[str, bool]:
    return {
        simplified(one): value
        for value, key in ((True, "true"), (False, "false"))
        for one in top.texts(key)
    }


def _example(top: Section, *, value: str) -> Example:
    return Example(
        kind=top.text("kind"),
        field=top.text("field"),
        seen=top.text("seen"),
        value=top.text(value),
    )


def load_recognition(path: Path) -> Recognition:
    """Read the table; a field without a title, or a spelling with two meanings, is refused."""

    def parse(top: Section) -> Recognition:
        level, mark = top.section("level"), top.section("mark")
        levels = (level.text("title"), *level.texts("written"))
        kinds = [_kind(one, levels) for one in top.sections("kinds")]
        dates, examples = top.section("dates"), top.section("examples")
        marks = (mark.text("title"), *mark.texts("written"))
        return Recognition(
            kinds={one.kind: one for one in kinds},
            choices=dict(_choice(one) for one in top.sections("choices")),
            mark_title=mark.text("title"),
            retire=mark.texts("retire"),
            marks=frozenset(heading(one) for one in marks),
            ignored=frozenset(heading(one) for one in top.texts("ignored")),
            levels=_levels(top),
            ungraded=frozenset(simplified(one) for one in top.texts("ungraded")),
            footers=tuple(simplified(one) for one in top.texts("footers")),
            booleans=_booleans(top),
            empty=frozenset(simplified(one) for one in top.texts("empty")),
            dates=DateWords(
                digits=_spellings(dates, "digits"),
                ten=dates.text("ten"),
                marks={k: v.strip() for k, v in _spellings(dates, "marks").items()},
            ),
            headings=tuple(_example(one, value="field") for one in examples.sections("headings")),
            cells=tuple(_example(one, value="value") for one in examples.sections("cells")),
        )

    return load(path, parse)
