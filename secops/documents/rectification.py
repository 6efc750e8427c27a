"""整改报告: its context, built by pure functions from answers and from findings that stand.

Suggestions do not come here at all: nothing in `ReportFacts` carries one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from secops.contracts.words import chapter
from secops.documents.clean import clean
from secops.documents.printing import Printing, bar, notes_of, once, short
from secops.documents.rectification_context import (
    BandsPart,
    Bar,
    ConclusionPart,
    DomainPart,
    EvidenceLine,
    ItemLine,
    OwnerLine,
    RectificationContext,
    RuleLine,
    SystemPart,
    VerificationPart,
)
from secops.documents.rectification_contrary import contrary_lines
from secops.documents.rectification_findings import (
    cited,
    finding_lines,
    unconfirmed,
)
from secops.documents.rectification_hazards import case_classes, hazards_part
from secops.documents.rectification_inherited import inherited_said
from secops.errors import msgid
from secops.model.answer import Verdict
from secops.model.assessment import Conclusion
from secops.model.checklist import Domain
from secops.model.common import Confidence, NotApplicable, SecurityLevel
from secops.model.judgement import ANSWERED_RISK, Risk
from secops.model.report import Deadlines, ReportFacts, SystemFacts
from secops.model.score import Bands, Concluded, Scored, ScoredItem
from secops.model.system import Responsibility, System


def rectification_context(
    facts: ReportFacts, printing: Printing, template: str
) -> RectificationContext:
    """Say what stands, what must be mended, by whom, until when, and on what evidence."""
    parts = tuple(_system(no, one, facts, printing) for no, one in enumerate(facts.systems, 1))
    assessed = [one for one in parts if one.assessed]
    return RectificationContext(
        subject=clean(facts.subject),
        unit=clean(facts.unit),
        whole_unit=facts.whole_unit,
        as_of=facts.as_of.isoformat(),
        as_of_long=printing.long_day(facts.as_of),
        sample=facts.sample,
        draft=any(one.conclusion and not one.conclusion.frozen for one in parts),
        systems=parts,
        total=_sum("", [one.counts for one in parts if one.counts], _value_labels(printing)),
        total_risks=_sum("", [one.risks for one in parts if one.risks], _risk_labels(printing)),
        unanswered=sum(one.unanswered for one in assessed),
        contrary=sum(len(one.contrary) for one in assessed),
        unconfirmed=sum(one.unconfirmed for one in parts),
        bands=tuple(dict.fromkeys(one.conclusion.bands for one in parts if one.conclusion)),
        answered_risks=tuple(
            RuleLine(label=printing.label(said), value=printing.label(risk), by_default=True)
            for said, risk in ANSWERED_RISK.items()
        ),
        deadlines=_deadlines(facts.deadlines, printing),
        thresholds=tuple(
            RuleLine(label=clean(name), value=clean(value), by_default=True)
            for name, value in facts.thresholds
        ),
        verification=VerificationPart(
            chain_seq=facts.head.seq,
            chain_hash=facts.head.hash,
            rules=facts.rules,
            item_sets=tuple(
                sorted({str(one.scored.assessment.item_set) for one in facts.systems if one.scored})
            ),
            template=template,
            program=facts.program,
        ),
    )


def _system(no: int, facts: SystemFacts, report: ReportFacts, printing: Printing) -> SystemPart:
    missing, unanswered = _missing(facts, printing), _unanswered(facts)
    if facts.scored and not facts.scored.answers:
        facts = replace(facts, scored=None)  # begun and no more: nothing to conclude from
    system, scored = facts.system, facts.scored
    lines = finding_lines(facts, report, printing)
    risks = Counter(line.risk_key for line in lines)
    return SystemPart(
        no=no,
        name=clean(system.name),
        kind=printing.label(system.kind),
        stage=printing.label(system.stage),
        level=_level(system, printing),
        grades=_grades(system),
        filing=printing.label(system.filing.state),
        filing_number=clean(system.filing.number),
        operating_unit=printing.name(system.ownership.operating_unit),
        owners=_owners(system, printing),
        missing=missing,
        unanswered=unanswered,
        assessed=scored is not None,
        conclusion=_conclusion(scored, system, printing) if scored else None,
        counts=_counted("", scored.items, printing) if scored else None,
        risks=bar("", [(key, said, risks[key]) for key, said in _risk_labels(printing).items()])
        if scored
        else None,
        domains=_by_domain(scored, printing) if scored else (),
        hazards=hazards_part(scored, printing) if scored else None,
        findings=lines,
        contrary=contrary_lines(facts, report, printing),
        unconfirmed=unconfirmed(facts),
        classes=(*_items(scored, printing), *case_classes(scored, printing)) if scored else (),
        evidence=_evidence(facts, printing),
    )


def _unanswered(facts: SystemFacts) -> int:
    return facts.scored.score.unanswered if facts.scored else 0


def _level(system: System, printing: Printing) -> str:
    match system.grading.level:
        case None:
            return printing.say(msgid("not graded yet"))
        case NotApplicable(reason=reason):
            return printing.say(msgid("no grading target: {reason}")).format(reason=clean(reason))
        case SecurityLevel() as level:
            return printing.level(level)


def _grades(system: System) -> str:
    s, a = system.grading.business_information, system.grading.system_service
    return f"S{int(s)}A{int(a)}" if s and a else ""


def _owners(system: System, printing: Printing) -> tuple[OwnerLine, ...]:
    def line(role: str, one: Responsibility) -> OwnerLine:
        return OwnerLine(
            role=printing.say(role),
            unit=printing.name(one.unit),
            person=printing.name(one.person),
            post=clean(one.post),
        )

    owned = system.ownership
    return (
        line(msgid("supervises"), owned.supervises),
        line(msgid("maintains"), owned.maintains),
        line(msgid("uses"), owned.uses),
    )


def _conclusion(scored: Scored, system: System, printing: Printing) -> ConclusionPart:
    said: Concluded = scored.concluded
    asked = str(scored.assessment.grades or "")
    return ConclusionPart(
        conclusion=printing.label(said.conclusion),
        rate=f"{said.rate.percent}%",
        compliant=scored.score.compliant,
        partially_compliant=scored.score.partially_compliant,
        applicable=scored.score.rate.of,
        bands=_bands(scored.bands, printing),
        on_border=said.on_border,
        stands_in=clean(scored.stands_in),
        other_grades=asked if asked != _grades(system) else "",
        hazards_open=said.hazards_open,
        complete=scored.score.unanswered == 0,
        frozen=scored.assessment.frozen is not None,
        revision=scored.assessment.revision,
        number=scored.assessment.no,
        item_set=str(scored.assessment.item_set),
    )


def _bands(bands: Bands, printing: Printing) -> BandsPart:
    return BandsPart(
        title=clean(bands.title),
        source=clean(bands.source),
        as_of=bands.as_of,
        official=bands.confidence is not Confidence.LOW,
        upper=bands.upper,
        lower=bands.lower,
        above=printing.label(Conclusion.COMPLIANT),
        between=printing.label(Conclusion.BASICALLY_COMPLIANT),
        below=printing.label(Conclusion.NON_COMPLIANT),
        at_upper=printing.label(bands.at_upper),
        at_lower=printing.label(bands.at_lower),
        partial_weight=str(bands.partial_weight),
    )


def _missing(facts: SystemFacts, printing: Printing) -> tuple[str, ...]:
    """Say what keeps the system from being complete, in the order in which it is mended."""
    owned, lacks = facts.system.ownership, []
    if facts.system.grading.level is None:
        lacks.append(msgid("not graded yet"))
    for one, said in (
        (owned.supervises, msgid("no person supervises it")),
        (owned.maintains, msgid("no person maintains it")),
        (owned.uses, msgid("no person answers for its use")),
    ):
        if not one.person:
            lacks.append(said)
    if facts.scored is None and not isinstance(facts.system.grading.level, NotApplicable):
        lacks.append(msgid("no assessment was started"))
    elif facts.scored and not facts.scored.answers:
        lacks.append(msgid("no item is answered"))
    elif facts.scored and facts.scored.score.unanswered:
        lacks.append(msgid("items are unanswered"))
    return tuple(map(printing.say, lacks))


def _value_labels(printing: Printing) -> Mapping[str, str]:
    verdicts = {one.value: printing.label(one) for one in reversed(Verdict)}
    return {
        **verdicts,
        "unanswered": printing.say(msgid("unanswered")),
        "not_applicable": printing.say(msgid("not applicable")),
        "measure": printing.say(msgid("a number or choice")),
    }


def _risk_labels(printing: Printing) -> Mapping[str, str]:
    return {one.value: printing.label(one) for one in Risk}


def _key(item: ScoredItem, printing: Printing) -> str:
    key, _ = printing.value(item.value)
    return "measure" if key == "choice" else key


def _counted(title: str, items: Iterable[ScoredItem], printing: Printing) -> Bar:
    counts = Counter(_key(item, printing) for item in items)
    return bar(title, [(key, said, counts[key]) for key, said in _value_labels(printing).items()])


def _sum(title: str, bars: Sequence[Bar], labels: Mapping[str, str]) -> Bar:
    counts: Counter[str] = Counter()
    for one in bars:
        counts.update({segment.key: segment.count for segment in one.segments})
    return bar(title, [(key, said, counts[key]) for key, said in labels.items()])


def _domains(scored: Scored) -> tuple[Domain, ...]:
    """Give the domains that have items, in the order of the checklist."""
    return tuple(dict.fromkeys(one.item.domain for one in scored.items))


def _by_domain(scored: Scored, printing: Printing) -> tuple[Bar, ...]:
    return tuple(
        _counted(chapter(domain, printing.words), items, printing)
        for domain in _domains(scored)
        if (items := [one for one in scored.items if one.item.domain == domain])
    )


def _items(scored: Scored, printing: Printing) -> tuple[DomainPart, ...]:
    return tuple(
        DomainPart(
            title=chapter(domain, printing.words),
            lines=tuple(_item(one, printing, older=one.item.id in scored.older) for one in items),
        )
        for domain in _domains(scored)
        if (
            items := sorted(
                (one for one in scored.items if one.item.domain == domain),
                key=lambda one: one.at.clause,
            )
        )
    )


def _item(scored: ScoredItem, printing: Printing, *, older: bool) -> ItemLine:
    key, value = printing.value(scored.value)
    answers = scored.answers
    inherited = [inherited_said(scored.inherited, printing)] if scored.inherited else []
    remark = msgid("evidence older than the cycle: not counted as checked")
    remarks = [printing.say(remark)] if older else []
    newest = max((one.recorded_at for one in answers), default=None)
    return ItemLine(
        clause=str(scored.at.clause),
        control_point=clean(scored.item.control_point),
        gist=clean(scored.at.gist),
        value=value,
        value_key=key,
        answered_by=once(printing.name(one.answered_by) for one in answers),
        means=once(printing.label(one.recorded_by.means) for one in answers),
        answered_on=printing.day(newest) if newest else "",
        notes=once((*inherited, *notes_of(answers), *remarks)),
        evidence=once(short(digest) for one in answers for digest in one.evidence),
    )


def _evidence(facts: SystemFacts, printing: Printing) -> tuple[EvidenceLine, ...]:
    named = cited(facts)
    return tuple(
        EvidenceLine(
            short=short(one.digest),
            digest=str(one.digest).removeprefix("sha256:"),
            kind=printing.label(one.kind),
            title=clean(one.title or one.subject),
            taken_at=printing.minute(one.taken_at),
            tool=clean(facts.tools.get(one.digest, "")),
            erased=one.erased_at is not None,
        )
        for one in sorted(facts.evidence, key=lambda one: (one.taken_at, one.digest))
        if one.digest in named
    )


def _deadlines(deadlines: Deadlines, printing: Printing) -> tuple[RuleLine, ...]:
    said = printing.say(msgid("{days} days"))
    return tuple(
        RuleLine(
            label=printing.label(risk),
            value=said.format(days=deadlines.days[risk]),
            by_default=risk in deadlines.by_default,
        )
        for risk in Risk
    )
