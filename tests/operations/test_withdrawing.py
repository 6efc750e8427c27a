"""Taking an answer back: what stood before stands again, and nothing is removed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from secops.errors.store import AnswerExistsError, FrozenAssessmentError
from secops.judging.scoring import current
from secops.model.answer import Answer, Choice, Verdict
from secops.model.ids import PersonId
from secops.operations.answer_item import Reply, answer_item
from secops.operations.freeze_assessment import freeze_assessment
from secops.operations.judge_hazards import hazards_of
from secops.operations.standing_findings import standing_findings
from secops.operations.start_assessment import Beginning, start_assessment
from secops.operations.withdraw_answer import withdraw_answers
from secops.wiring.assess import Assessing, assessing
from secops.wiring.workspace import Workspace
from tests.operations.graded import Sample, sample

ITEM = "gb22239/pe/location-1"


def _started(one: Assessing, workspace: Workspace) -> tuple[Sample, PersonId]:
    graded = sample(workspace, one.work)
    checklist = next(c for c in one.tables.library.checklists if c.pack == "gb22239")
    beginning = Beginning(about=graded.system, checklist=checklist, guide=one.tables.guide)
    start_assessment(one.work, one.blobs, one.acting, beginning)
    person = next(iter(one.work.persons.all()))
    return graded, person.id


def _answer(
    one: Assessing,
    graded: Sample,
    value: Verdict | Choice,
    item: str = ITEM,
    note: str = "看过",
) -> Answer:
    reply = Reply(item=item, value=value, note=note)
    (answer,) = answer_item(one.work, one.blobs, one.acting, graded.series, reply).answers
    return answer


def _standing(one: Assessing, answer: Answer) -> Answer | None:
    return current(one.work.answers.of(answer.assessment)).get((answer.item, answer.subject))


def test_what_stood_before_stands_again(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        graded, person = _started(one, workspace)
        first = _answer(one, graded, Verdict.COMPLIANT)
        second = _answer(one, graded, Verdict.NON_COMPLIANT)
        withdraw_answers(one.work, one.blobs, one.acting, graded.series, ([second], person))
        assert _standing(one, second) == first
        withdraw_answers(one.work, one.blobs, one.acting, graded.series, ([first], person))
        assert _standing(one, first) is None
        third = _answer(one, graded, Verdict.PARTIALLY_COMPLIANT)
        kept = list(one.work.answers.of(first.assessment))
    assert third.revision == 5  # two answers and two withdrawals are kept
    assert [answer.withdraws for answer in kept] == [False, False, True, True, False]


def test_an_answer_that_does_not_stand_is_not_taken_back(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        graded, person = _started(one, workspace)
        first = _answer(one, graded, Verdict.COMPLIANT)
        _answer(one, graded, Verdict.NON_COMPLIANT)
        with pytest.raises(AnswerExistsError):
            withdraw_answers(one.work, one.blobs, one.acting, graded.series, ([first], person))


def test_nothing_is_taken_back_out_of_what_is_frozen(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        graded, person = _started(one, workspace)
        first = _answer(one, graded, Verdict.COMPLIANT)
        freeze_assessment(one.work, one.blobs, one.acting, graded.series, one.tables)
        with pytest.raises(FrozenAssessmentError):
            withdraw_answers(one.work, one.blobs, one.acting, graded.series, ([first], person))


def test_a_case_called_present_by_a_slip_was_never_found(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        graded, person = _started(one, workspace)
        before = hazards_of(one.work, one.blobs, graded.series, one.tables)
        case = before.cases[0].judged.case
        slip = _answer(one, graded, Choice("present"), str(case.id))
        withdraw_answers(one.work, one.blobs, one.acting, graded.series, ([slip], person))
        found = hazards_of(one.work, one.blobs, graded.series, one.tables)
    assert found.cases[0].judged == before.cases[0].judged


def test_a_finding_by_a_slip_is_none_until_it_is_meant(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        graded, person = _started(one, workspace)
        slip = _answer(one, graded, Verdict.NON_COMPLIANT)
        assert len(standing_findings(one.work, one.work.findings.all())) == 1
        withdraw_answers(one.work, one.blobs, one.acting, graded.series, ([slip], person))
        assert standing_findings(one.work, one.work.findings.all()) == ()
        _answer(one, graded, Verdict.PARTIALLY_COMPLIANT, note="门锁坏了")
        _answer(one, graded, Verdict.COMPLIANT)  # mended since: it was found all the same
        (found,) = standing_findings(one.work, one.work.findings.all())
    assert found.statement == "门锁坏了"


def test_a_withdrawal_that_vanished_is_missed(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        graded, person = _started(one, workspace)
        first = _answer(one, graded, Verdict.COMPLIANT)
        (taken,) = withdraw_answers(
            one.work, one.blobs, one.acting, graded.series, ([first], person)
        )
    with workspace.begin(reading=True) as work:
        assert list(work.chain.strays()) == []
    with closing(sqlite3.connect(workspace.path / "secops.db")) as past_secops:
        past_secops.execute("DELETE FROM answer WHERE id = ?", (taken.id,))
        past_secops.commit()
    with workspace.begin(reading=True) as work:
        assert list(work.chain.strays()) == [f"answer {taken.id}"]
