"""A system is assessed: started, answered, accepted, frozen, revised, scored."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from secops.errors.judging import (
    AssessmentOpenError,
    ComponentNotConcernedError,
    NoAssessmentError,
    NobodyError,
    NotATargetError,
    NotFrozenError,
    NotGradedError,
    NotSuggestedError,
    OutsideTheSetError,
)
from secops.errors.store import AnswerExistsError, FrozenAssessmentError
from secops.judging.keeping import item_set_bytes, read_item_set
from secops.judging.tailoring import tailor
from secops.model.answer import OfSystem, Verdict
from secops.model.assessment import Conclusion
from secops.model.common import NotApplicable
from secops.model.ids import ComponentId
from secops.model.judgement import SourceKind
from secops.operations.accept_suggestions import Acceptance, accept_suggestions
from secops.operations.answer_item import Reply, answer_item, record_answers
from secops.operations.assessments import grades_of, opened
from secops.operations.freeze_assessment import freeze_assessment
from secops.operations.judge_systems import judge_systems
from secops.operations.revise_assessment import revise_assessment
from secops.operations.score_system import score_system
from secops.operations.start_assessment import Beginning, start_assessment
from secops.wiring.assess import Assessing, assessing
from secops.wiring.tables import load_tables
from secops.wiring.workspace import Workspace
from tests.operations.graded import Sample, sample, see

TABLES = load_tables()
SEEN = {
    (6379, "redis.access"): "open",
    (443, "tls.versions"): "TLSv1.0,TLSv1.2",
    (443, "http.headers-missing"): "none",
}


def _begin(workspace: Workspace, one: Assessing) -> Sample:
    found = sample(workspace, one.work)
    beginning = Beginning(about=found.system, checklist=TABLES.checklist, cycle="2026")
    start_assessment(one.work, one.blobs, one.acting, beginning)
    return found


def _answer(one: Assessing, found: Sample, item: str, value: Verdict | NotApplicable) -> None:
    answer_item(one.work, one.blobs, one.acting, found.series, Reply(item=item, value=value))


def _freeze(one: Assessing, found: Sample) -> None:
    freeze_assessment(one.work, one.blobs, one.acting, found.series, TABLES)


def test_a_started_assessment_asks_what_the_grades_say(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        held = opened(one.work, one.blobs, found.series)
    assert len(held.item_set.asked) == 211
    assert held.assessment.cycle == "2026"


def test_the_kept_item_set_reads_back_and_has_one_form(workspace: Workspace) -> None:
    with workspace.begin() as work:
        grades = grades_of(sample(workspace, work, s=2, a=3).system)
    chosen = tailor(TABLES.checklist, grades)
    read = read_item_set(item_set_bytes(chosen))
    assert item_set_bytes(read) == item_set_bytes(chosen)
    assert [one.at for one in read.asked] == [one.at for one in chosen.asked]


def test_one_open_assessment_at_a_time(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        again = Beginning(about=found.system, checklist=TABLES.checklist)
        with pytest.raises(AssessmentOpenError):
            start_assessment(one.work, one.blobs, one.acting, again)


def test_without_grades_nothing_is_asked(workspace: Workspace) -> None:
    with workspace.begin() as work:
        ungraded = sample(workspace, work, s=0, a=0).system
    with pytest.raises(NotGradedError):
        grades_of(ungraded)
    grading = replace(ungraded.grading, not_applicable="仅供内部测试")
    with pytest.raises(NotATargetError):
        grades_of(replace(ungraded, grading=grading))


def test_no_person_no_answer(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        nobody = replace(one.acting, actor=replace(one.acting.actor, person=None))
        reply = Reply(item="pe/location-1", value=Verdict.COMPLIANT)
        with pytest.raises(NobodyError):
            answer_item(one.work, one.blobs, nobody, found.series, reply)
        with pytest.raises(NobodyError):
            freeze_assessment(one.work, one.blobs, nobody, found.series, TABLES)
        person = one.acting.actor.person
        named = answer_item(one.work, one.blobs, nobody, found.series, replace(reply, by=person))
    assert named.answers[0].answered_by == person
    assert named.answers[0].recorded_by.person is None


@pytest.mark.parametrize("item", ["7.1.4.2.a", "pe/location-99", "8.1.4.1.z", ""])
def test_an_item_outside_the_set_is_refused(workspace: Workspace, item: str) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        with pytest.raises(OutsideTheSetError):
            _answer(one, found, item, Verdict.COMPLIANT)


def test_an_item_is_answered_by_id_short_id_or_clause(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        for item in ("gb22239/ce/access-1", "ce/access-1", "8.1.4.2.a"):
            _answer(one, found, item, Verdict.COMPLIANT)
        held = opened(one.work, one.blobs, found.series)
        revisions = [a.revision for a in one.work.answers.of(held.assessment.id)]
    assert revisions == [1, 2, 3]


def test_a_component_that_the_item_is_not_about_is_refused(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        for item, component in (("pe/location-1", found.web), ("ce/backup-1", found.cache)):
            reply = Reply(item=item, value=Verdict.COMPLIANT, component=component.id)
            if item == "ce/backup-1":
                answer_item(one.work, one.blobs, one.acting, found.series, reply)
            else:
                with pytest.raises(ComponentNotConcernedError):
                    answer_item(one.work, one.blobs, one.acting, found.series, reply)


def test_a_revision_that_is_not_the_shown_one_is_refused(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        _answer(one, found, "8.1.4.2.a", Verdict.COMPLIANT)
        stale = Reply(item="8.1.4.2.a", value=Verdict.NON_COMPLIANT, expected=0)
        with pytest.raises(AnswerExistsError):
            answer_item(one.work, one.blobs, one.acting, found.series, stale)


def test_all_answers_of_a_batch_are_recorded_or_none(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        held = opened(one.work, one.blobs, found.series)
        replies = [
            Reply(item="8.1.4.2.a", value=Verdict.COMPLIANT),
            Reply(item="9.9.9", value=Verdict.COMPLIANT),
        ]
        with pytest.raises(OutsideTheSetError):
            record_answers(one.work, one.acting, held, replies)
        assert not list(one.work.answers.of(held.assessment.id))


def test_what_a_person_calls_wrong_is_a_finding_once(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        for note in ("门禁损坏", "门禁仍未修复"):
            reply = Reply(item="8.1.1.2", value=Verdict.NON_COMPLIANT, note=note)
            said = answer_item(one.work, one.blobs, one.acting, found.series, reply)
        (finding,) = one.work.findings.of(OfSystem(found.system.id))
    assert [again.id for again in said.findings] == [finding.id]
    assert (finding.statement, finding.source.kind) == ("门禁损坏", SourceKind.ANSWER)


def test_a_scan_that_says_it_already_needs_no_second_finding(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        see(workspace, one.work, found, SEEN)
        judged = judge_systems(one.work, one.acting, [found.system], TABLES)
        _answer(one, found, "ce/identity-1", Verdict.NON_COMPLIANT)
        stored = list(one.work.findings.of(OfSystem(found.system.id)))
    assert len(stored) == len(judged.findings)


def test_accepting_in_bulk_takes_failing_suggestions_and_leaves_supporting_ones(
    workspace: Workspace,
) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        see(workspace, one.work, found, SEEN)
        acceptance = Acceptance(system=found.system, tables=TABLES)
        accepted = accept_suggestions(one.work, one.blobs, one.acting, acceptance)
        again = accept_suggestions(one.work, one.blobs, one.acting, acceptance)
    items = {str(answer.item) for answer in accepted.answers}
    assert "gb22239/ce/identity-1" in items
    assert "gb22239/ce/intrusion-4" not in items  # only supported, in part
    assert all(answer.value != Verdict.COMPLIANT for answer in accepted.answers)
    for answer in accepted.answers:
        assert answer.suggestion
        assert workspace.blobs.has(answer.suggestion)
        assert answer.evidence
    assert again.answers == ()


def test_a_suggestion_without_a_verdict_is_not_accepted(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        see(workspace, one.work, found, SEEN)
        for item in ("ce/intrusion-4", "pe/location-1"):
            acceptance = Acceptance(system=found.system, tables=TABLES, items=(item,))
            with pytest.raises(NotSuggestedError):
                accept_suggestions(one.work, one.blobs, one.acting, acceptance)


def test_a_frozen_assessment_is_never_edited(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        _answer(one, found, "8.1.4.2.a", Verdict.COMPLIANT)
        _freeze(one, found)
        acceptance = Acceptance(system=found.system, tables=TABLES)
        with pytest.raises(FrozenAssessmentError):
            _answer(one, found, "8.1.4.2.a", Verdict.NON_COMPLIANT)
        with pytest.raises(FrozenAssessmentError):
            accept_suggestions(one.work, one.blobs, one.acting, acceptance)
        with pytest.raises(FrozenAssessmentError):
            _freeze(one, found)


def test_a_revision_names_what_it_replaces_and_carries_the_answers(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        _answer(one, found, "8.1.4.2.a", Verdict.COMPLIANT)
        with pytest.raises(NotFrozenError):
            revise_assessment(one.work, one.blobs, one.acting, found.series)
        before = opened(one.work, one.blobs, found.series).assessment
        _freeze(one, found)
        revised, carried = revise_assessment(one.work, one.blobs, one.acting, found.series)
        _answer(one, found, "8.1.4.2.a", Verdict.NON_COMPLIANT)
        old = list(one.work.answers.of(before.id))
    assert (revised.replaces, revised.revision) == (before.id, 2)
    assert [answer.value for answer in carried] == [Verdict.COMPLIANT]
    assert [answer.value for answer in old] == [Verdict.COMPLIANT]


def test_a_frozen_assessment_is_concluded_by_the_bands_of_its_day(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        held = opened(one.work, one.blobs, found.series)
        half = [
            Reply(item=str(asked.at.clause), value=Verdict.PARTIALLY_COMPLIANT)
            for asked in held.item_set.asked
        ]
        record_answers(one.work, one.acting, held, half)
        _freeze(one, found)
        one.work.settings.put(one.acting.actor, "conclusion.partial-weight", "1")
        frozen = score_system(one.work, one.blobs, found.series, TABLES)
        revise_assessment(one.work, one.blobs, one.acting, found.series)
        revised = score_system(one.work, one.blobs, found.series, TABLES)
    assert frozen.concluded.conclusion is Conclusion.NON_COMPLIANT
    assert revised.concluded.conclusion is Conclusion.BASICALLY_COMPLIANT  # hazards not judged


def test_as_of_shows_the_score_of_that_instant(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        _answer(one, found, "8.1.4.2.a", Verdict.COMPLIANT)
        instant = one.acting.now()
        later = replace(one.acting, now=lambda: instant + timedelta(days=1))
        reply = Reply(item="8.1.4.2.a", value=Verdict.NON_COMPLIANT)
        answer_item(one.work, one.blobs, later, found.series, reply)
        now = score_system(one.work, one.blobs, found.series, TABLES)
        then = score_system(one.work, one.blobs, found.series, TABLES, instant)
        with pytest.raises(NoAssessmentError):
            score_system(one.work, one.blobs, found.series, TABLES, instant - timedelta(days=365))
    assert (now.score.compliant, now.score.non_compliant) == (0, 1)
    assert (then.score.compliant, then.score.non_compliant) == (1, 0)


def test_per_component_the_worst_counts_and_an_open_one_leaves_the_item_open(
    workspace: Workspace,
) -> None:
    def value(one: Assessing, found: Sample) -> object:
        scored = score_system(one.work, one.blobs, found.series, TABLES)
        return next(i.value for i in scored.items if str(i.item.id) == "gb22239/ce/identity-2")

    with assessing(workspace) as one:
        found = _begin(workspace, one)
        answers = [(found.web, Verdict.COMPLIANT), (found.cache, Verdict.PARTIALLY_COMPLIANT)]
        values = [value(one, found)]
        for component, verdict in answers:
            reply = Reply(item="8.1.4.1.b", value=verdict, component=component.id)
            answer_item(one.work, one.blobs, one.acting, found.series, reply)
            values.append(value(one, found))
    assert values == [None, None, Verdict.PARTIALLY_COMPLIANT]


def test_an_unanswered_assessment_is_not_compliant(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        scored = score_system(one.work, one.blobs, found.series, TABLES)
    assert scored.score.unanswered == 211
    assert scored.concluded.conclusion is Conclusion.NON_COMPLIANT


def test_a_dry_run_leaves_no_trace(workspace: Workspace) -> None:
    with assessing(workspace, dry_run=True) as one:
        found = _begin(workspace, one)
        _answer(one, found, "8.1.4.2.a", Verdict.COMPLIANT)
        _freeze(one, found)
    with workspace.begin(reading=True) as work:
        assert list(work.assessments.all()) == []
    assert not [path for path in (workspace.path / "evidence").rglob("*") if path.is_file()]


def test_what_is_added_later_changes_nothing_in_a_frozen_assessment(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _begin(workspace, one)
        for component in (found.web, found.cache):
            reply = Reply(item="8.1.4.1.b", value=Verdict.COMPLIANT, component=component.id)
            answer_item(one.work, one.blobs, one.acting, found.series, reply)
        _freeze(one, found)
        before = score_system(one.work, one.blobs, found.series, TABLES)
        newer = replace(found.web, id=ComponentId(workspace.new_id()), no=9, name="新增后台")
        one.work.components.put_many(one.acting.actor, [newer])
        frozen = score_system(one.work, one.blobs, found.series, TABLES)
        revise_assessment(one.work, one.blobs, one.acting, found.series)
        revised = score_system(one.work, one.blobs, found.series, TABLES)
    assert frozen == before
    assert (frozen.score.compliant, revised.score.compliant) == (1, 0)
