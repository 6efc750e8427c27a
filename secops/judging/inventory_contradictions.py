"""自相矛盾: entries that cannot both be true; a person says which of them is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from secops.judging.inventory_coverage import responsibilities
from secops.judging.name_words import NameWords
from secops.model.asset import DataCategory, DataExchange, DataLevel, PersonalData
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.ids import PersonId, SystemId, UnitId
from secops.model.inventory_check import Clash
from secops.model.system import FilingState, LifecycleStage, System
from secops.model.unit import Appointment, Person, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One clash: of which record, with what stands there."""

    clash: Clash
    kind: str  # of the record, as in `model.inventory.KINDS`
    id: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a system is held against."""

    units: Mapping[UnitId, Unit]
    persons: Mapping[PersonId, Person]
    bodies: Mapping[UnitId, UnitId]  # the legal body each unit belongs to
    answering: Mapping[SystemId, str]  # systems that answered in the newest scan, and where
    words: NameWords
    today: date


Found = Iterator[tuple[Clash, str]]
_FILING_NUMBER: Final = re.compile(r"[0-9]{11}-[0-9]{5}")
_CLAIMED: Final = (FilingState.ACCEPTED, FilingState.CERTIFIED)


def of_system(system: System, around: Around) -> Iterator[Contradiction]:
    """Give everything about one system that cannot be."""
    for part in (_levels, _filing, _life, _owners, _data, _place):
        for clash, detail in part(system, around):
            yield Contradiction(clash=clash, kind="system", id=system.id, detail=detail)


def _levels(system: System, around: Around) -> Found:
    del around
    level, filed = system.grading.level, system.filing.level
    graded = level if isinstance(level, SecurityLevel) else None
    if filed and graded and filed != graded:
        yield Clash.FILED_AT_OTHER_LEVEL, f"{int(graded)} / {int(filed)}"
    if graded is None and system.filing.state in _CLAIMED:
        reason = level.reason if isinstance(level, NotApplicable) else ""
        yield Clash.FILED_BUT_NOT_GRADED, reason or system.filing.number
    for used in (system.technology.cloud.platform, system.technology.big_data.platform):
        if used.level and graded and used.level < graded:
            yield Clash.PLATFORM_LEVEL_LOWER, f"{used.name or used.provider} {int(used.level)}"


def _filing(system: System, around: Around) -> Found:
    filing = system.filing
    if filing.state is FilingState.CERTIFIED and not filing.number:
        yield Clash.CERTIFIED_WITHOUT_NUMBER, ""
    if filing.number and not _FILING_NUMBER.fullmatch(filing.number):
        yield Clash.FILING_NUMBER_FORM, filing.number
    if filing.valid_until and filing.certified_on and filing.valid_until < filing.certified_on:
        yield Clash.VALID_BEFORE_CERTIFIED, f"{filing.certified_on} / {filing.valid_until}"
    elif filing.valid_until and filing.valid_until < around.today and not system.retired_on:
        yield Clash.FILING_EXPIRED, str(filing.valid_until)


def _life(system: System, around: Around) -> Found:
    over = system.retired_on or system.stage is LifecycleStage.STOPPED
    if over and system.id in around.answering:
        yield Clash.RETIRED_BUT_ANSWERING, around.answering[system.id]
    if system.retired_on and system.stage is LifecycleStage.RUNNING:
        yield Clash.RETIRED_BUT_RUNNING, str(system.retired_on)
    since = system.business.in_use_since
    early = system.stage in (LifecycleStage.PLANNING, LifecycleStage.BUILDING)
    if early and since and since <= around.today:
        yield Clash.IN_USE_BUT_NOT_RUNNING, str(since)


def _owners(system: System, around: Around) -> Found:
    if system.retired_on:
        return
    three = [one for _, _, one in responsibilities(system)]
    for id in dict.fromkeys([system.ownership.operating_unit, *(one.unit for one in three)]):
        named = around.units.get(id) if id else None
        if named and named.retired_on and named.retired_on <= around.today:
            yield Clash.UNIT_RETIRED, f"{named.name} {named.retired_on}"
    for one in three:
        person = around.persons.get(one.person) if one.person else None
        if person is None:
            continue
        if person.left_on and person.left_on <= around.today:
            yield Clash.OWNER_LEFT, f"{person.name} {person.left_on}"
        body = around.bodies.get(one.unit) if one.unit else None
        if body and around.bodies.get(person.unit) != body:
            unit = around.units.get(person.unit)
            yield Clash.OWNER_OF_OTHER_BODY, f"{person.name} {unit.name if unit else ''}".strip()


def _data(system: System, around: Around) -> Found:
    del around
    held = system.data
    if held.personal is False:
        if held.minors or held.minors_people or held.sensitive_personal:
            yield Clash.MINORS_BUT_NOT_PERSONAL, str(held.minors_people or "")
        elif held.people:
            yield Clash.PEOPLE_BUT_NOT_PERSONAL, str(held.people)


def _place(system: System, around: Around) -> Found:
    word = around.words.secret_word(system.name)
    if word:
        yield Clash.STATE_SECRET_WORD, word
    superior = system.superior
    if superior.is_subsystem and not (superior.system or superior.system_name):
        yield Clash.SUBSYSTEM_WITHOUT_SUPERIOR, ""
    if superior.system == system.id:
        yield Clash.SUPERIOR_OF_ITSELF, system.name


def of_category(category: DataCategory, system: System | None) -> Iterator[Contradiction]:
    """Hold one sheet of table 6 against itself and against its system."""
    found: list[tuple[Clash, str]] = []
    for none, all_of in (
        (PersonalData.NONE, category.personal_data),
        (DataExchange.NONE, category.flow.exchanges),
    ):
        if none in all_of and len(all_of) > 1:
            found.append((Clash.NONE_AND_OTHERS, category.name))
    if system:
        personal = bool(set(category.personal_data) - {PersonalData.NONE})
        minors = PersonalData.MINORS in category.personal_data
        important = category.level is DataLevel.IMPORTANT
        held = system.data
        against = (personal, held.personal), (minors, held.minors), (important, held.important)
        if any(here and stated is False for here, stated in against):
            found.append((Clash.CATEGORY_AGAINST_SYSTEM, f"{category.name} / {system.name}"))
    for clash, detail in found:
        yield Contradiction(clash=clash, kind="data_category", id=category.id, detail=detail)


def of_units(
    units: Mapping[UnitId, Unit],
    persons: Mapping[PersonId, Person],
    appointments: Iterable[Appointment],
    today: date,
) -> Iterator[Contradiction]:
    """Give credit codes that two units carry, and posts held by persons who left."""
    first: dict[str, Unit] = {}
    for unit in units.values():
        if unit.credit_code and unit.credit_code in first:
            yield Contradiction(
                clash=Clash.SAME_CREDIT_CODE,
                kind="unit",
                id=unit.id,
                detail=f"{first[unit.credit_code].name} {unit.credit_code}",
            )
        first.setdefault(unit.credit_code, unit)
    for one in appointments:
        person = persons.get(one.person)
        gone = person is not None and person.left_on is not None and person.left_on <= today
        if person and gone and (one.until is None or one.until > today):
            yield Contradiction(
                clash=Clash.POST_HOLDER_LEFT,
                kind="unit",
                id=one.unit,
                detail=f"{person.name} {person.left_on}",
            )
