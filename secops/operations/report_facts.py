"""Gathers what a rectification report is made of; decides nothing, prints nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from secops.contracts.store import Blobs, UnitOfWork
from secops.errors.documents import NothingToReportError
from secops.judging.keeping import tables_bytes
from secops.judging.mending_days import deadlines_of
from secops.judging.tables import Tables, with_settings
from secops.model.answer import OfComponent, OfSystem
from secops.model.checking import HowToCheck
from secops.model.common import Confidence
from secops.model.evidence import digest_of
from secops.model.ids import Digest, ItemId
from secops.model.proposal import EvidenceAge
from secops.model.report import ReportFacts, SystemFacts
from secops.model.score import Bands, Scored
from secops.model.system import System
from secops.model.unit import Unit
from secops.operations.as_it_stood import Stood
from secops.operations.assessments import Series, newest, opened
from secops.operations.point_assessment import resting_on
from secops.operations.report_head import Occasion, head_until, is_sample, unerased
from secops.operations.score_system import score_opened
from secops.operations.unit_tree import units_under


def report_facts(
    work: UnitOfWork, blobs: Blobs, tables: Tables, about: System | Unit, occasion: Occasion
) -> ReportFacts:
    """Gather; of a unit about all systems that it and the units below it operate.

    Raises DayNotYetError, NothingToReportError, WrongDaysError and as scoring.
    """
    stood, until = occasion.stood(work), occasion.until
    shown, unit, systems = _chosen(stood, about, occasion.as_of)
    if not systems:
        raise NothingToReportError(name=shown.name, day=occasion.as_of.isoformat())
    chosen = with_settings(tables, stood.settings)
    tables_kept = tables_bytes(chosen)
    gathered = tuple(_system(work, blobs, one, (stood, chosen.bands, occasion)) for one in systems)
    return ReportFacts(
        subject=shown.name,
        unit=unit.name if unit else "",
        whole_unit=isinstance(shown, Unit),
        systems=_with_tools(work, gathered, until),
        names=_names(stood, gathered),
        deadlines=deadlines_of(stood.settings),
        as_of=occasion.as_of,
        sample=is_sample(stood),
        head=head_until(work, until),
        program=occasion.program,
        rules=str(digest_of(tables_kept)),
        tables=tables_kept,
        thresholds=_thresholds(chosen, gathered),
        checks=_checks(chosen, gathered),
    )


def _thresholds(tables: Tables, systems: tuple[SystemFacts, ...]) -> tuple[tuple[str, str], ...]:
    """Give the settings that are practice, of rules that found something in these systems.

    A finding keeps no rule: it is known by the item and by the measure that it took over.
    """
    found = {(one.item, one.measure) for system in systems for one in system.findings}
    named = {
        name
        for rule in tables.rules.rules
        if any((about.item, rule.measure) in found for about in rule.about)
        for name in rule.settings
    }
    return tuple(
        (one.meaning, tables.thresholds[one.name])
        for one in tables.rules.settings
        if one.confidence is Confidence.LOW and one.name in named
    )


def _checks(tables: Tables, systems: tuple[SystemFacts, ...]) -> dict[ItemId, HowToCheck]:
    items = tables.library.items()
    scored = [one.scored for one in systems if one.scored]
    asked = sorted({it.item.id for one in scored for it in one.items} & items.keys())
    return {id_: check for id_ in asked if (check := items[id_].check)}


def _chosen(
    stood: Stood, about: System | Unit, as_of: date
) -> tuple[System | Unit, Unit | None, tuple[System, ...]]:
    """Give the subject as it stood, the unit that stamps, and the systems in use, by number."""
    if isinstance(about, System):
        system = stood.system(about.id)
        found = [system] if system else []
        subject: System | Unit = system or about
        unit = stood.unit(subject.ownership.operating_unit) if isinstance(subject, System) else None
    else:
        unit = stood.unit(about.id)
        subject = unit or about
        under = units_under(stood.units(), unit) if unit else ()
        found = [one for below in under for one in stood.operated_by(below.id)]
    in_use = (one for one in found if not _retired(one, as_of))
    return subject, unit, tuple(sorted(in_use, key=lambda one: one.no))


def _retired(system: System, as_of: date) -> bool:
    return system.retired_on is not None and system.retired_on <= as_of


def _system(
    work: UnitOfWork, blobs: Blobs, system: System, then: tuple[Stood, Bands, Occasion]
) -> SystemFacts:
    stood, bands, occasion = then
    until = occasion.until
    scored = None
    if newest(work, Series(system), until) is not None:
        one = opened(work, blobs, Series(system), until, stood.components_of(system.id))
        scored = score_opened(work, blobs, one, bands, until)
        ages = resting_on(work, one, scored, occasion.zone).ages
        older = (item for item, age in ages.items() if age is EvidenceAge.OLDER)
        scored = replace(scored, older=frozenset(older))
    findings = tuple(
        one for one in work.findings.of(OfSystem(system.id)) if one.first_seen <= until
    )
    digests = {one.evidence for one in findings if one.evidence} | set(_supplied(scored))
    records = (work.evidence.get(digest) for digest in sorted(digests))
    return SystemFacts(
        system=system,
        scored=scored,
        findings=findings,
        evidence=tuple(unerased(one, until) for one in records if one),
        tools={},
    )


def _supplied(scored: Scored | None) -> Iterator[Digest]:
    for answer in scored.answers if scored else ():
        yield from answer.evidence


def _with_tools(
    work: UnitOfWork, systems: tuple[SystemFacts, ...], until: datetime
) -> tuple[SystemFacts, ...]:
    """Say what produced each piece of evidence: newest scans first, until all are found."""
    wanted = {one.digest for system in systems for one in system.evidence}
    tools: dict[Digest, str] = {}
    for scan in sorted(work.scans.all(), key=lambda one: -one.no):
        if not wanted - tools.keys():
            break
        for attempt in work.scans.attempts(scan.id):
            known = isinstance(attempt.outcome, str) and attempt.started <= until
            if known and attempt.outcome in wanted:
                tools[attempt.outcome] = attempt.tool
    return tuple(
        SystemFacts(
            system=one.system,
            scored=one.scored,
            findings=one.findings,
            evidence=one.evidence,
            tools={
                record.digest: tools[record.digest]
                for record in one.evidence
                if record.digest in tools
            },
        )
        for one in systems
    )


def _names(stood: Stood, systems: tuple[SystemFacts, ...]) -> dict[str, str]:
    units: set[str] = set()
    persons: set[str] = set()
    components: set[str] = set()
    for one in systems:
        owned = one.system.ownership
        units.add(owned.operating_unit)
        for responsible in (owned.supervises, owned.maintains, owned.uses):
            units |= {responsible.unit} if responsible.unit else set()
            persons |= {responsible.person} if responsible.person else set()
        answers = one.scored.answers if one.scored else ()
        persons |= {answer.answered_by for answer in answers}
        taken = (it.inherited for it in one.scored.items) if one.scored else ()
        persons |= {it.inheritance.taken_by for it in taken if it}
        subjects = [*(a.subject for a in answers), *(f.subject for f in one.findings)]
        components |= {about.component for about in subjects if isinstance(about, OfComponent)}
    found = (
        *map(stood.unit, sorted(units)),
        *map(stood.person, sorted(persons)),
        *map(stood.component, sorted(components)),
    )
    return {one.id: one.name for one in found if one}
