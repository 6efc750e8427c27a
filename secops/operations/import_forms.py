"""Take over sheets of answers that came back: many copies at once, cell by cell, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import InFile, SecopsError, SeveralInputsError, place_order
from secops.errors.forms import (
    FormConflictError,
    NoLongerAskedError,
    OtherPurposeError,
    StaleFormError,
)
from secops.judging.fitting import refuse_unfit
from secops.judging.form_merge import CopyRows, MergedRow, merged
from secops.judging.scoring import current
from secops.judging.tailoring import Asked, ItemSet
from secops.model.answer import Answer, OfComponent, OfSystem, Subject, Value
from secops.model.assessment import Assessment
from secops.model.filled_form import FilledForm
from secops.model.form import FormPurpose, FormSubject
from secops.model.system import System
from secops.model.unit import Person, Unit
from secops.operations.answer_case import Judgements, case_asked
from secops.operations.answer_item import Answered, Reply, find_asked, record_answers
from secops.operations.assessments import (
    Opened,
    Series,
    opened,
    refuse_frozen,
    refuse_inherited,
    subjects_of,
)
from secops.operations.form_plan import (
    CopySeen,
    FormPlan,
    PlannedAnswer,
    PlannedConflict,
    RowSeen,
    Taking,
)
from secops.operations.form_rows import NOTE, VALUE, Wrong, cells_of, value_in
from secops.operations.form_sheets import row_id
from secops.operations.forms import Returned, by_spreadsheet, filler, returned

_MOST_PROBLEMS: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One assessment that forms are about."""

    opened: Opened
    said: Mapping[str, Answer]  # what stands, by the row of the form
    rows: Mapping[str, tuple[Asked, Subject]]  # what each row is about
    judgements: Judgements  # of high-risk cases, kept up while the rows are planned


def import_forms(
    work: UnitOfWork, blobs: Blobs, acting: Acting, copies: Sequence[FilledForm], taking: Taking
) -> FormPlan:
    """Plan, and unless it is a dry run record; the caller commits.

    Raises SeveralInputsError with everything that is wrong with whole files; also with every
    refused cell and undecided conflict, unless the rest shall be taken or this is a dry run.
    """
    found = list(returned(work, blobs, copies, taking.spelled))
    targets = _targets(work, blobs, found)
    plan = _plan(found, targets, _persons(work, found, taking), taking)
    if taking.dry_run:
        return plan
    if not taking.unconflicted:
        _refuse([*plan.refused, *(_undecided(one) for one in plan.conflicts)])
    declared = by_spreadsheet(acting)
    replies: dict[FormSubject, list[Reply]] = {}
    for one in plan.answers:
        replies.setdefault(one.about.row.subject, []).append(one.reply)
    done = [record_answers(work, declared, targets[of].opened, r) for of, r in replies.items()]
    recorded = Answered(
        answers=tuple(answer for one in done for answer in one.answers),
        findings=tuple(finding for one in done for finding in one.findings),
    )
    return replace(plan, recorded=recorded)


def _refuse(problems: Iterable[SecopsError]) -> None:
    ordered = sorted(problems, key=lambda one: place_order(one.where))
    if ordered:
        raise SeveralInputsError(ordered[:_MOST_PROBLEMS])


def _undecided(one: PlannedConflict) -> SecopsError:
    cell = one.cell
    return FormConflictError(
        where=cell.claims[0].place,
        item=one.about.said,
        key=cell.column.title,
        base=one.about.shown(cell, cell.base) or "-",
        now=one.about.shown(cell, cell.now) or "-",
        claims="; ".join(one.claimed(claim) for claim in cell.claims),
    )


def _targets(
    work: UnitOfWork, blobs: Blobs, found: Sequence[Returned]
) -> dict[FormSubject, Target]:
    """Open every assessment once; refuse what whole files are wrong in, all of it together."""
    targets: dict[FormSubject, Target] = {}
    problems: list[SecopsError] = []
    for one in found:
        problems += one.checked.unfit
        try:
            if one.form.purpose is not FormPurpose.ASSESSMENT:
                raise OtherPurposeError
            if one.form.subject not in targets:
                targets[one.form.subject] = target_of(work, blobs, one.form.subject)
        except SecopsError as error:
            problems.append(error.at(InFile(one.copy.path)))
    _refuse(problems)
    return targets


def target_of(work: UnitOfWork, blobs: Blobs, subject: FormSubject) -> Target:
    """Open the assessment; raises StaleFormError, FrozenAssessmentError."""
    assessment = work.assessments.get(subject.assessment)
    series = _series(work, assessment) if assessment else None
    if assessment is None or series is None:
        raise OtherPurposeError
    one = opened(work, blobs, series)
    if one.assessment.id != assessment.id:
        now = str(one.assessment.revision)
        raise StaleFormError(found=str(assessment.revision), now=now)
    refuse_frozen(one)
    said = current(work.answers.of(assessment.id))
    return Target(
        opened=one,
        said={row_id(item, of): answer for (item, of), answer in said.items()},
        rows=_rows(one),
        judgements=Judgements(one, said.values()),
    )


@lru_cache(maxsize=64)  # many systems share one set
def _asked(item_set: ItemSet) -> Mapping[str, Asked]:
    """Give what is asked, high-risk cases among it, by the id of its row."""
    every = (*item_set.asked, *map(case_asked, item_set.cases))
    return {str(one.item.id): one for one in every}


def _rows(one: Opened) -> dict[str, tuple[Asked, Subject]]:
    whole = one.series.subject
    rows: dict[str, tuple[Asked, Subject]] = {
        id_: (asked, whole) for id_, asked in _asked(one.item_set).items()
    }
    for asked in one.item_set.asked if one.components else ():
        for of in subjects_of(asked.item, one):
            rows[row_id(asked.item.id, of)] = (asked, of)
    return rows


def _series(work: UnitOfWork, assessment: Assessment) -> Series | None:
    subject = assessment.subject
    about: System | Unit | None
    if isinstance(subject, OfSystem):
        about = work.systems.get(subject.system)
    else:
        about = work.units.get(subject.unit)
    return Series(about, assessment.pack, assessment.scope) if about else None


def _persons(work: UnitOfWork, found: Sequence[Returned], taking: Taking) -> dict[Path, Person]:
    """Give who states what each file says; raises SeveralInputsError."""
    if taking.by is not None:
        return dict.fromkeys((one.copy.path for one in found), taking.by)
    persons: dict[Path, Person] = {}
    problems: list[SecopsError] = []
    for one in found:
        try:
            persons[one.copy.path] = filler(work, one.copy)
        except SecopsError as error:
            problems.append(error)
    _refuse(problems)
    return persons


def _plan(
    found: Sequence[Returned],
    targets: Mapping[FormSubject, Target],
    persons: Mapping[Path, Person],
    taking: Taking,
) -> FormPlan:
    copies = [
        CopyRows(
            form=one.form,
            path=one.copy.path,
            by=persons[one.copy.path].name,
            rows=one.checked.rows,
        )
        for one in found
    ]

    def stands(subject: FormSubject, row: str) -> Mapping[str, str]:
        return cells_of(targets[subject].said.get(row))

    planning = Planning(targets=targets, persons=persons, only=_chosen(targets, taking.only))
    for row in merged(copies, stands, taking.prefer):
        planning.add(row)
    seen = (
        CopySeen(
            path=one.copy.path,
            form=one.record.no,
            title=one.record.title,
            by=persons[one.copy.path].name,
            missing=one.checked.missing,
        )
        for one in found
    )
    return FormPlan(
        copies=tuple(seen),
        answers=tuple(planning.answers),
        conflicts=tuple(planning.conflicts),
        refused=(*(error for one in found for error in one.checked.refused), *planning.refused),
    )


def _chosen(targets: Mapping[FormSubject, Target], only: Sequence[str]) -> frozenset[str] | None:
    """Give the ids of the items that were named; None: all. Raises OutsideTheSetError."""
    if not only:
        return None
    chosen: set[str] = set()
    for text in only:
        errors: list[SecopsError] = []
        for one in targets.values():
            try:
                asked = find_asked(one.opened.item_set, one.opened.series.name, text)
                chosen.add(str(asked.item.id))
            except SecopsError as error:
                errors.append(error)
        if len(errors) == len(targets):
            raise errors[0]
    return frozenset(chosen)


@dataclass(slots=True, kw_only=True)
class Planning:
    """Rows becoming answers, conflicts and refusals."""

    targets: Mapping[FormSubject, Target]
    persons: Mapping[Path, Person]
    only: frozenset[str] | None
    answers: list[PlannedAnswer] = field(default_factory=list)
    conflicts: list[PlannedConflict] = field(default_factory=list)
    refused: list[SecopsError] = field(default_factory=list)

    def add(self, row: MergedRow) -> None:
        """Plan what follows from one row."""
        target = self.targets[row.subject]
        known = target.rows.get(row.base.id)
        if known is None:
            self.refused.append(NoLongerAskedError(where=row.place("")))
            return
        asked, subject = known
        if self.only is not None and str(asked.item.id) not in self.only:
            return
        component = _component(target.opened, subject)
        about = RowSeen(series=target.opened.series, asked=asked, component=component, row=row)
        if row.conflicts:
            self.conflicts += [PlannedConflict(about=about, cell=cell) for cell in row.conflicts]
            return
        after = row.after
        value = self._value(row, asked, after, target)
        if value is not None:
            before = target.said.get(row.base.id)
            self.answers.append(self._answer(about, subject, (value, after), before))

    def _value(
        self, row: MergedRow, asked: Asked, after: Mapping[str, str], target: Target
    ) -> Value | None:
        changed = [one.column.key for one in row.cells]
        value = value_in(asked.item.asks, after, changed, row.sheet.columns)
        try:
            if isinstance(value, Wrong):
                raise value.error.at(row.place(value.column))
            refuse_unfit(asked, value)
            refuse_inherited(target.opened, asked)
            target.judgements.take(asked.item.id, value, after.get(NOTE, ""))
        except SecopsError as error:
            column = next((one for one in changed if one != NOTE), VALUE)
            self.refused.append(error.at(row.place(column)))
            return None
        return value

    def _answer(
        self,
        about: RowSeen,
        subject: Subject,
        said: tuple[Value, Mapping[str, str]],
        before: Answer | None,
    ) -> PlannedAnswer:
        """Say whose it is: who judged, or who wrote the note where only that is new.

        Evidence stays with a value that stays.
        """
        value, after = said
        cells = about.row.cells
        judged = next((one for one in cells if one.column.key != NOTE), cells[0])
        by = self.persons[judged.behind[0].path]
        reply = Reply(
            item=str(about.asked.item.id),
            value=value,
            component=subject.component if isinstance(subject, OfComponent) else None,
            by=by.id,
            note=after.get(NOTE, ""),
            evidence=before.evidence if before and before.value == value else (),
        )
        return PlannedAnswer(about=about, reply=reply, by=by)


def _component(one: Opened, subject: Subject) -> str:
    if not isinstance(subject, OfComponent):
        return ""
    return next(c.name for c in one.components if c.id == subject.component)
