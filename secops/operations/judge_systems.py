"""Suggestions and findings from the newest observations; nothing here answers anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Acting
from secops.judging.rules import Made, Seen, grounds
from secops.judging.scoring import asked_of
from secops.judging.suggesting import suggest
from secops.judging.tables import Tables, with_settings
from secops.judging.tailoring import tailor
from secops.model.answer import OfComponent, OfSystem, Subject, Verdict
from secops.model.asset import Component
from secops.model.checklist import Item
from secops.model.common import SecurityLevel
from secops.model.ids import FindingId, ItemId, SystemId
from secops.model.judgement import Finding, Source, SourceKind, Suggestion, fingerprint_of
from secops.model.system import System
from secops.operations.assessments import components_of, grades_of, traits_shown
from secops.operations.endpoints_in_use import endpoints_of
from secops.operations.keep_findings import keep_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedOf:
    """What the machine proposes about one system: per item, only where something was seen."""

    system: SystemId
    suggestions: tuple[tuple[ItemId, Suggestion], ...]
    made: tuple[Made, ...]

    def of(self, item: ItemId) -> Suggestion | None:
        """Give the suggestion about one item; None: nothing was looked at."""
        return next((one for id_, one in self.suggestions if id_ == item), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Suggestions per system; the findings that failing grounds are; how many of them are new."""

    systems: tuple[SuggestedOf, ...]
    findings: tuple[Finding, ...]
    new: int


def items_asked(work: UnitOfWork, tables: Tables, system: System) -> tuple[Item, ...]:
    """Give what is asked of a system; of one without grades, whatever may be asked."""
    if isinstance(system.grading.level, SecurityLevel):
        traits = tuple(one.trait for one in traits_shown(work, system))
        asked = tailor(tables.checklist, grades_of(system), traits).asked
        return tuple(one.item for one in asked)
    return tables.checklist.items


def seen_of(work: UnitOfWork, system: System, components: Sequence[Component]) -> tuple[Seen, ...]:
    """Give the newest observations at the system's endpoints, beside what stands there."""
    kinds = {one.id: one.kind for one in components}
    endpoints = endpoints_of(work, system.id, components)
    seen: list[Seen] = []
    for one in work.observations.newest(endpoints):
        endpoint = endpoints[one.target.endpoint]
        there = tuple((id_, kinds[id_]) for id_ in endpoint.components if id_ in kinds)
        seen.append(Seen(observation=one, side=endpoint.side, components=there))
    return tuple(seen)


def suggestions_of(
    work: UnitOfWork, system: System, items: Iterable[Item], tables: Tables
) -> SuggestedOf:
    """Judge one system by the tables, thresholds as they are given."""
    asked = {item.id: item for item in items}
    components = components_of(work, system)
    seen = seen_of(work, system, components)
    by_item: dict[ItemId, list[Made]] = {}
    for one in grounds(tables.rules.rules, seen, tables.thresholds):
        if one.item in asked:
            by_item.setdefault(one.item, []).append(one)
    suggestions: list[tuple[ItemId, Suggestion]] = []
    for id_, several in by_item.items():
        concerned = [one.component for one in asked_of(asked[id_], system.id, components)]
        suggestion = suggest(asked[id_], concerned, [one.ground for one in several])
        if suggestion:
            suggestions.append((id_, suggestion))
    made = tuple(one for several in by_item.values() for one in several)
    return SuggestedOf(system=system.id, suggestions=tuple(suggestions), made=made)


def judge_systems(
    work: UnitOfWork, acting: Acting, systems: Sequence[System], tables: Tables
) -> Judged:
    """Judge each system by what was seen last, and store what failing grounds say is wrong."""
    set_tables = with_settings(tables, work.settings.all())
    judged = tuple(
        suggestions_of(work, one, items_asked(work, set_tables, one), set_tables) for one in systems
    )
    found = (finding for one in judged for finding in _findings(one, acting))
    kept = keep_findings(work, acting, found)
    return Judged(systems=judged, findings=kept.findings, new=kept.new)


def _findings(judged: SuggestedOf, acting: Acting) -> Iterable[Finding]:
    now = acting.now()
    met: set[tuple[Subject, str]] = set()
    for made in judged.made:
        ground = made.ground
        subject: Subject = OfSystem(judged.system)
        if ground.component:
            subject = OfComponent(judged.system, ground.component)
        fingerprint = fingerprint_of(made.mark)
        if ground.verdict is Verdict.COMPLIANT or (subject, fingerprint) in met:
            continue
        met.add((subject, fingerprint))
        yield Finding(
            id=FindingId(acting.new_id()),
            no=0,
            source=Source(SourceKind.SCAN, ground.evidence),
            subject=subject,
            item=made.item,
            fingerprint=fingerprint,
            risk=ground.risk,
            statement=ground.statement,
            evidence=ground.evidence,
            first_seen=now,
            last_seen=now,
            measure=made.rule.measure,
        )
