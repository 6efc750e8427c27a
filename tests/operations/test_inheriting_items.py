"""A tenant inherits what its platform states: it counts, is pinned when frozen, and is watched."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from secops.errors.judging import NobodyError
from secops.errors.platforms import (
    ExpiredInheritanceError,
    ExpiredStatementError,
    InheritedItemError,
    LowerPlatformError,
    NotFrozenPlatformError,
    NothingInheritedError,
    NothingStatedError,
    NotInheritedError,
    NotStatedError,
    OlderStatementError,
    OwnPlatformError,
    PastDayError,
    UnansweredStatedError,
)
from secops.errors.store import FrozenAssessmentError
from secops.model.actor import Actor
from secops.model.answer import Verdict
from secops.model.checklist import Duty
from secops.model.common import NotApplicable
from secops.operations.assessments import Series, opened
from secops.operations.freeze_assessment import freeze_opened
from secops.operations.inherit_items import Inheriting, give_back, inherit_items
from secops.operations.keep_evidence import wrong_evidence
from secops.operations.make_statement import make_statement
from secops.operations.revise_assessment import revise_assessment
from secops.operations.score_system import score_system
from secops.operations.statements import statement_of
from secops.reading.signed_files import key_bytes, read_envelope, read_key
from secops.wiring.assess import assessing, today_of
from secops.wiring.keys import own_unit
from secops.wiring.workspace import Workspace
from tests.operations.carrying import (
    TABLES,
    answer,
    begin,
    carried,
    freeze,
    inherit,
    items_of,
    revise,
    signing,
    state,
    stating,
    system,
)


def test_a_statement_speaks_of_answered_items_only(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        made = state(one, carried(one).platform)
    said = made.kept.statement
    assert {str(it.item).rpartition("/")[2]: it.value for it in said.items} == {
        "location-1": Verdict.COMPLIANT,
        "access-1": Verdict.COMPLIANT,
        "theft-1": Verdict.PARTIALLY_COMPLIANT,
    }
    assert made.unanswered > 0
    assert said.made_by == "林一帆"
    assert said.platform.unit == "青竹市数据局"
    assert str(said.platform.grades) == "S3A3"


def test_names_with_signs_that_no_screen_shows_are_stated_so_that_they_can_be_read(
    workspace: Workspace,
) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        odd = replace(both.platform, name="机房\u3000一号\n")
        one.work.systems.put_many(one.acting.actor, [odd])
        unit = own_unit(one.work)
        assert unit
        one.work.units.put_many(one.acting.actor, [replace(unit, name="青竹市\u3000数据局")])
        key, how = signing(one)
        made = make_statement(
            one.work, one.blobs, one.acting, replace(stating(one, odd), signing=how)
        )
    said = made.kept.statement.platform
    assert (said.name, said.unit, key.key.unit) == ("机房 一号", "青竹市 数据局", "青竹市 数据局")
    assert read_key(key_bytes(key.key)) == key.key
    assert statement_of(read_envelope(made.file).payload) == made.kept.statement


def test_the_bytes_of_statements_are_proved_with_the_evidence(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        made = state(one, carried(one).platform)
        assert list(wrong_evidence(one.work, one.blobs)) == []
        one.blobs.erase(made.kept.record.digest)
        (wrong,) = wrong_evidence(one.work, one.blobs)
    assert wrong.kept_for == "platform_statement 1"


def test_the_platforms_verdict_counts_and_is_no_answer_of_the_tenant(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        taken = inherit(one, both.tenant, state(one, both.platform))
        items = items_of(one, both.tenant)
        answers = list(one.work.answers.of(taken.one.assessment.id))
        scored = score_system(one.work, one.blobs, Series(both.tenant), TABLES)
    assert {it.duty for it in taken.items} == {Duty.PLATFORM}
    assert items["pe/theft-1"].value is Verdict.PARTIALLY_COMPLIANT
    assert items["pe/theft-1"].inherited is not None
    assert items["pe/location-1"].answers == ()
    assert answers == []
    assert (scored.score.compliant, scored.score.partially_compliant) == (2, 1)


def test_of_both_halves_the_worse_counts_and_an_open_half_leaves_it_open(
    workspace: Workspace,
) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        duties = (("pe/location-1", Duty.BOTH), ("pe/theft-1", Duty.BOTH))
        said = replace(stating(one, both.platform), duties=duties)
        inherit(one, both.tenant, make_statement(one.work, one.blobs, one.acting, said))
        before = items_of(one, both.tenant)["pe/location-1"].value
        half = {"pe/location-1": Verdict.NON_COMPLIANT, "pe/theft-1": Verdict.COMPLIANT}
        answer(one, both.tenant, dict(half))
        items = items_of(one, both.tenant)
    assert before is None
    assert items["pe/location-1"].value is Verdict.NON_COMPLIANT
    assert items["pe/theft-1"].value is Verdict.PARTIALLY_COMPLIANT


def test_an_answer_that_would_not_count_is_refused(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        inherit(one, both.tenant, state(one, both.platform))
        with pytest.raises(InheritedItemError):
            answer(one, both.tenant, {"pe/access-1": Verdict.COMPLIANT})


def test_own_answers_are_set_aside_and_come_back_with_the_item(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        answer(one, both.tenant, {"pe/theft-1": Verdict.NON_COMPLIANT})
        taken = inherit(one, both.tenant, state(one, both.platform))
        inherited = items_of(one, both.tenant)["pe/theft-1"].value
        give_back(one.work, one.blobs, one.acting, both.tenant, (("pe/theft-1",), None))
        back = items_of(one, both.tenant)["pe/theft-1"]
    assert {str(it.asked.item.id): it.set_aside for it in taken.items}["gb22239/pe/theft-1"] == 1
    assert inherited is Verdict.PARTIALLY_COMPLIANT
    assert (back.value, back.inherited) == (Verdict.NON_COMPLIANT, None)


def test_the_same_again_changes_nothing(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        made = state(one, both.platform)
        assert len(inherit(one, both.tenant, made).items) == 3
        assert inherit(one, both.tenant, made).items == ()


def test_what_does_not_apply_there_keeps_its_reason(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        revise(one, both.platform, {"pe/access-1": NotApplicable("整机房\n无人值守")})
        inherit(one, both.tenant, state(one, both.platform))
        found = items_of(one, both.tenant)["pe/access-1"].value
    assert found == NotApplicable("整机房 无人值守")


def test_freezing_pins_the_digest_and_a_revision_goes_on_with_it(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        made = state(one, both.platform)
        inherit(one, both.tenant, made)
        freeze(one, both.tenant)
        frozen = opened(one.work, one.blobs, Series(both.tenant)).assessment.frozen
        assert frozen
        kept = json.loads(one.blobs.get(frozen.state))["inherited"]
        revise(one, both.platform, {"pe/location-1": Verdict.NON_COMPLIANT})
        state(one, both.platform)
        still = items_of(one, both.tenant)["pe/location-1"].value
        with pytest.raises(FrozenAssessmentError):
            inherit(one, both.tenant, made)
        revise_assessment(one.work, one.blobs, one.acting, Series(both.tenant))
        revised = items_of(one, both.tenant)["pe/location-1"]
    assert ["gb22239/pe/location-1", "platform", made.kept.record.digest, "compliant"] in [
        line[:4] for line in kept
    ]
    assert still is Verdict.COMPLIANT
    assert revised.inherited is not None


def test_an_assessment_without_platform_keeps_the_state_it_always_had(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        freeze(one, both.tenant)
        frozen = opened(one.work, one.blobs, Series(both.tenant)).assessment.frozen
        assert frozen
        assert "inherited" not in json.loads(one.blobs.get(frozen.state))


@pytest.mark.parametrize("grades", [(1, 1), (2, 1), (1, 2)])
def test_a_lower_platform_is_refused_by_s_and_by_a(
    workspace: Workspace, grades: tuple[int, int]
) -> None:
    with assessing(workspace) as one:
        room = system(one, "机房", grades)
        begin(one, room)
        answer(one, room, {"pe/access-1": Verdict.COMPLIANT})
        freeze(one, room)
        tenant = system(one, "选课系统", (2, 2))
        begin(one, tenant)
        with pytest.raises(LowerPlatformError):
            inherit(one, tenant, state(one, room))


def test_an_expired_statement_is_refused_and_an_expired_item_is_not_frozen(
    workspace: Workspace,
) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        made = state(one, both.platform, days=1)
        later = today_of(one) + timedelta(days=2)
        with pytest.raises(ExpiredStatementError):
            inherit(one, both.tenant, made, later)
        inherit(one, both.tenant, made)
        opening = opened(one.work, one.blobs, Series(both.tenant))
        person = one.acting.actor.person
        assert person
        then = (person, replace(TABLES, day=later))
        with pytest.raises(ExpiredInheritanceError):
            freeze_opened(one.work, one.blobs, one.acting, opening, then)
        freeze(one, both.tenant)


def test_what_a_statement_does_not_say_is_not_inherited(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        said = replace(stating(one, both.platform), duties=(("pe/access-1", Duty.BOTH),))
        kept = make_statement(one.work, one.blobs, one.acting, said).kept
        today = today_of(one)
        for item, duty in (("pe/fire-1", None), ("pe/access-1", Duty.PLATFORM)):
            wanted = Inheriting(
                tenant=both.tenant, kept=kept, today=today, items=(item,), duty=duty
            )
            with pytest.raises(NotStatedError):
                inherit_items(one.work, one.blobs, one.acting, wanted)
        with pytest.raises(NotInheritedError):
            give_back(one.work, one.blobs, one.acting, both.tenant, (("pe/fire-1",), None))
        revise_assessment(one.work, one.blobs, one.acting, Series(both.platform))
        own = Inheriting(tenant=both.platform, kept=kept, today=today)
        with pytest.raises(OwnPlatformError):
            inherit_items(one.work, one.blobs, one.acting, own)


def test_an_older_statement_is_not_taken_over_once_there_is_a_newer(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        first = state(one, both.platform)
        state(one, both.platform)
        with pytest.raises(OlderStatementError):
            inherit(one, both.tenant, first)


def test_nobody_states_and_nobody_inherits_nothing(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        made = state(one, both.platform)
        nobody = replace(one.acting, actor=Actor(account="x"))
        with pytest.raises(NobodyError):
            make_statement(one.work, one.blobs, nobody, stating(one, both.platform))
        wanted = Inheriting(tenant=both.tenant, kept=made.kept, today=today_of(one))
        with pytest.raises(NobodyError):
            inherit_items(one.work, one.blobs, nobody, wanted)


def test_a_statement_needs_a_frozen_assessment_answered_items_and_a_day(
    workspace: Workspace,
) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        said = stating(one, both.platform)

        def make(**other: object) -> None:
            make_statement(one.work, one.blobs, one.acting, replace(said, **other))  # type: ignore[arg-type]  # any field

        with pytest.raises(NotFrozenPlatformError):
            make(system=both.tenant)
        with pytest.raises(NothingStatedError):
            make(covers=())
        with pytest.raises(UnansweredStatedError):
            make(duties=(("pe/fire-1", Duty.BOTH),))
        with pytest.raises(PastDayError):
            make(valid_until=said.today - timedelta(days=1))


def test_a_platform_passes_on_what_it_inherits_but_not_for_longer(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        cloud = system(one, "云平台", (3, 3))
        begin(one, cloud)
        inherit(one, cloud, state(one, both.platform, days=10))
        freeze(one, cloud)
        with pytest.raises(PastDayError):
            state(one, cloud, days=11)
        inherit(one, both.tenant, state(one, cloud, days=10))
        items = items_of(one, both.tenant)
    inherited = items["pe/theft-1"].inherited
    assert inherited
    assert inherited.statement.platform.name == "云平台"


def test_items_of_another_platform_are_left_to_it(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        inherit(one, both.tenant, state(one, both.platform))
        other = system(one, "托管机房", (3, 3))
        begin(one, other)
        answer(one, other, {"pe/access-1": Verdict.NON_COMPLIANT})
        freeze(one, other)
        taken = inherit(one, both.tenant, state(one, other))
        items = items_of(one, both.tenant)
    assert taken.items == ()
    assert [str(it.item.id) for it in taken.left] == ["gb22239/pe/access-1"]
    assert items["pe/access-1"].value is Verdict.COMPLIANT


def test_two_item_sets_without_anything_in_common_are_refused(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        made = state(one, both.platform)
        bare = replace(made.kept.statement, items=())
        kept = replace(made.kept, statement=bare)
        with pytest.raises(NothingInheritedError):
            inherit(one, both.tenant, replace(made, kept=kept))
