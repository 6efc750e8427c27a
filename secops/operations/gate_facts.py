"""Gathers what a printed gate sheet is made of; decides nothing, prints nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from secops.contracts.store import Blobs, UnitOfWork
from secops.judging.gate_sheet import GateFacts
from secops.judging.keeping import tables_bytes
from secops.judging.tables import Tables, with_settings
from secops.model.evidence import EvidenceRecord
from secops.operations.as_it_stood import Stood
from secops.operations.gate_looking import Gate, Place, When, is_graded, look
from secops.operations.report_head import Occasion, head_until, is_sample, unerased


def gate_facts(
    work: UnitOfWork, blobs: Blobs, tables: Tables, place: Place, occasion: Occasion
) -> GateFacts:
    """Gather; raises DayNotYetError and as looking at the gate."""
    stood, until = occasion.stood(work), occasion.until
    place = replace(place, system=stood.system(place.system.id) or place.system)
    gate = look(work, blobs, place, When(occasion.as_of, until))
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
        evidence=tuple(_evidence(work, gate, until)),
        names=dict(_names(stood, gate)),
        as_of=occasion.as_of,
        sample=is_sample(stood),
        head=head_until(work, until),
        program=occasion.program,
        tables=tables_bytes(with_settings(tables, stood.settings)),
    )


def _evidence(work: UnitOfWork, gate: Gate, until: datetime) -> Iterator[EvidenceRecord]:
    named = (one.answer.evidence for one in gate.items if one.answer)
    for digest in dict.fromkeys(digest for several in named for digest in several):
        record = work.evidence.get(digest)
        if record:
            yield unerased(record, until)


def _names(stood: Stood, gate: Gate) -> Iterator[tuple[str, str]]:
    frozen = gate.assessment.frozen if gate.assessment else None
    persons: list[str] = [frozen.by] if frozen else []
    persons += [one.answer.answered_by for one in gate.items if one.answer]
    persons += [one.waiver.leader for one in gate.items if one.waiver]
    for id_ in dict.fromkeys(persons):
        person = stood.person(id_)
        if person:
            yield id_, person.name
