"""Gathers what a printed gate sheet is made of; decides nothing, prints nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from secops.contracts.store import Blobs, UnitOfWork
from secops.errors.documents import DayNotYetError
from secops.judging.gate_sheet import GateFacts
from secops.judging.keeping import tables_bytes
from secops.judging.tables import Tables, with_settings
from secops.model.evidence import EvidenceRecord
from secops.operations.as_it_stood import Stood, as_it_stood, last_instant
from secops.operations.gate_looking import Gate, Place, When, is_graded, look
from secops.operations.init_workspace import SAMPLE
from secops.operations.report_head import head_until


@dataclass(frozen=True, slots=True, kw_only=True)
class GateScope:
    """Which gate, and the civil date that the sheet speaks of."""

    place: Place
    as_of: date
    today: date  # a paper that is stamped never bears a later date
    zone: tzinfo
    program: str

    @property
    def until(self) -> datetime:
        """The last instant of the date: what was recorded later is hidden."""
        return last_instant(self.as_of, self.zone)


def gate_facts(work: UnitOfWork, blobs: Blobs, tables: Tables, scope: GateScope) -> GateFacts:
    """Gather; raises DayNotYetError and as looking at the gate."""
    if scope.as_of > scope.today:
        raise DayNotYetError(day=scope.as_of.isoformat(), today=scope.today.isoformat())
    stood = as_it_stood(work, scope.until)
    place = scope.place
    place = replace(place, system=stood.system(place.system.id) or place.system)
    gate = look(work, blobs, place, When(scope.as_of, scope.until))
    system = place.system
    unit = stood.unit(system.ownership.operating_unit)
    return GateFacts(
        subject=system.name,
        unit=unit.name if unit else "",
        stage=place.stage,
        checklist=place.checklist,
        edition=gate.item_set.edition,
        level=gate.level,
        origin=gate.origin,
        graded=is_graded(system),
        state=gate.state,
        items=gate.items,
        checks={item.id: item.check for item in place.checklist.items if item.check},
        earlier=gate.earlier,
        assessment=gate.assessment,
        evidence=tuple(_evidence(work, gate, scope.until)),
        names=dict(_names(stood, gate)),
        as_of=scope.as_of,
        sample=stood.settings.get(SAMPLE) == "yes",
        head=head_until(work, scope.until),
        program=scope.program,
        tables=tables_bytes(with_settings(tables, stood.settings)),
    )


def _evidence(work: UnitOfWork, gate: Gate, until: datetime) -> Iterator[EvidenceRecord]:
    named = (one.answer.evidence for one in gate.items if one.answer)
    for digest in dict.fromkeys(digest for several in named for digest in several):
        record = work.evidence.get(digest)
        if record:
            later = record.erased_at is not None and record.erased_at > until
            yield replace(record, erased_at=None) if later else record


def _names(stood: Stood, gate: Gate) -> Iterator[tuple[str, str]]:
    frozen = gate.assessment.frozen if gate.assessment else None
    persons: list[str] = [frozen.by] if frozen else []
    persons += [one.answer.answered_by for one in gate.items if one.answer]
    persons += [one.waiver.leader for one in gate.items if one.waiver]
    for id_ in dict.fromkeys(persons):
        person = stood.person(id_)
        if person:
            yield id_, person.name
