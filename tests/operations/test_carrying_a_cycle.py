"""The next cycle of a system: what is asked just so is proposed, and only a person answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from secops.documents.printing import Printing
from secops.documents.rectification import rectification_context
from secops.errors.answering import NothingToCarryError, NotProposedError, SameCycleError
from secops.errors.judging import AssessmentOpenError, NobodyError
from secops.judging.proposing import read_source
from secops.model.answer import OfComponent, Verdict
from secops.model.checklist import AtLevel, Checklist
from secops.model.common import NotApplicable
from secops.model.ids import PersonId
from secops.model.proposal import EvidenceAge, FromLast
from secops.operations.answer_item import Reply, record_answers
from secops.operations.assessments import opened
from secops.operations.carry_assessment import Confirming, begin_cycle, confirm_carried
from secops.operations.freeze_assessment import freeze_assessment
from secops.operations.point_assessment import resting_on
from secops.operations.propose_from_last import CarriedOver, carried_over
from secops.operations.report_facts import report_facts
from secops.operations.report_head import Occasion
from secops.operations.score_system import score_system
from secops.operations.start_assessment import Beginning, start_assessment
from secops.operations.supply_evidence import Material, supply_evidence
from secops.settings.catalogue import words_for
from secops.wiring.assess import Assessing, assessing
from secops.wiring.tables import load_tables
from secops.wiring.today import SHANGHAI
from secops.wiring.workspace import Workspace
from tests.operations.graded import Sample, sample

TABLES = load_tables()
DAY = date(2027, 3, 1)
WHOLE, SPARED, PARTED = "pe/location-1", "pe/location-2", "ce/identity-1"
GONE = "pe/theft-1"


def _last_year(workspace: Workspace, one: Assessing) -> Sample:
    """Assess a system in 2026 and freeze it: one whole answer, one without, two of components."""
    found = sample(workspace, one.work)
    beginning = Beginning(about=found.system, checklist=TABLES.checklist, cycle="2026")
    start_assessment(one.work, one.blobs, one.acting, beginning)
    material = Material(content=b"a paper of 2026", title="机房验收单", subject="system 1")
    paper = supply_evidence(one.work, one.blobs, one.acting, material)
    replies = [
        Reply(item=WHOLE, value=Verdict.COMPLIANT, note="有验收单", evidence=(paper,)),
        Reply(item=SPARED, value=NotApplicable("租用机房")),
        Reply(item=PARTED, value=Verdict.COMPLIANT, component=found.web.id),
        Reply(item=PARTED, value=Verdict.NON_COMPLIANT, component=found.cache.id),
    ]
    held = opened(one.work, one.blobs, found.series)
    record_answers(one.work, one.acting, held, replies)
    freeze_assessment(one.work, one.blobs, one.acting, found.series, TABLES)
    return found


def _next_year(one: Assessing, found: Sample, checklist: Checklist | None = None) -> CarriedOver:
    edition = checklist or TABLES.checklist
    beginning = Beginning(about=found.system, checklist=edition, cycle="2027")
    assert begin_cycle(one.work, one.blobs, one.acting, beginning, DAY)
    return carried_over(one.work, one.blobs, found.series)


def test_every_answer_of_the_last_cycle_is_proposed_with_its_days(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        over = _next_year(one, found)
        kept = one.work.evidence.all()
        (paper,) = kept
    assert len(over.proposals) == 4
    first = next(it for it in over.proposals if it.asked.item.id.text.endswith(WHOLE))
    assert isinstance(first.source, FromLast)
    assert first.source.cycle == "2026"
    assert first.source.evidence_at == paper.taken_at
    assert (first.value, first.note) == (Verdict.COMPLIANT, "有验收单")
    compared = over.compared
    assert [len(compared.changed), len(compared.new), len(compared.dropped)] == [0, 0, 0]


def test_a_proposal_is_no_answer(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        over = _next_year(one, found)
        assert list(one.work.answers.of(over.one.assessment.id)) == []
        score = score_system(one.work, one.blobs, found.series, TABLES).score
    assert score.unanswered == len(over.one.item_set.asked)


def test_confirming_is_an_answer_of_the_person_and_says_what_it_was_taken_from(
    workspace: Workspace,
) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        over = _next_year(one, found)
        confirming = Confirming(items=(WHOLE, PARTED))
        done = confirm_carried(one.work, one.blobs, one.acting, over, confirming)
        sources = [read_source(one.blobs.get(it.suggestion or "")) for it in done.answers]  # type: ignore[arg-type]  # each names one
        again = carried_over(one.work, one.blobs, found.series)
    assert [isinstance(it.subject, OfComponent) for it in done.answers] == [False, True, True]
    assert {it.answered_by for it in done.answers} == {workspace.actor.person}
    assert all(isinstance(it, FromLast) for it in sources)
    assert (len(again.proposals), again.answered) == (1, 2)


def test_a_confirmed_non_compliance_is_a_finding_again(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        over = _next_year(one, found)
        confirming = Confirming(items=(PARTED,))
        done = confirm_carried(one.work, one.blobs, one.acting, over, confirming)
        kept = list(one.work.findings.of(found.series.subject))
    assert len(done.findings) == len(kept) == 1


def test_a_domain_is_confirmed_as_a_whole(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        over = _next_year(one, found)
        confirming = Confirming(domains=("pe",))
        done = confirm_carried(one.work, one.blobs, one.acting, over, confirming)
    assert {it.item.text for it in done.answers} == {f"gb22239/{WHOLE}", f"gb22239/{SPARED}"}


def test_evidence_of_the_last_cycle_is_not_counted_as_checked(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        over = _next_year(one, found)
        confirm_carried(one.work, one.blobs, one.acting, over, Confirming(items=(WHOLE,)))
        scored = score_system(one.work, one.blobs, found.series, TABLES)
        held = opened(one.work, one.blobs, found.series)
        resting = resting_on(one.work, held, scored, SHANGHAI)
    assert resting.since == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert resting.counts[EvidenceAge.OLDER] == 1
    assert resting.counts[EvidenceAge.OF_THE_CYCLE] == 0


def test_the_report_names_answers_on_evidence_older_than_the_cycle(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        over = _next_year(one, found)
        confirm_carried(one.work, one.blobs, one.acting, over, Confirming(items=(WHOLE,)))
        today = one.acting.now().astimezone(SHANGHAI).date()
        occasion = Occasion(as_of=today, today=today, zone=SHANGHAI, program="secops")
        facts = report_facts(one.work, one.blobs, TABLES, found.system, occasion)
    (scored,) = [it.scored for it in facts.systems if it.scored]
    assert {it.text for it in scored.older} == {f"gb22239/{WHOLE}"}
    words, zone = words_for("zh"), SHANGHAI
    context = rectification_context(facts, Printing(words=words, names={}, zone=zone), "-")
    lines = [line for part in context.systems[0].classes for line in part.lines]
    told = [line.clause for line in lines if "证据早于本周期，不算本周期已核查" in line.notes]
    assert told == ["8.1.1.1.a"]


def _reworded(item_id: str) -> Checklist:
    """Give another edition, of which one item reads otherwise and one is gone."""

    def otherwise(at: AtLevel) -> AtLevel:
        return replace(at, gist=at.gist + "，并留存记录")

    items = [
        replace(one, at=tuple(map(otherwise, one.at))) if one.id.text.endswith(item_id) else one
        for one in TABLES.checklist.items
        if not one.id.text.endswith(GONE)
    ]
    return replace(TABLES.checklist, items=tuple(items), digest="sha256:other")


def test_what_reads_otherwise_is_asked_again_and_never_proposed(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        over = _next_year(one, found, _reworded(WHOLE))
        assert [it.now.item.id.text for it in over.compared.changed] == [f"gb22239/{WHOLE}"]
        assert [it.item.id.text for it in over.compared.dropped] == [f"gb22239/{GONE}"]
        with pytest.raises(NotProposedError):
            confirm_carried(one.work, one.blobs, one.acting, over, Confirming(items=(WHOLE,)))


def test_a_component_that_is_gone_takes_its_answer_with_it(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        gone = replace(found.cache, retired_on=date(2026, 12, 31))
        one.work.components.put_many(one.acting.actor, [gone])
        over = _next_year(one, found)
    about = [it.subject for it in over.proposals if isinstance(it.subject, OfComponent)]
    assert [it.component for it in about] == [found.web.id]


def test_what_one_item_of_many_is_wrong_about_confirms_none(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        over = _next_year(one, found)
        confirming = Confirming(items=(WHOLE, "pe/theft-1"))
        with pytest.raises(NotProposedError):
            confirm_carried(one.work, one.blobs, one.acting, over, confirming)
        assert list(one.work.answers.of(over.one.assessment.id)) == []


def test_nobody_confirms_nothing(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        over = _next_year(one, found)
        acting = replace(one.acting, actor=replace(one.acting.actor, person=None))
        with pytest.raises(NobodyError):
            confirm_carried(one.work, one.blobs, acting, over, Confirming(items=(WHOLE,)))
        confirming = Confirming(items=(WHOLE,), by=PersonId(workspace.actor.person or ""))
        done = confirm_carried(one.work, one.blobs, acting, over, confirming)
    assert len(done.answers) == 1


def test_a_cycle_begins_once_and_only_behind_a_frozen_one(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        same = Beginning(about=found.system, checklist=TABLES.checklist, cycle="2026")
        with pytest.raises(SameCycleError):
            begin_cycle(one.work, one.blobs, one.acting, same, DAY)
        _next_year(one, found)
        open_one = replace(same, cycle="")
        assert not begin_cycle(one.work, one.blobs, one.acting, open_one, DAY)
        later = replace(same, cycle="2028")
        with pytest.raises(AssessmentOpenError):
            begin_cycle(one.work, one.blobs, one.acting, later, DAY)


def test_a_cycle_without_a_name_is_this_year_s_and_never_goes_back(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = _last_year(workspace, one)
        _next_year(one, found)
        freeze_assessment(one.work, one.blobs, one.acting, found.series, TABLES)
        unnamed = Beginning(about=found.system, checklist=TABLES.checklist)
        for day in (DAY, date(2026, 12, 1)):
            with pytest.raises(SameCycleError) as raised:
                begin_cycle(one.work, one.blobs, one.acting, unnamed, day)
            assert raised.value.details["cycle"] == "2027"
        assert begin_cycle(one.work, one.blobs, one.acting, unnamed, date(2028, 1, 1))
        held = opened(one.work, one.blobs, found.series)
    assert held.assessment.cycle == "2028"


def test_without_an_earlier_cycle_there_is_nothing_to_carry(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        found = sample(workspace, one.work)
        beginning = Beginning(about=found.system, checklist=TABLES.checklist)
        assert begin_cycle(one.work, one.blobs, one.acting, beginning, DAY)
        held = opened(one.work, one.blobs, found.series)
        assert held.assessment.cycle == "2027"
        with pytest.raises(NothingToCarryError):
            carried_over(one.work, one.blobs, found.series)
