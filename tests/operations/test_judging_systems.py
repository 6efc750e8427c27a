"""From observations to suggestions and findings, in the real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from secops.model.answer import OfComponent, OfSystem, Verdict
from secops.model.ids import ItemId
from secops.model.judgement import Against, NothingAgainst, Risk, SourceKind
from secops.operations.judge_systems import Judged, judge_systems
from secops.wiring.tables import load_tables
from secops.wiring.workspace import Workspace
from tests.operations.graded import Sample, sample, see

IDENTITY = ItemId("gb22239/ce/identity-1")
CONFIDENTIALITY = ItemId("gb22239/ce/confidentiality-1")


def _judge(workspace: Workspace, seen: dict[tuple[int, str], str]) -> tuple[Sample, Judged]:
    with workspace.begin() as work:
        one = sample(workspace, work)
        if seen:
            see(workspace, work, one, seen)
        judged = judge_systems(work, workspace.acting, [one.system], load_tables())
        work.commit()
    return one, judged


def test_nothing_seen_nothing_suggested(workspace: Workspace) -> None:
    _, judged = _judge(workspace, {})
    assert judged.systems[0].suggestions == ()
    assert judged.findings == ()


def test_an_open_redis_is_against_the_database_component_only(workspace: Workspace) -> None:
    one, judged = _judge(workspace, {(6379, "redis.access"): "open"})
    suggestion = judged.systems[0].of(IDENTITY)
    assert isinstance(suggestion, Against)
    assert suggestion.verdict is Verdict.NON_COMPLIANT
    assert [ground.component for ground in suggestion.grounds] == [one.cache.id]
    (finding,) = judged.findings
    assert finding.subject == OfComponent(one.system.id, one.cache.id)
    assert (finding.risk, finding.source.kind) == (Risk.HIGH, SourceKind.SCAN)
    assert "127.0.0.1:6379" in finding.statement
    assert finding.measure


def test_good_values_support_and_leave_other_parts_open(workspace: Workspace) -> None:
    good = {(443, "tls.versions"): "TLSv1.2,TLSv1.3", (443, "tls.weak-suites"): "none"}
    _, judged = _judge(workspace, good)
    suggestion = judged.systems[0].of(CONFIDENTIALITY)
    assert isinstance(suggestion, NothingAgainst)
    assert "other-ways" in suggestion.still_to_show
    assert judged.findings == ()


def test_the_same_problem_seen_again_is_the_same_finding(workspace: Workspace) -> None:
    one, first = _judge(workspace, {(443, "tls.certificate.days-left"): "-3"})
    assert first.new == len(first.findings) > 0
    with workspace.begin() as work:
        see(workspace, work, one, {(443, "tls.certificate.days-left"): "-4"})
        again = judge_systems(work, workspace.acting, [one.system], load_tables())
        work.commit()
    with workspace.begin(reading=True) as work:
        stored = list(work.findings.of(OfSystem(one.system.id)))
    assert again.new == 0
    assert {f.id for f in again.findings} == {f.id for f in first.findings}
    assert len(stored) == len(first.findings)
    assert [f.no for f in stored] == list(range(1, len(stored) + 1))


def test_ports_of_one_host_are_findings_of_their_own(workspace: Workspace) -> None:
    _, judged = _judge(
        workspace, {(6379, "port.open"): "tcp/6379", (3389, "port.open"): "tcp/3389"}
    )
    of_ports = [f for f in judged.findings if f.item == ItemId("gb22239/ce/intrusion-2")]
    assert len(of_ports) == 2


def test_only_what_was_seen_last_counts(workspace: Workspace) -> None:
    one, _ = _judge(workspace, {(6379, "redis.access"): "open"})
    with workspace.begin() as work:
        see(workspace, work, one, {(6379, "redis.access"): "asks"})
        judged = judge_systems(work, workspace.acting, [one.system], load_tables())
    suggestion = judged.systems[0].of(IDENTITY)
    assert isinstance(suggestion, NothingAgainst)


def test_what_stands_on_no_known_component_is_about_the_whole_system(
    workspace: Workspace,
) -> None:
    with workspace.begin() as work:
        one = sample(workspace, work)
        bare = replace(one.endpoint, components=())
        work.endpoints.put_many(workspace.actor, [bare])
        see(workspace, work, one, {(6379, "redis.access"): "open"})
        judged = judge_systems(work, workspace.acting, [one.system], load_tables())
    assert [f.subject for f in judged.findings] == [OfSystem(one.system.id)]


def test_a_retired_endpoint_says_nothing(workspace: Workspace) -> None:
    with workspace.begin() as work:
        one = sample(workspace, work)
        see(workspace, work, one, {(6379, "redis.access"): "open"})
        retired = replace(one.endpoint, retired_on=date(2026, 1, 1))
        work.endpoints.put_many(workspace.actor, [retired])
        judged = judge_systems(work, workspace.acting, [one.system], load_tables())
    assert judged.findings == ()


@pytest.mark.parametrize(("s", "a"), [(0, 0), (1, 1), (2, 2), (4, 4)])
def test_every_grade_and_none_can_be_judged(workspace: Workspace, s: int, a: int) -> None:
    with workspace.begin() as work:
        one = sample(workspace, work, s=s, a=a)
        see(workspace, work, one, {(6379, "redis.access"): "open"})
        judged = judge_systems(work, workspace.acting, [one.system], load_tables())
    assert IDENTITY in {f.item for f in judged.findings}


def test_an_item_that_is_not_asked_makes_no_finding(workspace: Workspace) -> None:
    with workspace.begin() as work:
        one = sample(workspace, work, s=2, a=2)
        see(workspace, work, one, {(443, "tls.weak-suites"): "rc4"})
        judged = judge_systems(work, workspace.acting, [one.system], load_tables())
    assert CONFIDENTIALITY not in {f.item for f in judged.findings}  # begins at level 3
    assert ItemId("gb22239/ce/integrity-1") in {f.item for f in judged.findings}


def test_a_threshold_set_in_the_workspace_decides(workspace: Workspace) -> None:
    with workspace.begin() as work:
        one = sample(workspace, work)
        see(workspace, work, one, {(443, "tls.certificate.days-left"): "20"})
        strict = judge_systems(work, workspace.acting, [one.system], load_tables())
        work.settings.put(workspace.actor, "threshold.tls.days-left", "7")
        relaxed = judge_systems(work, workspace.acting, [one.system], load_tables())
    assert strict.findings
    assert not relaxed.findings
