"""What a person who fills in is asked: items and high-risk cases, with what helps to answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from secops.contracts.store import Blobs, UnitOfWork
from secops.judging.scoring import current
from secops.judging.tables import Tables
from secops.judging.tailoring import Asked, ItemSet
from secops.model.answer import Answer, OfComponent
from secops.model.assessment import Assessment
from secops.model.asset import Component
from secops.model.case import CaseProposal, CaseState
from secops.model.checking import AnswerRole, HowToCheck
from secops.model.checklist import Domain
from secops.model.ids import ComponentId, ItemId, PersonId
from secops.model.judgement import Against
from secops.operations.answer_case import case_asked
from secops.operations.answer_item import find_asked
from secops.operations.assessment_status import ItemStatus, assessment_status
from secops.operations.assessments import Opened, Series, opened, subjects_of
from secops.operations.export_form import JUDGES, checks_of
from secops.operations.judge_hazards import CaseStatus, hazards_of
from secops.operations.propose_from_last import has_last, last_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One item or one case."""

    asked: Asked
    status: ItemStatus | CaseStatus
    check: HowToCheck | None
    role: AnswerRole | None  # who answers it; None: nobody in particular
    concerned: tuple[Component, ...] = ()  # none: it is about the whole
    last: Answer | None = None  # of the cycle before, for the whole

    @property
    def id(self) -> ItemId:
        """Its item's id."""
        return self.asked.item.id

    @property
    def open(self) -> bool:
        """Whether it waits for an answer."""
        if isinstance(self.status, CaseStatus):
            return self.status.judged.state is CaseState.OPEN
        return self.status.scored.value is None

    @property
    def rests(self) -> bool:
        """Whether it is a hazard whose case does not stand as present: then nobody is asked."""
        status = self.status
        return isinstance(status, CaseStatus) and status.judged.state is CaseState.NOT_TRIGGERED

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Those that stand now."""
        if isinstance(self.status, CaseStatus):
            return (self.status.judged.answer,) if self.status.judged.answer else ()
        return self.status.scored.answers

    @property
    def domain(self) -> Domain | None:
        """Its chapter; None: of a case, which belongs to none."""
        return None if isinstance(self.status, CaseStatus) else self.asked.item.domain

    def said_of(self, component: ComponentId | None) -> Answer | None:
        """Give the answer that stands for one component, or for the whole."""
        for one in self.answers:
            own = one.subject.component if isinstance(one.subject, OfComponent) else None
            if own == component:
                return one
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """All questions of one assessment, in the order in which they are asked."""

    series: Series
    assessment: Assessment
    item_set: ItemSet
    every: tuple[Question, ...]
    roles: tuple[AnswerRole, ...]  # of whom this round asks; none: of everybody
    names: Mapping[PersonId, str]  # of those who answered

    @property
    def mine(self) -> tuple[Question, ...]:
        """Those that these roles answer, as far as they are asked at all by now."""
        own = (one for one in self.every if not self.roles or one.role in self.roles)
        return tuple(one for one in own if not one.rests)

    @property
    def open(self) -> tuple[Question, ...]:
        """Those of them that wait."""
        return tuple(one for one in self.mine if one.open)

    @property
    def domains(self) -> tuple[Domain | None, ...]:
        """The chapters of what is asked, cases last."""
        return tuple(dict.fromkeys(one.domain for one in sorted(self.mine, key=_is_case)))

    def of(self, id: ItemId) -> Question:
        """Give one by its item's id."""
        return next(one for one in self.every if one.id == id)

    def named(self, text: str) -> Question:
        """Find one by clause or id; raises OutsideTheSetError."""
        return self.of(find_asked(self.item_set, self.series.name, text).item.id)

    def after(self, id: ItemId | None, skipped: Collection[ItemId]) -> Question | None:
        """Give the next one that waits, from the beginning again behind the last."""
        ids = [one.id for one in self.every]
        start = ids.index(id) + 1 if id else 0
        turned = (*self.every[start:], *self.every[:start])
        waiting = {one.id for one in self.open} - set(skipped)
        return next((one for one in turned if one.id in waiting), None)


def questions_of(
    work: UnitOfWork,
    blobs: Blobs,
    series: Series,
    told: tuple[Tables, date],
    roles: tuple[AnswerRole, ...] = (),
) -> Questions:
    """Gather what is asked; items with something against them first, then items, then cases.

    `told`: the tables, and the day on which the inventory is counted. Raises NoAssessmentError.
    """
    tables, day = told
    one = opened(work, blobs, series)
    checks = checks_of(tables)
    before = current(work.answers.of(last_before(work, one).id)) if has_last(work, one) else {}
    status = assessment_status(work, blobs, series, tables, day)
    items = [_of_item(it, one, checks.get(it.scored.item.id)) for it in status.items]
    found = hazards_of(work, blobs, series, tables).cases if one.item_set.cases else ()
    every = tuple(
        replace(it, last=before.get((it.id, series.subject)))
        for it in (*items, *(_of_case(each) for each in found))
    )
    said = (answer for it in every for answer in (*it.answers, it.last) if answer)
    said_by = {answer.answered_by for answer in said}
    persons = [work.persons.get(id_) for id_ in said_by]
    return Questions(
        series=series,
        assessment=one.assessment,
        item_set=one.item_set,
        every=tuple(sorted(every, key=_rank)),
        roles=roles,
        names={person.id: person.name for person in persons if person},
    )


def _of_item(status: ItemStatus, one: Opened, check: HowToCheck | None) -> Question:
    scored = status.scored
    concerned = {subject.component for subject in subjects_of(scored.item, one)}
    return Question(
        asked=Asked(item=scored.item, at=scored.at),
        status=status,
        check=check,
        role=check.role if check else None,
        concerned=tuple(component for component in one.components if component.id in concerned),
    )


def _of_case(status: CaseStatus) -> Question:
    asked = case_asked(status.judged.case)
    return Question(asked=asked, status=status, check=None, role=JUDGES)


def _is_case(question: Question) -> bool:
    return isinstance(question.status, CaseStatus)


def _rank(question: Question) -> int:
    """Order stably: what speaks against something is asked first, cases behind all items."""
    status = question.status
    if isinstance(status, CaseStatus):
        return 2 if status.proposal is CaseProposal.TO_BE_JUDGED else 3
    return 0 if isinstance(status.suggestion, Against) else 1
