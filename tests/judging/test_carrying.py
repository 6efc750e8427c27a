"""What is asked again just so may be proposed; what reads otherwise never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from secops.judging.carrying import asked_again
from secops.judging.evidence_age import age_of, begin_of_cycle
from secops.judging.keeping import item_set_bytes, read_item_set
from secops.judging.tailoring import Asked
from secops.model.actor import Actor
from secops.model.answer import Answer, Choice, OfUnit
from secops.model.asking import YES_OR_NO
from secops.model.assessment import Assessment, AssessmentKind
from secops.model.checklist import Clause
from secops.model.ids import AnswerId, AssessmentId, Digest, ItemId, PersonId, UnitId
from secops.model.proposal import EvidenceAge
from tests.judging.asked_samples import RATIO, STEPS, asked, item_set

ZONE = timezone(timedelta(hours=8))
BEGIN = datetime(2026, 12, 31, 16, tzinfo=UTC)
OLD, NEW = Digest("sha256:old"), Digest("sha256:new")
TAKEN = {OLD: BEGIN - timedelta(seconds=1), NEW: BEGIN}


def _codes(several: tuple[Asked, ...]) -> list[str]:
    return [str(one.at.clause) for one in several]


def test_every_item_of_both_editions_stands_in_one_group() -> None:
    before = item_set(asked(1), asked(2), asked(3, STEPS), asked(5))
    now = item_set(asked(1), asked(2, gist="另一种要求"), asked(3, RATIO), asked(4))
    found = asked_again(before, now)
    assert _codes(found.same) == ["X-01"]
    assert [str(one.now.at.clause) for one in found.changed] == ["X-02", "X-03"]
    assert _codes(found.new) == ["X-04"]
    assert _codes(found.dropped) == ["X-05"]


def test_another_number_or_weight_leaves_the_question_as_it_was() -> None:
    one = asked(1)
    moved = Asked(
        item=replace(one.item, weight=one.item.weight * 2),
        at=replace(one.at, clause=Clause("X-09")),
    )
    assert _codes(asked_again(item_set(one), item_set(moved)).same) == ["X-09"]


def test_other_parts_make_another_question() -> None:
    one = asked(1)
    split = Asked(item=replace(one.item, parts=(("a", "甲"), ("b", "乙"))), at=one.at)
    assert len(asked_again(item_set(one), item_set(split)).changed) == 1


def test_a_kept_item_set_compares_like_the_one_that_was_kept() -> None:
    kept = read_item_set(item_set_bytes(item_set(asked(1, STEPS), asked(2, RATIO), asked(3))))
    now = item_set(asked(1, STEPS), asked(2, RATIO), asked(3, YES_OR_NO))
    assert len(asked_again(kept, now).same) == len(now.asked)


def _answer(*evidence: Digest) -> Answer:
    return Answer(
        id=AnswerId("a"),
        assessment=AssessmentId("one"),
        subject=OfUnit(UnitId("u")),
        item=ItemId("x/a/item-1"),
        revision=1,
        value=Choice("yes"),
        answered_by=PersonId("p"),
        recorded_by=Actor(account="officer"),
        recorded_at=BEGIN,
        evidence=evidence,
    )


def test_one_piece_of_evidence_of_the_cycle_is_enough_for_an_answer() -> None:
    assert age_of([_answer(OLD, NEW)], TAKEN, BEGIN) is EvidenceAge.OF_THE_CYCLE
    assert age_of([_answer(OLD)], TAKEN, BEGIN) is EvidenceAge.OLDER
    assert age_of([_answer()], TAKEN, BEGIN) is EvidenceAge.NONE


def test_the_worst_of_several_answers_decides() -> None:
    assert age_of([_answer(NEW), _answer(OLD)], TAKEN, BEGIN) is EvidenceAge.OLDER
    assert age_of([_answer(NEW), _answer()], TAKEN, BEGIN) is EvidenceAge.NONE


def _assessment(cycle: str, day: int) -> Assessment:
    return Assessment(
        id=AssessmentId(f"{cycle}-{day}"),
        no=day,
        subject=OfUnit(UnitId("u")),
        kind=AssessmentKind.SELF,
        pack="x",
        grades=None,
        item_set=Digest("sha256:0"),
        revision=day,
        started_at=datetime(2027, 3, day, tzinfo=UTC),
        started_by=Actor(account="officer"),
        cycle=cycle,
    )


def test_a_cycle_that_is_called_after_a_year_begins_with_it() -> None:
    assert begin_of_cycle(_assessment("2027", 5), (), ZONE) == BEGIN


def test_any_other_cycle_begins_with_its_first_assessment() -> None:
    spring, first, again = _assessment("春季", 2), _assessment("秋季", 5), _assessment("秋季", 9)
    assert begin_of_cycle(again, (spring, first, again), ZONE) == first.started_at
