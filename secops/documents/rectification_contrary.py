"""What a tool saw and a person answered otherwise: both sides are printed, neither is a verdict."""

from __future__ import annotations

from secops.documents.clean import clean
from secops.documents.printing import Printing, notes_of, short
from secops.documents.rectification_context import ContraryAnswer, ContraryLine
from secops.documents.rectification_findings import component_of, contrary
from secops.model.answer import Answer
from secops.model.judgement import Finding, Risk
from secops.model.report import ReportFacts, SystemFacts
from secops.model.score import ScoredItem

_RISKS = tuple(Risk)  # worst first


def contrary_lines(
    facts: SystemFacts, report: ReportFacts, printing: Printing
) -> tuple[ContraryLine, ...]:
    """Print them worst first, within a risk in the order of the standard."""
    found = sorted(contrary(facts), key=lambda one: _order(one[0], one[1]))
    return tuple(_line(*one, report, printing) for one in found)


def _order(item: ScoredItem, finding: Finding) -> tuple[object, ...]:
    return (_RISKS.index(finding.risk), item.at.clause, finding.fingerprint, finding.id)


def _line(
    item: ScoredItem,
    finding: Finding,
    answers: tuple[Answer, ...],
    report: ReportFacts,
    printing: Printing,
) -> ContraryLine:
    last = printing.day(finding.last_seen)
    return ContraryLine(
        clause=str(item.at.clause),
        control_point=clean(item.item.control_point),
        statement=clean(finding.statement),
        component=printing.name(component_of(finding.subject)),
        source=printing.label(finding.source.kind),
        seen_on=last if last <= report.as_of.isoformat() else printing.day(finding.first_seen),
        risk=printing.label(finding.risk),
        risk_key=finding.risk.value,
        evidence=short(finding.evidence) if finding.evidence else "",
        answers=tuple(_answer(one, printing) for one in answers),
    )


def _answer(answer: Answer, printing: Printing) -> ContraryAnswer:
    _, value = printing.value(answer.value)
    return ContraryAnswer(
        value=value,
        answered_by=printing.name(answer.answered_by),
        means=printing.label(answer.recorded_by.means),
        answered_on=printing.day(answer.recorded_at),
        notes=notes_of((answer,)),
        evidence=tuple(short(one) for one in answer.evidence),
    )
