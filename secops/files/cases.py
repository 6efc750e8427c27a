"""The guide to high-risk cases and major hazards: one folder an edition.

Every mistake is named with file and line; a case is about items that exist at its levels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from secops.errors import (
    DuplicateIdError,
    SecopsError,
    SeveralInputsError,
    Where,
    WrongChoiceError,
)
from secops.errors.cases import CaseCountError, NotAtLevelError, UnknownTriggerError
from secops.errors.checklists import UnknownItemError
from secops.files.checklists import ask_origin
from secops.files.folder_content import content_of_folder, digest_of_files
from secops.files.strict_yaml import read
from secops.files.whole_file import content_of
from secops.files.yaml_section import Section
from secops.model.case import Case, CaseBook, CaseKind, Downgrade, Principle
from secops.model.checklist import Item, Trait
from secops.model.common import Confidence, SecurityLevel
from secops.model.ids import ItemId

GUIDE: Final = "guide"


@dataclass(frozen=True, slots=True)
class _Written:
    case: Case
    where: Where


@dataclass(frozen=True, slots=True)
class _Head:
    book: CaseBook  # without cases
    principles: tuple[Principle, ...]
    counts: Mapping[CaseKind, int]
    where: Where


def load_cases(folder: Path, items: Mapping[ItemId, Item]) -> CaseBook:
    """Read one edition of the guide; raises what is wrong in all of its files at once."""
    files = content_of_folder(folder)
    path = folder / f"{GUIDE}.yaml"
    content = files.pop(GUIDE, None) or content_of(path)
    head = read(content, path, _head)
    problems: list[SecopsError] = []
    written: list[_Written] = []
    for name, text in files.items():
        parse = partial(_cases, head=head, problems=problems)
        try:
            written += read(text, folder / f"{name}.yaml", parse)
        except SecopsError as error:
            problems.append(error)
    known = {str(one.case.id): one.case for one in written}
    problems += [*_repeated(written), *_without_trigger(written, known)]
    _refuse([*problems, *_astray(written, items)])
    _refuse([*_wrong_counts(written, head)])
    kinds = list(CaseKind)
    cases = [_inherited(one.case, known) for one in written]
    ordered = sorted(cases, key=lambda one: kinds.index(one.kind))
    digest = digest_of_files({GUIDE: content, **files}.items())
    return replace(head.book, cases=tuple(ordered), digest=digest)


def _refuse(problems: Sequence[SecopsError]) -> None:
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralInputsError(problems)


def _head(top: Section) -> _Head:
    ask_origin(top)
    counts = top.section("counts")
    return _Head(
        book=CaseBook(
            pack=top.text("pack"),
            edition=top.text("edition"),
            title=top.text("title"),
            source=top.text("source"),
            about=top.text("about"),
            cases=(),
            digest="",
        ),
        principles=tuple(
            Principle(one.text("code"), one.text("title")) for one in top.sections("principles")
        ),
        counts={kind: counts.integer(kind.value) for kind in CaseKind},
        where=top.where("counts"),
    )


def _cases(top: Section, *, head: _Head, problems: list[SecopsError]) -> list[_Written]:
    ask_origin(top)
    source = top.text("source")
    written: list[_Written] = []
    for entry in top.sections("cases"):
        try:
            written.append(_Written(_case(entry, head.principles, source), entry.where()))
        except SecopsError as error:
            entry.forgive()
            problems.append(error.at(entry.where()))
    return written


def _case(entry: Section, principles: tuple[Principle, ...], source: str) -> Case:
    kind = entry.choice("kind", CaseKind)
    rests = kind is CaseKind.HAZARD and entry.has("triggers")
    return Case(
        id=ItemId(entry.text("id")),
        code=entry.text("code"),
        kind=kind,
        title=entry.text("title"),
        about=tuple(ItemId(one) for one in entry.texts("items", ())),
        levels=_levels(entry),
        when=entry.choices("when", Trait, ()),
        scope="" if rests else entry.text("scope"),
        condition="" if rests else entry.text("condition"),
        compensating=entry.text("compensating", ""),
        downgrade=entry.choice("downgrade", Downgrade, Downgrade.NEVER if rests else None),
        downgrade_note=entry.text("downgrade_note", ""),
        downgrade_part=entry.text("downgrade_part", ""),
        measure=entry.text("measure", ""),
        triggers=ItemId(entry.text("triggers")) if rests else None,
        principles=principles if kind is CaseKind.HAZARD else (),
        source=source,
        confidence=entry.choice("confidence", Confidence),
    )


def _levels(entry: Section) -> tuple[SecurityLevel, ...]:
    numbers = entry.integers("levels", ())
    known = [int(one) for one in SecurityLevel]
    for number in numbers:
        if number not in known:
            choices, where = ", ".join(map(str, known)), entry.where("levels")
            raise WrongChoiceError(where=where, key="levels", choices=choices, found=str(number))
    return tuple(SecurityLevel(number) for number in numbers)


def _inherited(case: Case, known: Mapping[str, Case]) -> Case:
    """Take from the case what a hazard that rests on it is about: nothing is written twice."""
    rests_on = known.get(str(case.triggers))
    if rests_on is None:
        return case
    return replace(
        case,
        about=rests_on.about,
        levels=rests_on.levels,
        when=rests_on.when,
        scope=rests_on.scope,
        condition=rests_on.condition,
        measure=rests_on.measure,
    )


def _repeated(written: Sequence[_Written]) -> Iterator[SecopsError]:
    met: set[str] = set()
    for one in written:
        for name in (str(one.case.id), one.case.code):
            if name in met:
                yield DuplicateIdError(id=name, where=one.where)
            met.add(name)


def _without_trigger(
    written: Sequence[_Written], known: Mapping[str, Case]
) -> Iterator[SecopsError]:
    for one in written:
        trigger = one.case.triggers
        if trigger and (found := known.get(str(trigger))) and found.kind is CaseKind.CASE:
            continue
        if trigger:
            yield UnknownTriggerError(case=one.case.code, trigger=str(trigger), where=one.where)


def _astray(written: Sequence[_Written], items: Mapping[ItemId, Item]) -> Iterator[SecopsError]:
    """Refuse a case about an item that is not there, or not asked at a level that it names."""
    levels = {id_: {at.level for at in item.at} for id_, item in items.items()}
    for one in written:
        for item in one.case.about:
            if item not in levels:
                yield UnknownItemError(item=str(item), where=one.where)
                continue
            for level in one.case.levels:
                if level not in levels[item]:
                    yield NotAtLevelError(
                        case=one.case.code,
                        item=str(item),
                        level=str(int(level)),
                        where=one.where,
                    )


def _wrong_counts(written: Sequence[_Written], head: _Head) -> Iterator[SecopsError]:
    found = Counter(one.case.kind for one in written)
    for kind, wanted in head.counts.items():
        if found[kind] != wanted:
            yield CaseCountError(
                kind=kind.value, found=str(found[kind]), wanted=str(wanted), where=head.where
            )
