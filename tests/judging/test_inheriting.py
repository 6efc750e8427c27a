"""What counts where a platform answers: its verdict, or the worse half; an open half stays open."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from secops.judging.inheriting import (
    carries,
    fallen,
    inherited_of,
    may_say,
    with_inherited,
)
from secops.judging.statement_keeping import (
    UnreadableStatementError,
    read_statement,
    statement_bytes,
)
from secops.model.actor import Actor
from secops.model.answer import Value, Verdict
from secops.model.asking import VERDICT
from secops.model.checklist import Clause, Duty
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.grades import Grades
from secops.model.history import Head
from secops.model.ids import AssessmentId, Digest, ItemId, PersonId
from secops.model.platform_statement import (
    Inheritance,
    InheritanceId,
    Inherited,
    Platform,
    PlatformStatement,
    StatedAssessment,
    StatedItem,
    StatedValue,
)
from tests.judging.asked_samples import asked, scored

GOOD, PARTLY, BAD = Verdict.COMPLIANT, Verdict.PARTIALLY_COMPLIANT, Verdict.NON_COMPLIANT
NONE = NotApplicable("没有无线网络")
DIGEST = Digest("sha256:" + "0" * 64)
AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
ASKED = asked(1, VERDICT)
ITEM = ASKED.item.id


def grades(text: str) -> Grades:
    """Read such as S3A2."""
    return Grades(
        business_information=SecurityLevel(int(text[1])), system_service=SecurityLevel(int(text[3]))
    )


def stated(value: StatedValue, duty: Duty = Duty.PLATFORM) -> StatedItem:
    """Give what a platform says of the item."""
    return StatedItem(item=ITEM, clause=Clause("8.1.1.1.a"), value=value, duty=duty)


def statement(*items: StatedItem, number: int = 1) -> PlatformStatement:
    """Give a statement of these items."""
    return PlatformStatement(
        number=number,
        platform=Platform(
            id="s9", name="云", unit="甲", credit_code="", grades=grades("S3A3"), filing_number=""
        ),
        assessment=StatedAssessment(
            no=1,
            revision=1,
            pack="gb22239",
            edition="GB/T 22239-2019",
            item_set=DIGEST,
            state=DIGEST,
            frozen_at=AT,
        ),
        items=items,
        made_at=AT,
        made_by="陈知行",
        means="declared",
        valid_until=date(2027, 3, 1),
        head=Head(seq=3, hash="abc", at=None),
    )


def row(duty: Duty, revision: int = 1) -> Inheritance:
    """Give who answers the item."""
    return Inheritance(
        id=InheritanceId(f"h{revision}"),
        assessment=AssessmentId("a1"),
        item=ITEM,
        revision=revision,
        duty=duty,
        statement=DIGEST,
        taken_by=PersonId("p1"),
        recorded_by=Actor(account="x"),
        recorded_at=AT,
    )


def inherited(value: StatedValue, duty: Duty) -> Inherited:
    """Give what the item takes over."""
    said = stated(value, duty)
    return Inherited(inheritance=row(duty), statement=statement(said), stated=said)


@pytest.mark.parametrize(
    ("platform", "tenant", "fits"),
    [
        ("S3A3", "S3A3", True),
        ("S3A3", "S2A3", True),
        ("S3A2", "S2A3", False),
        ("S2A3", "S3A2", False),
        ("S2A2", "S3A3", False),
    ],
)
def test_s_and_a_of_a_platform_each_reach_those_of_its_tenant(
    platform: str, tenant: str, *, fits: bool
) -> None:
    assert carries(grades(platform), grades(tenant)) is fits


@pytest.mark.parametrize(
    ("said", "duty", "own", "counts"),
    [
        (GOOD, Duty.PLATFORM, None, GOOD),
        (BAD, Duty.PLATFORM, GOOD, BAD),
        (NONE, Duty.PLATFORM, BAD, NONE),
        (GOOD, Duty.BOTH, None, None),
        (BAD, Duty.BOTH, None, None),
        (GOOD, Duty.BOTH, PARTLY, PARTLY),
        (PARTLY, Duty.BOTH, GOOD, PARTLY),
        (NONE, Duty.BOTH, GOOD, GOOD),
        (NONE, Duty.BOTH, NONE, NONE),
    ],
)
def test_what_counts_is_the_platforms_or_the_worse_half(
    said: StatedValue, duty: Duty, own: Value | None, counts: Value | None
) -> None:
    one = with_inherited(scored(ASKED, own), inherited(said, duty))
    assert one.value == counts
    assert one.inherited is not None


def test_what_is_not_inherited_stays_as_it_was() -> None:
    assert with_inherited(scored(ASKED, GOOD), None) == scored(ASKED, GOOD)


def test_what_was_given_back_or_never_stated_is_not_inherited() -> None:
    known = {DIGEST: statement(stated(GOOD))}
    assert inherited_of([row(Duty.PLATFORM)], known)[ITEM].stated.value is GOOD
    assert inherited_of([row(Duty.PLATFORM), row(Duty.TENANT, 2)], known) == {}
    assert inherited_of([row(Duty.PLATFORM)], {DIGEST: statement()}) == {}


@pytest.mark.parametrize(
    ("states", "duty", "may"),
    [
        (Duty.PLATFORM, Duty.PLATFORM, True),
        (Duty.PLATFORM, Duty.BOTH, True),
        (Duty.BOTH, Duty.BOTH, True),
        (Duty.BOTH, Duty.PLATFORM, False),
    ],
)
def test_a_tenant_leaves_no_more_to_its_platform_than_that_states(
    states: Duty, duty: Duty, *, may: bool
) -> None:
    assert may_say(stated(GOOD, states), duty) is may


@pytest.mark.parametrize(
    ("before", "now", "falls"),
    [
        (GOOD, GOOD, False),
        (GOOD, PARTLY, True),
        (PARTLY, BAD, True),
        (BAD, PARTLY, False),
        (NONE, BAD, True),
        (NONE, GOOD, False),
        (GOOD, NONE, False),
    ],
)
def test_a_newer_statement_falls_where_it_is_worse(
    before: StatedValue, now: StatedValue, *, falls: bool
) -> None:
    newer = statement(stated(now), number=2)
    assert bool(list(fallen([inherited(before, Duty.PLATFORM)], newer))) is falls


def test_a_newer_statement_falls_where_it_says_nothing_any_more() -> None:
    (one,) = fallen([inherited(GOOD, Duty.PLATFORM)], statement(number=2))
    assert one.now is None


WHOLE = statement(stated(GOOD, Duty.BOTH), replace(stated(NONE), item=ItemId("gb22239/pe/b-1")))


def test_a_statement_is_read_back_equal() -> None:
    content = statement_bytes(WHOLE)
    assert read_statement(json.loads(content)) == WHOLE
    assert statement_bytes(read_statement(json.loads(content))) == content


def _set(path: str, value: object) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(statement_bytes(WHOLE))
    *above, last = path.split(".")
    place: Any = said
    for name in above:
        place = place[int(name)] if name.isdigit() else place[name]
    place[int(last) if last.isdigit() else last] = value
    return said


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("number", -1),
        ("number", True),
        ("number", 2**60),
        ("extra", 1),
        ("platform", []),
        ("platform.name", ""),
        ("platform.name", "云\x1b[31m"),
        ("platform.unit", "甲\u202e"),
        ("platform.name", "云" * 3_000),
        ("platform.s", 6),
        ("platform.a", "3"),
        ("assessment.frozen_at", "gestern"),
        ("items.0.0", "../../etc"),
        ("items.0.1", "no clause"),
        ("items.0.2", "tenant"),
        ("items.0.3", "excellent"),
        ("items.0.4", "a reason without need"),
        ("items.1.4", " "),
        ("items.1.0", str(ITEM)),  # twice
        ("items", {}),
        ("valid_until", "2027-02-30"),
        ("head", [1]),
        ("made_by", None),
    ],
)
def test_a_wrong_statement_is_refused_whoever_signed_it(path: str, value: object) -> None:
    with pytest.raises(UnreadableStatementError):
        read_statement(_set(path, value))
