"""Which problems a report prints: those that a person stands behind, by an answer to the item.

A finding without such an answer is counted and not printed. An answer that says "not compliant"
where nothing was scanned is a problem too: it has no risk of its own, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from secops.documents.clean import clean
from secops.documents.printing import Printing, short
from secops.documents.rectification_context import FindingLine
from secops.errors import msgid
from secops.model.answer import Answer, OfComponent, Subject, Verdict
from secops.model.ids import Digest
from secops.model.judgement import Confirmed, Finding, Risk, SourceKind
from secops.model.report import ReportFacts, SystemFacts
from secops.model.score import ScoredItem

RISK_KEYS = ("high", "medium", "unrated", "low")
"""Order in print: what nobody has rated stands above what is known to be low."""


@dataclass(frozen=True, slots=True)
class _Problem:
    item: ScoredItem
    answer: Answer
    finding: Finding | None

    @property
    def risk_key(self) -> str:
        return self.finding.risk.value if self.finding else "unrated"

    @property
    def deadline_risk(self) -> Risk:
        return self.finding.risk if self.finding else Risk.MEDIUM


def _fails(answer: Answer) -> bool:
    return isinstance(answer.value, Verdict) and answer.value < Verdict.COMPLIANT


def _component(subject: Subject) -> str:
    return subject.component if isinstance(subject, OfComponent) else ""


def _stands_behind(item: ScoredItem, finding: Finding) -> Answer | None:
    """Give the failing answer about the finding's own component, else about the whole system."""
    about = {_component(one.subject): one for one in item.answers if _fails(one)}
    return about.get(_component(finding.subject)) or about.get("")


def _confirmed(facts: SystemFacts) -> Iterator[tuple[ScoredItem, Confirmed]]:
    items = {one.item.id: one for one in facts.scored.items} if facts.scored else {}
    for finding in facts.findings:
        item = items.get(finding.item) if finding.item else None
        answer = _stands_behind(item, finding) if item else None
        if item and answer:
            yield item, Confirmed(finding, answer)


def _problems(facts: SystemFacts) -> Iterator[_Problem]:
    told: set[str] = set()
    for item, confirmed in _confirmed(facts):
        told.add(confirmed.answer.id)
        yield _Problem(item, confirmed.answer, confirmed.finding)
    for item in facts.scored.items if facts.scored else ():
        for answer in item.answers:
            if _fails(answer) and answer.id not in told:
                yield _Problem(item, answer, None)


def unconfirmed(facts: SystemFacts) -> int:
    """How many findings nobody stands behind."""
    return len(facts.findings) - sum(1 for _ in _confirmed(facts))


def cited(facts: SystemFacts) -> set[Digest]:
    """Give the evidence that the report names: of its problems and of all answers that stand."""
    found = {one.finding.evidence for _, one in _confirmed(facts) if one.finding.evidence}
    items = facts.scored.items if facts.scored else ()
    return found | {digest for item in items for one in item.answers for digest in one.evidence}


def finding_lines(
    facts: SystemFacts, report: ReportFacts, printing: Printing
) -> tuple[FindingLine, ...]:
    """Print the problems, worst first, within a risk in the order of the standard."""
    ordered = sorted(
        _problems(facts),
        key=lambda one: (
            RISK_KEYS.index(one.risk_key),
            one.item.at.clause,
            one.finding.fingerprint if one.finding else "",
            one.answer.id,
        ),
    )
    return tuple(
        _line(no, problem, facts, report, printing) for no, problem in enumerate(ordered, 1)
    )


def _line(
    no: int, problem: _Problem, facts: SystemFacts, report: ReportFacts, printing: Printing
) -> FindingLine:
    item, answer, finding = problem.item, problem.answer, problem.finding
    days = report.deadlines.days[problem.deadline_risk]
    by_default = problem.deadline_risk in report.deadlines.by_default
    maintains = facts.system.ownership.maintains
    person = printing.name(maintains.person)
    _, verdict = printing.value(answer.value)
    unrated = printing.say(msgid("not rated"))
    subject = finding.subject if finding else answer.subject
    digests = dict.fromkeys([*([finding.evidence] if finding else []), *answer.evidence])
    return FindingLine(
        no=no,
        risk=printing.label(finding.risk) if finding else unrated,
        risk_key=problem.risk_key,
        clause=str(item.at.clause),
        control_point=clean(item.item.control_point),
        requirement=clean(item.at.gist),
        verdict=verdict,
        statement=clean(finding.statement if finding else answer.note),
        component=printing.name(_component(subject)),
        source=printing.label(finding.source.kind if finding else SourceKind.ANSWER),
        evidence=tuple(short(one) for one in digests if one),
        answered_by=printing.name(answer.answered_by),
        means=printing.label(answer.recorded_by.means),
        answered_on=printing.day(answer.recorded_at),
        responsible=" ".join(filter(None, (person, clean(maintains.post)))),
        responsible_unit=printing.name(maintains.unit),
        due=(report.as_of + timedelta(days=days)).isoformat(),
        days=days,
        days_by_default=by_default,
        measure=clean(finding.measure) if finding else "",
    )
