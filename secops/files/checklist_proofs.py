"""What an edition must prove of itself before anything of it is used.

Ids and clauses stand once, guidance is for items that are there, levels follow each other, and what
the edition states of itself (counts, points, chapters, guidance) is so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from secops.errors import DuplicateIdError, SecopsError, Where
from secops.errors.checklists import (
    AboutUnitError,
    ChapterDiffersError,
    CountDiffersError,
    ForeignIdError,
    LevelSkippedError,
    NotGuidedError,
    UnknownItemError,
    WeightsDifferError,
)
from secops.files.checking import WrittenCheck
from secops.files.checklist_items import WrittenItem
from secops.model.checklist import AboutKind, AtLevel, counted
from secops.model.common import SecurityLevel
from secops.model.ids import ItemId


@dataclass(frozen=True, slots=True)
class Count:
    """How many items the edition says there are of one level, part and domain."""

    level: SecurityLevel
    part: str
    domain: str
    wanted: int
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the edition says of itself; whatever it leaves out is not proved."""

    counts: tuple[Count, ...]
    pack: str
    about: AboutKind
    points: Fraction | None
    points_at: Where
    chapters: Mapping[SecurityLevel, str]  # how clauses of a level begin, such as `8.`
    guided: tuple[SecurityLevel, ...]  # levels whose items all say how they are checked


def proofs(
    written: Sequence[WrittenItem], checks: Sequence[WrittenCheck], stated: Stated
) -> Iterator[list[SecopsError]]:
    """Give what is wrong, step by step: a mistake of one step lets others follow in the next."""
    yield [*_repeated(written), *_foreign(written, stated), *_of_no_unit(written, stated)]
    yield [*_skipped(written), *_astray(written, stated)]
    yield [*_strangers(written, checks)]
    yield [*_unguided(written, checks, stated)]
    yield [*_wrong_counts(written, stated), *_wrong_points(written, stated)]


def _repeated(written: Sequence[WrittenItem]) -> Iterator[SecopsError]:
    met: set[str] = set()
    for one in written:
        names = [str(one.item.id), *(str(at.clause) for at in one.item.at)]
        again = [name for name in names if name in met]
        if again:
            yield DuplicateIdError(id=again[0], where=one.where)
        met |= set(names)


def _skipped(written: Sequence[WrittenItem]) -> Iterator[SecopsError]:
    """Refuse an item that returns after a level without it: that would be another item."""
    for one in written:
        levels = [int(at.level) for at in one.item.at if at.level is not None]
        if levels and levels != list(range(levels[0], levels[-1] + 1)):
            listed = ", ".join(map(str, levels))
            yield LevelSkippedError(item=str(one.item.id), levels=listed, where=one.where)


def _strangers(
    written: Sequence[WrittenItem], checks: Sequence[WrittenCheck]
) -> Iterator[SecopsError]:
    """Refuse what is not there; what stands in another pack is asked of all packs together."""
    known = {one.item.id for one in written}
    packs = {one.pack for one in known}
    met: set[ItemId] = set()
    for one in checks:
        for item in (one.check.item, *one.check.related):
            near = item is one.check.item or item.pack in packs
            if near and item not in known:
                yield UnknownItemError(item=str(item), where=one.where)
        if one.check.item in met:
            yield DuplicateIdError(id=str(one.check.item), where=one.where)
        met.add(one.check.item)


def _foreign(written: Sequence[WrittenItem], stated: Stated) -> Iterator[SecopsError]:
    for one in written:
        if one.item.id.pack != stated.pack:
            yield ForeignIdError(item=str(one.item.id), pack=stated.pack, where=one.where)


def _of_no_unit(written: Sequence[WrittenItem], stated: Stated) -> Iterator[SecopsError]:
    if stated.about is not AboutKind.UNIT:
        return
    for one in written:
        levels = any(at.level for at in one.item.at)
        has = {"at": levels, "concerns": one.item.concerns, "from_level": one.item.from_level}
        for key in (key for key, there in has.items() if there):
            yield AboutUnitError(item=str(one.item.id), key=key, where=one.where)


def _astray(written: Sequence[WrittenItem], stated: Stated) -> Iterator[SecopsError]:
    for one in written:
        for at in one.item.at:
            chapter = stated.chapters.get(at.level) if at.level else None
            if chapter and not str(at.clause).startswith(chapter):
                yield ChapterDiffersError(
                    where=one.where, clause=str(at.clause), level=str(at.level), chapter=chapter
                )


def _wrong_counts(written: Sequence[WrittenItem], stated: Stated) -> Iterator[SecopsError]:
    if not stated.counts:
        return
    found = counted(one.item for one in written)
    for count in stated.counts:
        have = found.pop((count.level, count.part, count.domain), 0)
        if have != count.wanted:
            yield _differs(count, have)
    for (level, part, domain), have in found.items():
        lacking = Count(level or SecurityLevel.ONE, part, domain, 0, stated.counts[0].where)
        yield _differs(lacking, have)


def _differs(count: Count, found: int) -> SecopsError:
    return CountDiffersError(
        where=count.where,
        level=str(int(count.level)),
        part=count.part,
        domain=count.domain,
        wanted=str(count.wanted),
        found=str(found),
    )


def _wrong_points(written: Sequence[WrittenItem], stated: Stated) -> Iterator[SecopsError]:
    whole = sum((one.item.weight for one in written), Fraction(0))
    if stated.points is not None and whole != stated.points:
        yield WeightsDifferError(
            where=stated.points_at, wanted=str(stated.points), found=str(whole)
        )


def _unguided(
    written: Sequence[WrittenItem], checks: Sequence[WrittenCheck], stated: Stated
) -> Iterator[SecopsError]:
    guided = {one.check.item for one in checks}
    for one in written:
        if one.item.id not in guided and any(_wanted(at, stated) for at in one.item.at):
            yield NotGuidedError(item=str(one.item.id), where=one.where)


def _wanted(at: AtLevel, stated: Stated) -> bool:
    return at.level is not None and at.level in stated.guided
