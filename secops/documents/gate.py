"""三同步检查单: its context, built by pure functions from answers and waivers."""

from __future__ import annotations

from collections.abc import Iterable

from secops.documents.clean import clean
from secops.documents.gate_context import (
    EarlierGate,
    GateContext,
    GateEvidence,
    GateLine,
    WaiverLine,
)
from secops.documents.printing import Printing, short
from secops.judging.gate_sheet import GateFacts
from secops.judging.gates import GateItem
from secops.model.answer import reason_of
from secops.model.common import Confidence
from secops.model.gate import PASSED, ItemState
from secops.model.unit import Post


def gate_context(facts: GateFacts, printing: Printing, template: str) -> GateContext:
    """Say what must be there, what is, what is waived, and whether the gate is passed."""
    assessment, states = facts.assessment, [one.state for one in facts.items]
    frozen = assessment.frozen if assessment else None
    return GateContext(
        subject=clean(facts.subject),
        unit=clean(facts.unit),
        stage=clean(facts.stage.title),
        checklist=clean(facts.checklist.title),
        edition=clean(facts.edition),
        source=clean(facts.checklist.source),
        confidence=printing.label(facts.checklist.confidence),
        as_of=facts.as_of.isoformat(),
        as_of_long=printing.long_day(facts.as_of),
        sample=facts.sample,
        draft=facts.state not in PASSED,
        level=printing.level(facts.level) if facts.level else "",
        level_from=printing.label(facts.origin),
        graded=facts.graded,
        state=printing.label(facts.state),
        state_key=facts.state.value,
        number=assessment.no if assessment else 0,
        revision=assessment.revision if assessment else 0,
        passed_by=printing.name(frozen.by) if frozen else "",
        passed_on=printing.day(frozen.at) if frozen else "",
        asked=len(states),
        done=states.count(ItemState.DONE),
        not_applicable=states.count(ItemState.NOT_APPLICABLE),
        waived=states.count(ItemState.WAIVED),
        missing=states.count(ItemState.OPEN),
        missing_mandatory=sum(one.blocks for one in facts.items),
        earlier=tuple(
            EarlierGate(stage=clean(stage.title), state=printing.label(state))
            for stage, state in facts.earlier
        ),
        items=tuple(_line(one, facts, printing) for one in facts.items),
        waivers=tuple(_waivers(facts, printing)),
        evidence=tuple(_evidence(facts, printing)),
        chain_seq=facts.head.seq,
        chain_hash=facts.head.hash,
        item_set=str(assessment.item_set) if assessment else "",
        template=template,
        program=facts.program,
    )


def _line(one: GateItem, facts: GateFacts, printing: Printing) -> GateLine:
    item, answer = one.asked.item, one.answer
    check = facts.checks.get(item.id)
    parts = tuple(wording for name, wording in item.parts if name != "whole")
    wanted = parts or (check.evidence if check else ())
    value = answer.value if answer else None
    return GateLine(
        code=str(one.asked.at.clause),
        gist=clean(one.asked.at.gist),
        mandatory=item.mandatory,
        state=printing.label(one.state),
        state_key=one.state.value,
        wanted=tuple(map(clean, wanted)),
        reason=clean(reason_of(value)),
        note=clean(answer.note) if answer else "",
        answered_by=printing.name(answer.answered_by) if answer else "",
        means=printing.label(answer.recorded_by.means) if answer else "",
        answered_on=printing.day(answer.recorded_at) if answer else "",
        evidence=tuple(map(short, answer.evidence)) if answer else (),
        role=printing.label(check.role) if check else "",
        basis=clean(item.basis),
        uncertain=item.confidence is Confidence.LOW,
    )


def _waivers(facts: GateFacts, printing: Printing) -> Iterable[WaiverLine]:
    """Give those that matter: of an item that is there by now none does."""
    for one in facts.items:
        waiver = one.waiver
        if waiver and one.state in (ItemState.WAIVED, ItemState.OPEN):
            yield WaiverLine(
                code=str(one.asked.at.clause),
                gist=clean(one.asked.at.gist),
                leader=printing.name(waiver.leader),
                post=printing.label(Post(waiver.post)),
                reason=clean(waiver.reason),
                measure=clean(waiver.measure),
                until=printing.long_day(waiver.until),
                in_force=one.state is ItemState.WAIVED,
            )


def _evidence(facts: GateFacts, printing: Printing) -> Iterable[GateEvidence]:
    for one in sorted(facts.evidence, key=lambda one: (one.taken_at, one.digest)):
        yield GateEvidence(
            short=short(one.digest),
            digest=str(one.digest).removeprefix("sha256:"),
            title=clean(one.title or one.subject),
            taken_at=printing.minute(one.taken_at),
            erased=one.erased_at is not None,
        )
