"""Which problems a report prints: those that a person stands behind, by an answer to the item.

A finding that a person answered otherwise is no problem of the report, but it is named with both
sides; one that nobody answered is only counted. An answer that says "not compliant"
where nothing was scanned is a problem too: its risk is this tool's default, and that is printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from secops.documents.clean import clean
from secops.documents.printing import Printing, short
from secops.documents.rectification_context import FindingLine
from secops.documents.rectification_inherited import (
    fails_at_platform,
    inherited_said,
    stood_behind,
)
from secops.errors import msgid
from secops.judging.hazards import JUDGED_RISK
from secops.model.answer import Answer, OfComponent, Subject
from secops.model.case import CaseKind, CaseState
from secops.model.common import Confidence
from secops.model.ids import Digest, ItemId
from secops.model.judgement import Confirmed, Finding, Risk, SourceKind, answered_risk
from secops.model.platform_statement import Inherited
from secops.model.report import ReportFacts, SystemFacts
from secops.model.score import JudgedCase, Scored, ScoredItem

_RISKS = tuple(Risk)  # worst first


@dataclass(frozen=True, slots=True)
class _Problem:
    item: ScoredItem
    answer: Answer
    risk: Risk
    finding: Finding | None  # None: only the answer tells of it
    cases: tuple[JudgedCase, ...] = ()  # high-risk ones that stand about it
    inherited: Inherited | None = None  # what a platform states, where that is the problem

    @property
    def same(self) -> tuple[object, ...]:
        """What two problems share that one mend ends: seen alike, in one place."""
        if self.finding is None:
            return (self.answer.id,)
        found = self.finding
        return (self.risk, found.subject, found.statement, found.evidence, found.measure)

    @property
    def order(self) -> tuple[object, ...]:
        """Worst first and high-risk cases before others, then as in the standard."""
        mark = self.finding.fingerprint if self.finding else ""
        rank = (_RISKS.index(self.risk), not self.cases)
        return (*rank, self.item.at.clause, mark, self.answer.id)

    @property
    def is_high_risk(self) -> bool:
        """Whether the guide itself says how bad it is."""
        return bool(self.cases) and self.risk is Risk.HIGH

    @property
    def own_case(self) -> JudgedCase | None:
        """The case, where it is a problem of its own."""
        return next((one for one in self.cases if one.case.id == self.item.item.id), None)

    @property
    def about(self) -> tuple[ScoredItem, ...]:
        """The item; of a case that is a problem of its own its items, if it has any."""
        return self.own_case.items if self.own_case else (self.item,)

    @property
    def told(self) -> str:
        """What the person wrote is wrong; the note to a downgraded case tells of its measure."""
        own = self.own_case
        lowered = own and own.state is CaseState.DOWNGRADED
        return (not lowered and self.answer.note) or (own.case.condition if own else "")

    @property
    def told_by(self) -> SourceKind:
        """Who tells of it, where no tool does."""
        return SourceKind.PLATFORM if self.inherited else SourceKind.ANSWER

    @property
    def measure(self) -> str:
        """How it is usually mended."""
        known = (*((self.finding,) if self.finding else ()), *(one.case for one in self.cases))
        return next((one.measure for one in known if one.measure), "")


def _fails(answer: Answer) -> bool:
    return answered_risk(answer.value) is not None


def component_of(subject: Subject) -> str:
    """Give the component that something is about; empty for the system as a whole."""
    return subject.component if isinstance(subject, OfComponent) else ""


def _stands_behind(item: ScoredItem, finding: Finding) -> Answer | None:
    """Give the failing answer about the finding's own component, else about the whole system."""
    about = {component_of(one.subject): one for one in item.answers if _fails(one)}
    return about.get(component_of(finding.subject)) or about.get("")


def _confirmed(facts: SystemFacts) -> Iterator[tuple[ScoredItem, Confirmed]]:
    items = {one.item.id: one for one in facts.scored.items} if facts.scored else {}
    for finding in facts.findings:
        if finding.source.kind is SourceKind.PLATFORM:
            continue  # what a platform states, no answer of the tenant confirms
        item = items.get(finding.item) if finding.item else None
        answer = _stands_behind(item, finding) if item else None
        if item and answer:
            yield item, Confirmed(finding, answer)


def _problems(facts: SystemFacts) -> Iterator[_Problem]:
    """Give what stands of the findings of tools, of answers alone, and of cases alone."""
    if facts.scored is None:
        return
    told: set[str] = set()
    shown: set[ItemId] = set()  # cases that a problem of high risk tells of already
    for item, confirmed in _confirmed(facts):
        finding, answer = confirmed.finding, confirmed.answer
        if finding.source.kind is not SourceKind.ANSWER:
            told.add(answer.id)
            high = finding.risk is Risk.HIGH
            cases = _present_about(item, facts.scored.cases) if high else ()
            shown |= {one.case.id for one in cases}
            yield _Problem(item, answer, finding.risk, finding, cases)
    for item in facts.scored.items:
        cases = _present_about(item, facts.scored.cases)
        for answer in item.answers:
            risk = answered_risk(answer.value)
            if risk and answer.id not in told:
                shown |= {one.case.id for one in cases}
                yield _Problem(item, answer, Risk.HIGH if cases else risk, None, cases)
    for problem in _inherited(facts.scored):
        shown |= {one.case.id for one in problem.cases}
        yield problem
    yield from (_of_case(one) for one in _telling(facts.scored.cases, shown))


def _inherited(scored: Scored) -> Iterator[_Problem]:
    """Give what the platforms of a system do not comply with."""
    for item in scored.items:
        inherited = item.inherited
        risk = answered_risk(inherited.stated.value) if inherited else None
        if inherited and risk:
            cases = _present_about(item, scored.cases)
            answer = stood_behind(inherited, scored.assessment.subject)
            bad = Risk.HIGH if cases else risk
            yield _Problem(item, answer, bad, None, cases, inherited)


def _present_about(item: ScoredItem, cases: Sequence[JudgedCase]) -> tuple[JudgedCase, ...]:
    """Give the cases of the guide that stand about an item: what is wrong there is of high risk."""
    return tuple(
        one
        for one in cases
        if one.state is CaseState.PRESENT
        and one.case.kind is CaseKind.CASE
        and item.item.id in one.case.about
    )


def _telling(
    cases: Sequence[JudgedCase], shown: Collection[ItemId]
) -> Iterator[tuple[JudgedCase, Answer, Risk]]:
    """Give the cases that no problem of an item tells of; a hazard is told of by its case."""
    for one in cases:
        risk = JUDGED_RISK.get(one.state)
        if risk and one.answer and not one.case.triggers and one.case.id not in shown:
            yield one, one.answer, risk


def _of_case(told: tuple[JudgedCase, Answer, Risk]) -> _Problem:
    judged, answer, risk = told
    item = judged.case.item
    scored = ScoredItem(item=item, at=item.at[0], value=answer.value, answers=(answer,))
    return _Problem(scored, answer, risk, None, (judged,))


def _told(item: ScoredItem, finding: Finding) -> tuple[Answer, ...]:
    """Give the answers that speak of what was seen, of its component before the whole system."""
    about = component_of(finding.subject)
    for wanted in (about, ""):
        found = tuple(one for one in item.answers if component_of(one.subject) == wanted)
        if found:
            return found
    return () if about else item.answers


def contrary(facts: SystemFacts) -> Iterator[tuple[ScoredItem, Finding, tuple[Answer, ...]]]:
    """Give what a tool saw and a person answered otherwise, with those answers."""
    items = {one.item.id: one for one in facts.scored.items} if facts.scored else {}
    for finding in facts.findings:
        item = items.get(finding.item) if finding.item else None
        if item and finding.source.kind not in (SourceKind.ANSWER, SourceKind.PLATFORM):
            answers = _told(item, finding)
            if answers and not _stands_behind(item, finding):
                yield item, finding, answers


def unconfirmed(facts: SystemFacts) -> int:
    """How many findings nobody has answered; those of answers are told by their answers."""
    scored = facts.scored.items if facts.scored else ()
    told = {one.item.id for one in scored if fails_at_platform(one)}
    seen = sum(
        one.source.kind is not SourceKind.ANSWER
        and not (one.source.kind is SourceKind.PLATFORM and one.item in told)
        for one in facts.findings
    )
    confirmed = sum(
        one.finding.source.kind is not SourceKind.ANSWER for _, one in _confirmed(facts)
    )
    return seen - confirmed - sum(1 for _ in contrary(facts))


def cited(facts: SystemFacts) -> set[Digest]:
    """Give the evidence that the report names: of its problems and of all answers that stand."""
    shown = [one.finding for _, one in _confirmed(facts)]
    shown += [finding for _, finding, _ in contrary(facts)]
    found = {one.evidence for one in shown if one.evidence}
    answers = facts.scored.answers if facts.scored else ()
    return found | {digest for one in answers for digest in one.evidence}


def finding_lines(
    facts: SystemFacts, report: ReportFacts, printing: Printing
) -> tuple[FindingLine, ...]:
    """Print the problems, worst first, within a risk in the order of the standard.

    What was seen alike in one place under several items is told once; the others refer to it.
    """
    first: dict[tuple[object, ...], int] = {}
    lines = []
    for no, problem in enumerate(sorted(_problems(facts), key=lambda one: one.order), 1):
        same_as = first.setdefault(problem.same, no)
        lines.append(_line((no, same_as), problem, facts, report, printing))
    return tuple(lines)


def _line(
    numbers: tuple[int, int],
    problem: _Problem,
    facts: SystemFacts,
    report: ReportFacts,
    printing: Printing,
) -> FindingLine:
    no, same_as = numbers
    item, answer, finding = problem.item, problem.answer, problem.finding
    days = report.deadlines.days[problem.risk]
    maintains = facts.system.ownership.maintains
    person = printing.name(maintains.person)
    verdict = _verdict(problem, printing)
    subject = finding.subject if finding else answer.subject
    digests = dict.fromkeys([*([finding.evidence] if finding else []), *answer.evidence])
    return FindingLine(
        no=no,
        same_as=0 if same_as == no else same_as,
        risk=printing.label(problem.risk),
        risk_key=problem.risk.value,
        risk_by_default=finding is None and not problem.is_high_risk,
        clause=", ".join(str(one.at.clause) for one in problem.about),
        control_point=clean(item.item.control_point),
        requirement="; ".join(clean(one.at.gist) for one in problem.about) or clean(item.at.gist),
        verdict=verdict,
        statement=_statement(problem, printing),
        component=printing.name(component_of(subject)),
        source=printing.label(finding.source.kind if finding else problem.told_by),
        evidence=tuple(short(one) for one in digests if one),
        answered_by=printing.name(answer.answered_by),
        means=printing.label(answer.recorded_by.means),
        answered_on=printing.day(answer.recorded_at),
        responsible=" ".join(filter(None, (person, clean(maintains.post)))),
        responsible_unit=printing.name(maintains.unit),
        due=(report.as_of + timedelta(days=days)).isoformat(),
        days=days,
        days_by_default=problem.risk in report.deadlines.by_default,
        measure=clean(problem.measure),
        usual_measure="" if problem.measure else _usual(problem, report, printing),
        high_risk=tuple(
            f"{printing.label(one.case.kind)}{clean(one.case.code)}" for one in problem.cases
        ),
    )


def _usual(problem: _Problem, report: ReportFacts, printing: Printing) -> str:
    check = report.checks.get(problem.item.item.id)
    if check is None or not check.measure:
        return ""
    low = check.words_confidence is Confidence.LOW
    mark = printing.say(msgid(" [our own words, to be confirmed]")) if low else ""
    return clean(check.measure + mark)


def _statement(problem: _Problem, printing: Printing) -> str:
    if problem.inherited:
        return inherited_said(problem.inherited, printing)
    return clean(problem.finding.statement if problem.finding else problem.told)


def _verdict(problem: _Problem, printing: Printing) -> str:
    if problem.own_case:
        return printing.label(problem.own_case.state)
    _, verdict = printing.value(problem.answer.value)
    return verdict
