"""What is wrong between tenants and platforms is said, and opened as a finding at the tenant."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from secops.model.answer import OfSystem, Verdict
from secops.model.checklist import Duty
from secops.model.judgement import Risk, SourceKind
from secops.model.platform_statement import PlatformTrouble
from secops.model.system import Hosting, HostingKind
from secops.operations.check_platforms import Checked, check_platforms, open_findings
from secops.operations.make_statement import make_statement
from secops.wiring.assess import Assessing, assessing, today_of
from secops.wiring.statements import checking
from secops.wiring.workspace import Workspace
from tests.operations.carrying import carried, inherit, items_of, revise, state, stating


def _check(one: Assessing, days: int = 0) -> Checked:
    how = checking(one, today_of(one) + timedelta(days=days))
    return check_platforms(one.work, one.blobs, one.acting, how)


def test_what_fails_at_the_platform_is_a_finding_at_its_tenant(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        inherit(one, both.tenant, state(one, both.platform))
        found = open_findings(one.work, one.blobs, one.acting, checking(one))
        again = open_findings(one.work, one.blobs, one.acting, checking(one))
        kept = list(one.work.findings.of(OfSystem(both.tenant.id)))
    assert [(it.source.kind, it.risk) for it in found] == [(SourceKind.PLATFORM, Risk.LOW)]
    assert [it.no for it in again] == [it.no for it in found] == [it.no for it in kept]
    assert "机房" in found[0].statement
    assert "部分符合" in found[0].statement


def test_a_worse_newer_statement_opens_a_finding_and_check_says_so(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        inherit(one, both.tenant, state(one, both.platform))
        assert _check(one).troubles == ()
        revise(one, both.platform, {"pe/access-1": Verdict.NON_COMPLIANT})
        moved = _check(one)
        state(one, both.platform)
        found = open_findings(one.work, one.blobs, one.acting, checking(one))
        worse = _check(one)
        still = items_of(one, both.tenant)["pe/access-1"].value
    assert [it.kind for it in moved.troubles] == [PlatformTrouble.OUTDATED]
    assert (Risk.MEDIUM, "gb22239/pe/access-1") in [(it.risk, str(it.item)) for it in found]
    assert [it.kind for it in worse.troubles] == [PlatformTrouble.WORSE, PlatformTrouble.OUTDATED]
    assert worse.troubles[0].clauses == ("7.1.1.2",)
    assert still is Verdict.COMPLIANT  # pinned until the tenant takes the newer one over


def test_what_a_newer_statement_drops_is_said(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        inherit(one, both.tenant, state(one, both.platform))
        narrower = replace(stating(one, both.platform), duties=(("pe/access-1", Duty.TENANT),))
        make_statement(one.work, one.blobs, one.acting, narrower)
        checked = _check(one)
    assert PlatformTrouble.DROPPED in [it.kind for it in checked.troubles]
    assert any("不再涉及" in it.statement for it in checked.findings)


def test_an_expired_statement_opens_one_finding(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        inherit(one, both.tenant, state(one, both.platform, days=5))
        before, last = _check(one, days=5), _check(one, days=6)
    assert before.troubles == ()
    assert [it.kind for it in last.troubles] == [PlatformTrouble.EXPIRED]
    assert Risk.MEDIUM in [it.risk for it in last.findings if it.item is None]


def test_a_tenant_that_was_graded_higher_since_has_a_lower_platform(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one, (2, 3))
        inherit(one, both.tenant, state(one, both.platform))
        grading = replace(
            both.tenant.grading, business_information=both.platform.grading.system_service
        )
        one.work.systems.put_many(one.acting.actor, [replace(both.tenant, grading=grading)])
        checked = _check(one)
    assert [it.kind for it in checked.troubles] == [PlatformTrouble.LOWER]


def test_who_stands_on_a_platform_and_inherits_nothing_is_named(workspace: Workspace) -> None:
    with assessing(workspace) as one:
        both = carried(one)
        assert _check(one).troubles == ()  # nothing says where it stands
        hosted = replace(both.tenant, hosting=Hosting(kind=HostingKind.OTHER_UNIT_ROOM))
        one.work.systems.put_many(one.acting.actor, [hosted])
        checked = _check(one)
    assert [(it.tenant.name, it.kind) for it in checked.troubles] == [
        ("选课系统", PlatformTrouble.MISSING)
    ]
