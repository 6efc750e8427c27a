"""单位自查结果: its context, built by pure functions from answers; suggestions never come here."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

from secops.contracts.words import chapter
from secops.documents.clean import clean
from secops.documents.printing import Printing, once, short
from secops.documents.selfcheck_context import (
    AreaPart,
    CheckLine,
    EvidenceEntry,
    PointsLine,
    PostLine,
    SelfcheckContext,
)
from secops.errors import msgid
from secops.model.answer import Answer, Choice, Measure, Value, Verdict, reason_of
from secops.model.asking import Asks, AsksChoice, AsksRatio, YesOrNo
from secops.model.common import Confidence, NotApplicable
from secops.model.points import PointedItem, Points, cut
from secops.model.proposal import EvidenceAge, FromInventory, FromLast
from secops.model.selfcheck import SelfcheckFacts

_NONE = "-"


def selfcheck_context(facts: SelfcheckFacts, printing: Printing, template: str) -> SelfcheckContext:
    """Say what was answered, what it earns, what is missing and what does not apply."""
    items, assessment = facts.pointed.items, facts.assessment
    lines = {one.scored.item.id: _line(one, facts, printing) for one in items}
    applying = [one for one in items if one.applies and one.scored.value is not None]
    ages = [facts.ages.get(one.scored.item.id, EvidenceAge.NONE) for one in applying]
    sources = [facts.sources.get(answer.id) for one in items for answer in one.scored.answers]
    short_of = [one for one in items if one.applies and one.got < one.scored.item.weight]
    dearest = sorted(short_of, key=lambda one: one.got - one.scored.item.weight)
    return SelfcheckContext(
        subject=clean(facts.subject),
        checklist=clean(facts.asking.title),
        edition=clean(facts.asking.edition),
        source=clean(facts.asking.source),
        uncertain=facts.asking.confidence in (Confidence.LOW, None),
        cycle=clean(assessment.cycle),
        as_of=facts.as_of.isoformat(),
        as_of_long=printing.long_day(facts.as_of),
        sample=facts.sample,
        draft=assessment.frozen is None,
        number=assessment.no,
        revision=assessment.revision,
        total=_points("", facts.pointed.total),
        areas=tuple(
            _points(chapter(domain, printing.words), one) for domain, one in facts.pointed.domains
        ),
        lost=tuple(lines[one.scored.item.id] for one in dearest),
        not_applicable=tuple(lines[one.scored.item.id] for one in items if not one.applies),
        older=tuple(one for one in lines.values() if one.evidence_older),
        checked=ages.count(EvidenceAge.OF_THE_CYCLE),
        without_evidence=ages.count(EvidenceAge.NONE),
        carried=sum(isinstance(one, FromLast) for one in sources),
        counted=sum(isinstance(one, FromInventory) for one in sources),
        posts=tuple(
            PostLine(
                post=printing.label(one.post), person=clean(one.person), title=clean(one.title)
            )
            for one in facts.holders
        ),
        parts=tuple(
            AreaPart(
                title=chapter(domain, printing.words),
                lines=tuple(
                    lines[one.scored.item.id] for one in items if one.scored.item.domain == domain
                ),
            )
            for domain, _ in facts.pointed.domains
        ),
        evidence=tuple(_evidence(facts, printing)),
        chain_seq=facts.head.seq,
        chain_hash=facts.head.hash,
        item_set=str(assessment.item_set),
        template=template,
        program=facts.program,
    )


def _points(title: str, one: Points) -> PointsLine:
    return PointsLine(
        title=clean(title),
        asked=one.asked,
        answered=one.asked - one.unanswered,
        unanswered=one.unanswered,
        not_applicable=one.not_applicable,
        got=cut(one.got),
        base=cut(one.base),
        result=_NONE if one.result is None else cut(one.result),
        whole=cut(one.whole),
        share=int(1000 * one.got / one.base) if one.base else 0,
    )


def _line(one: PointedItem, facts: SelfcheckFacts, printing: Printing) -> CheckLine:
    scored, weight = one.scored, one.scored.item.weight
    answers, value = scored.answers, scored.value
    older = facts.ages.get(scored.item.id) is EvidenceAge.OLDER and one.applies
    return CheckLine(
        code=str(scored.at.clause),
        gist=clean(scored.at.gist),
        asked_for=_asked_for(scored.item.asks),
        value=clean(_said(value, scored.item.asks, printing)),
        value_key=_key(one),
        weight=cut(weight),
        got=cut(one.got) if one.applies else _NONE,
        lost=cut_up(weight - one.got) if one.applies else _NONE,
        reason=clean(reason_of(value)),
        notes=once(answer.note for answer in answers),
        answered_by=once(printing.name(answer.answered_by) for answer in answers),
        means=once(printing.label(answer.recorded_by.means) for answer in answers),
        answered_on=once(printing.day(answer.recorded_at) for answer in answers),
        sources=once(_source(answer, facts, printing) for answer in answers),
        evidence=once(short(digest) for answer in answers for digest in answer.evidence),
        evidence_older=older,
        measure=clean(facts.measures.get(scored.item.id, "")),
    )


def cut_up(points: Fraction) -> str:
    """Show what is missing, so that it adds up with what was got to the whole."""
    hundredths = -(-100 * points.numerator // points.denominator)
    return cut(Fraction(hundredths, 100))


def _key(one: PointedItem) -> str:
    if one.scored.value is None:
        return "unanswered"
    if one.share is None:
        return "not_applicable"
    return "full" if one.share == 1 else "part" if one.share else "none"


def _asked_for(asks: Asks) -> tuple[str, ...]:
    return (clean(asks.counted), clean(asks.of)) if isinstance(asks, AsksRatio) else ()


def _said(value: Value | None, asks: Asks, printing: Printing) -> str:
    match value:
        case None | Verdict() | NotApplicable() | Measure():
            return printing.value(value)[1]
        case Choice(code=code):
            options = asks.options if isinstance(asks, AsksChoice) else ()
            titles = {one.code: one.title for one in options}
            plain = {one.value: printing.label(one) for one in YesOrNo}
            return titles.get(code) or plain.get(code, code)
    assert_never(value)


def _source(answer: Answer, facts: SelfcheckFacts, printing: Printing) -> str:
    match facts.sources.get(answer.id):
        case FromInventory(day=day):
            said = printing.say(msgid("confirmed: the inventory of {day}"))
            return said.format(day=day.isoformat())
        case FromLast() as last:
            said = printing.say(msgid("confirmed: said on {day}, evidence of {evidence}"))
            evidence = last.evidence_at
            return said.format(
                day=printing.day(last.answered_at),
                evidence=printing.day(evidence) if evidence else printing.say(msgid("no day")),
            )
    return ""


def _evidence(facts: SelfcheckFacts, printing: Printing) -> Iterable[EvidenceEntry]:
    for one in sorted(facts.evidence, key=lambda one: (one.taken_at, one.digest)):
        yield EvidenceEntry(
            short=short(one.digest),
            digest=str(one.digest).removeprefix("sha256:"),
            title=clean(one.title or one.subject),
            taken_at=printing.minute(one.taken_at),
            older=one.taken_at < facts.since,
            erased=one.erased_at is not None,
        )
