"""A person answers an item, for the system or for one component of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.judging import ComponentNotConcernedError, OutsideTheSetError
from secops.errors.store import AnswerExistsError
from secops.judging.fitting import refuse_unfit
from secops.judging.scoring import current
from secops.judging.tailoring import Asked, ItemSet
from secops.model.answer import Answer, OfComponent, Subject, Value
from secops.model.ids import AnswerId, ComponentId, Digest, FindingId, PersonId
from secops.model.judgement import Finding, Source, SourceKind, fingerprint_of
from secops.operations.answer_case import Judgements, Telling, case_asked
from secops.operations.assessments import (
    Opened,
    Series,
    near,
    opened,
    refuse_frozen,
    refuse_inherited,
    subjects_of,
    who,
)
from secops.operations.keep_findings import keep_findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a person says about one item."""

    item: str  # an item id, with or without the pack, or a clause of the system's set
    value: Value
    component: ComponentId | None = None  # None: for the system, and so for every component
    by: PersonId | None = None  # who states it; None: the one who acts
    note: str = ""
    evidence: tuple[Digest, ...] = ()
    suggestion: Digest | None = None
    expected: int | None = None  # the revision that was shown; None: whatever stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answers, and the findings that they make or refresh."""

    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]


def find_asked(item_set: ItemSet, name: str, text: str) -> Asked:
    """Find an item of the set by id or clause; raises OutsideTheSetError with near ones."""
    names = _names(item_set)
    found = names.get(text.strip())
    if found is None:
        raise OutsideTheSetError(
            item=text,
            name=name,
            grades=str(item_set.grades or item_set.pack),
            near=near(text, [*names]),
        )
    return found


@lru_cache(maxsize=64)  # many answers, and many systems, share one set
def _names(item_set: ItemSet) -> Mapping[str, Asked]:
    names: dict[str, Asked] = {}
    for one in (*item_set.asked, *map(case_asked, item_set.cases)):
        id_ = str(one.item.id)
        names |= {id_: one, id_.partition("/")[2]: one, str(one.at.clause): one}
    return names


def answer_item(
    work: UnitOfWork, blobs: Blobs, acting: Acting, series: Series, reply: Reply
) -> Answered:
    """Record one answer."""
    return record_answers(work, acting, opened(work, blobs, series), [reply])


def record_answers(
    work: UnitOfWork, acting: Acting, one: Opened, replies: Iterable[Reply]
) -> Answered:
    """Record answers to the assessment that stands; all or none.

    Raises FrozenAssessmentError, NobodyError, OutsideTheSetError, ComponentNotConcernedError,
    AnswerExistsError, and what `refuse_unfit` raises.
    """
    refuse_frozen(one)
    kept = tuple(work.answers.of(one.assessment.id))
    said = current(kept)
    last = {(answer.item, answer.subject): answer.revision for answer in kept}
    shown = {key: answer.revision for key, answer in said.items()}
    judgements = Judgements(one, said.values())
    answers: list[tuple[Asked, Answer]] = []
    now = acting.now()
    for reply in replies:
        asked = find_asked(one.item_set, one.series.name, reply.item)
        refuse_unfit(asked, reply.value)
        refuse_inherited(one, asked)
        judgements.take(asked.item.id, reply.value, reply.note)
        subject = _subject(one, asked, reply.component)
        key = (asked.item.id, subject)
        if reply.expected not in (None, shown.get(key, 0)):
            raise AnswerExistsError(item=str(asked.at.clause), revision=str(shown.get(key, 0)))
        last[key] = shown[key] = last.get(key, 0) + 1
        answer = Answer(
            id=AnswerId(acting.new_id()),
            assessment=one.assessment.id,
            subject=subject,
            item=asked.item.id,
            revision=last[key],
            value=reply.value,
            answered_by=who(acting, reply.by),
            recorded_by=acting.actor,
            recorded_at=now,
            note=reply.note.strip(),
            evidence=reply.evidence,
            suggestion=reply.suggestion,
        )
        answers.append((asked, answer))
    work.answers.append(acting.actor, [answer for _, answer in answers])
    told = _findings(work, acting, judgements, answers)
    findings = keep_findings(work, acting, told).findings if told else ()
    return Answered(answers=tuple(answer for _, answer in answers), findings=findings)


Unless = Callable[[Answer, Reply], bool]
"""Whether an answer that stands makes a reply needless."""


def same_answer(answer: Answer, reply: Reply) -> bool:
    """Say whether it is answered just so: importing a file twice adds nothing."""
    return (answer.value, answer.note) == (reply.value, reply.note.strip())


def any_answer(answer: Answer, reply: Reply) -> bool:
    """Say that whatever stands is kept."""
    del answer, reply
    return True


def needed(
    work: UnitOfWork, one: Opened, replies: Iterable[Reply], unless: Unless
) -> Iterator[Reply]:
    """Leave out the replies that an answer which stands makes needless."""
    known = current(work.answers.of(one.assessment.id))
    for reply in replies:
        asked = find_asked(one.item_set, one.series.name, reply.item)
        answer = known.get((asked.item.id, _subject(one, asked, reply.component)))
        if answer is None or not unless(answer, reply):
            yield reply


def _subject(one: Opened, asked: Asked, component: ComponentId | None) -> Subject:
    whole = one.series.subject
    if component is None:
        return whole
    concerned = subjects_of(asked.item, one)
    wanted = [subject for subject in concerned if subject.component == component]
    if not wanted:
        names = {c.id: f"{c.name} ({c.no})" for c in one.components}
        choices = ", ".join(names[c.component] for c in concerned) or "-"
        raise ComponentNotConcernedError(
            item=str(asked.at.clause),
            component=names.get(component, component),
            choices=choices,
        )
    return wanted[0]


def _findings(
    work: UnitOfWork,
    acting: Acting,
    judgements: Judgements,
    answers: Iterable[tuple[Asked, Answer]],
) -> tuple[Finding, ...]:
    """Make what a person calls not compliant a finding, unless a scan's finding says it already."""
    told = [(answer, judgements.tells(asked, answer)) for asked, answer in answers]
    if not any(tells for _, tells in told):  # most answers are good
        return ()
    known = list(work.findings.of(judgements.subject))
    return tuple(
        _finding(answer, tells, FindingId(acting.new_id()))
        for answer, tells in told
        if tells and not any(_says_it(finding, answer) for finding in known)
    )


def _says_it(finding: Finding, answer: Answer) -> bool:
    """Say whether a finding says it already; one about a component says it for the whole too."""
    return (
        finding.source.kind is not SourceKind.ANSWER
        and finding.item == answer.item
        and (finding.subject == answer.subject or not isinstance(answer.subject, OfComponent))
    )


def _finding(answer: Answer, tells: Telling, id_: FindingId) -> Finding:
    return Finding(
        id=id_,
        no=0,
        source=Source(SourceKind.ANSWER, answer.id),
        subject=answer.subject,
        item=answer.item,
        fingerprint=fingerprint_of(tells.mark),
        risk=tells.risk,
        statement=tells.statement,
        evidence=answer.evidence[0] if answer.evidence else None,
        first_seen=answer.recorded_at,
        last_seen=answer.recorded_at,
        measure=tells.measure,
    )
