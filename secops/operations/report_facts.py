"""Gathers what a rectification report is made of; decides nothing, prints nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from secops.contracts.store import Blobs, UnitOfWork
from secops.errors.documents import DayNotYetError, NothingToReportError
from secops.judging.keeping import tables_bytes
from secops.judging.mending_days import deadlines_of
from secops.judging.tables import Tables, with_settings
from secops.model.answer import OfComponent, OfSystem
from secops.model.common import Confidence
from secops.model.evidence import EvidenceRecord, digest_of
from secops.model.ids import Digest
from secops.model.proposal import EvidenceAge
from secops.model.report import ReportFacts, SystemFacts
from secops.model.score import Bands, Scored
from secops.model.system import System
from secops.model.unit import Unit
from secops.operations.as_it_stood import Stood, as_it_stood, last_instant
from secops.operations.assessments import Series, newest, opened
from secops.operations.init_workspace import SAMPLE
from secops.operations.point_assessment import resting_on
from secops.operations.report_head import head_until
from secops.operations.score_system import score_opened
from secops.operations.unit_tree import units_under


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the report is about, and the civil date it speaks of."""

    about: System | Unit  # a unit: all systems that it and the units below it operate
    as_of: date
    today: date  # a paper that is stamped never bears a later date
    zone: tzinfo
    program: str

    @property
    def until(self) -> datetime:
        """The last instant of the date: what was recorded later is hidden."""
        return last_instant(self.as_of, self.zone)


def report_facts(work: UnitOfWork, blobs: Blobs, tables: Tables, scope: Scope) -> ReportFacts:
    """Gather; raises DayNotYetError, NothingToReportError, WrongDaysError and as scoring."""
    if scope.as_of > scope.today:
        raise DayNotYetError(day=scope.as_of.isoformat(), today=scope.today.isoformat())
    stood = as_it_stood(work, scope.until)
    about, unit, systems = _chosen(stood, scope)
    if not systems:
        raise NothingToReportError(name=about.name, day=scope.as_of.isoformat())
    chosen = with_settings(tables, stood.settings)
    tables_kept = tables_bytes(chosen)
    gathered = tuple(_system(work, blobs, one, (stood, chosen.bands, scope)) for one in systems)
    return ReportFacts(
        subject=about.name,
        unit=unit.name if unit else "",
        whole_unit=isinstance(about, Unit),
        systems=_with_tools(work, gathered, scope.until),
        names=_names(stood, gathered),
        deadlines=deadlines_of(stood.settings),
        as_of=scope.as_of,
        sample=stood.settings.get(SAMPLE) == "yes",
        head=head_until(work, scope.until),
        program=scope.program,
        rules=str(digest_of(tables_kept)),
        tables=tables_kept,
        thresholds=tuple(
            (one.meaning, chosen.thresholds[one.name])
            for one in tables.rules.settings
            if one.confidence is Confidence.LOW
        ),
    )


def _chosen(stood: Stood, scope: Scope) -> tuple[System | Unit, Unit | None, tuple[System, ...]]:
    """Give the subject as it stood, the unit that stamps, and the systems in use, by number."""
    if isinstance(scope.about, System):
        system = stood.system(scope.about.id)
        found = [system] if system else []
        subject: System | Unit = system or scope.about
        unit = stood.unit(subject.ownership.operating_unit) if isinstance(subject, System) else None
    else:
        unit = stood.unit(scope.about.id)
        subject = unit or scope.about
        under = units_under(stood.units(), unit) if unit else ()
        found = [one for below in under for one in stood.operated_by(below.id)]
    in_use = (one for one in found if not _retired(one, scope.as_of))
    return subject, unit, tuple(sorted(in_use, key=lambda one: one.no))


def _retired(system: System, as_of: date) -> bool:
    return system.retired_on is not None and system.retired_on <= as_of


def _system(
    work: UnitOfWork, blobs: Blobs, system: System, then: tuple[Stood, Bands, Scope]
) -> SystemFacts:
    stood, bands, until = then[0], then[1], then[2].until
    scored = None
    if newest(work, Series(system), until) is not None:
        one = opened(work, blobs, Series(system), until, stood.components_of(system.id))
        scored = score_opened(work, blobs, one, bands, until)
        ages = resting_on(work, one, scored, then[2].zone).ages
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
        evidence=tuple(_unerased(one, until) for one in records if one),
        tools={},
    )


def _unerased(record: EvidenceRecord, until: datetime) -> EvidenceRecord:
    """Hide that the bytes were erased later."""
    later = record.erased_at is not None and record.erased_at > until
    return replace(record, erased_at=None) if later else record


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
