"""Answering but unlisted, listed but silent: from scans that the store keeps."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from secops.contracts.store import UnitOfWork
from secops.model.evidence import (
    Attempt,
    Evidence,
    EvidenceKind,
    EvidenceRecord,
    Failed,
    FailureKind,
    Observation,
    Outcome,
    ScanPlan,
    Target,
    digest_of,
)
from secops.model.ids import AttemptId, EndpointId, EvidenceId, ScanId
from secops.operations.check_inventory import check_inventory
from secops.operations.edit_record import carry_out, plan_add
from secops.wiring.inventory_words import language, name_words
from secops.wiring.today import today
from secops.wiring.workspace import Workspace

AT: Final = datetime(2026, 11, 24, 1, tzinfo=UTC)


def endpoint(workspace: Workspace, work: UnitOfWork, value: str, system: str = "") -> EndpointId:
    settings = {"kind": "address", "value": value, "systems": system}
    edit = plan_add(work, "endpoint", settings, language(), workspace.new_id)
    carry_out(work, workspace.actor, edit)
    return EndpointId(edit.record.id)


def scanned(workspace: Workspace, work: UnitOfWork, target: Target, came: bytes | Failed) -> None:
    """Keep one scan of one target, with an open port where bytes came."""
    no = work.scans.next_no()
    plan = ScanPlan(
        id=ScanId(workspace.new_id()),
        no=no,
        actor=workspace.actor,
        made_at=AT,
        targets=(target,),
        scanners=("ports",),
        permits=(),
        inventory_digest=digest_of(b""),
        rules_digest=digest_of(b""),
    )
    work.scans.start(plan)
    outcome: Outcome = came if isinstance(came, Failed) else digest_of(came)
    attempt = Attempt(
        id=AttemptId(workspace.new_id()),
        scan=plan.id,
        scanner="ports",
        target=target,
        n=1,
        started=AT,
        ended=AT,
        tool="test",
        arguments="",
        outcome=outcome,
    )
    if isinstance(came, bytes):
        evidence = Evidence(target=target, content=came, taken_at=AT, scanner="ports", tool="test")
        record = EvidenceRecord(
            id=EvidenceId(workspace.new_id()),
            no=work.evidence.next_no(),
            digest=evidence.digest,
            size=len(came),
            media="text/plain",
            kind=EvidenceKind.COLLECTED,
            taken_at=AT,
            by=workspace.actor,
            subject=target.host,
        )
        work.evidence.put_many([record])
    work.scans.put_attempts([attempt])
    if isinstance(came, bytes):
        seen = Observation(
            target=Target(endpoint=target.endpoint, host=target.host, port=6379),
            name="port.open",
            value="tcp/6379",
            evidence=digest_of(came),
        )
        work.observations.put_many(plan.id, [seen])


def test_a_later_look_around_does_not_hide_who_was_silent(workspace: Workspace) -> None:
    with workspace.begin() as work:
        settings = {
            "name": "门户",
            "kind": "website",
            "stage": "running",
            "ownership.operating_unit": "1",
        }
        edit = plan_add(work, "system", settings, language(), workspace.new_id)
        carry_out(work, workspace.actor, edit)
        listed = endpoint(workspace, work, "127.0.9.1", "门户")
        nobodys = endpoint(workspace, work, "127.0.9.2")
        silence = Failed(FailureKind.SILENT, "")
        scanned(workspace, work, Target(endpoint=listed, host="127.0.9.1"), silence)
        scanned(workspace, work, Target(endpoint=nobodys, host="127.0.9.2"), b"redis")
        work.commit()
    with workspace.begin() as work:
        presence = check_inventory(work, name_words(), today(workspace)).presence
        assert presence.silent == (listed,)
        assert [(one.host, one.port, one.whole_host) for one in presence.unlisted] == [
            ("127.0.9.2", 6379, True)
        ]
        assert presence.scan == 2
        scanned(workspace, work, Target(endpoint=listed, host="127.0.9.1"), b"here now")
        presence = check_inventory(work, name_words(), today(workspace)).presence
        assert presence.silent == ()
