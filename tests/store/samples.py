"""Small values for the store's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from secops.model.actor import Actor
from secops.model.answer import Answer, OfSystem, Value, Verdict
from secops.model.assessment import Assessment, AssessmentKind
from secops.model.asset import Component, ComponentKind, Endpoint, EndpointKind
from secops.model.common import SecurityLevel
from secops.model.evidence import (
    Attempt,
    EvidenceKind,
    EvidenceRecord,
    Outcome,
    ScanPlan,
    Target,
    digest_of,
)
from secops.model.grades import Grades
from secops.model.ids import (
    AnswerId,
    AssessmentId,
    AttemptId,
    ComponentId,
    EndpointId,
    EvidenceId,
    FindingId,
    ItemId,
    PersonId,
    ScanId,
    SystemId,
    UnitId,
)
from secops.model.judgement import Finding, Risk, Source, SourceKind
from secops.model.system import LifecycleStage, Ownership, System, SystemKind
from secops.model.unit import Person, Unit

AT: Final = datetime(2026, 3, 1, 8, tzinfo=UTC)
OFFICER: Final = Actor(account="officer", person=PersonId("p1"))
EVIDENCE: Final = digest_of(b"HTTP/1.1 200 OK")


def a_unit(no: int = 1, name: str = "") -> Unit:
    """Give a unit."""
    return Unit(id=UnitId(f"u{no}"), no=no, name=name or f"unit {no}")


def a_person(no: int = 1, unit: int = 1) -> Person:
    """Give a person of a unit."""
    return Person(id=PersonId(f"p{no}"), no=no, name=f"person {no}", unit=UnitId(f"u{unit}"))


def a_system(no: int = 1, name: str = "", unit: int = 1) -> System:
    """Give a running website of a unit."""
    return System(
        id=SystemId(f"s{no}"),
        no=no,
        name=name or f"system {no}",
        kind=SystemKind.WEBSITE,
        stage=LifecycleStage.RUNNING,
        ownership=Ownership(operating_unit=UnitId(f"u{unit}")),
    )


def an_endpoint(no: int = 1, systems: tuple[int, ...] = (1,)) -> Endpoint:
    """Give an address that systems share."""
    return Endpoint(
        id=EndpointId(f"e{no}"),
        no=no,
        kind=EndpointKind.ADDRESS,
        value=f"192.0.2.{no}",
        systems=tuple(SystemId(f"s{one}") for one in systems),
    )


def a_component(no: int = 1, systems: tuple[int, ...] = (1,)) -> Component:
    """Give a host that systems share."""
    return Component(
        id=ComponentId(f"c{no}"),
        no=no,
        name=f"host {no}",
        kind=ComponentKind.HOST,
        unit=UnitId("u1"),
        systems=tuple(SystemId(f"s{one}") for one in systems),
    )


def a_plan(no: int = 1) -> ScanPlan:
    """Give a plan of one scanner on one address."""
    return ScanPlan(
        id=ScanId(f"n{no}"),
        no=no,
        actor=OFFICER,
        made_at=AT,
        targets=(TARGET, Target(endpoint=EndpointId("e1"), host="192.0.2.1", port=443)),
        scanners=("ports", "http"),
        permits=(),
        inventory_digest=EVIDENCE,
        rules_digest=EVIDENCE,
    )


TARGET: Final = Target(endpoint=EndpointId("e1"), host="192.0.2.1")


def an_attempt(scan: int, outcome: Outcome | None, n: int = 1) -> Attempt:
    """Give an attempt on the sample address."""
    return Attempt(
        id=AttemptId(f"a{scan}-{n}"),
        scan=ScanId(f"n{scan}"),
        scanner="http",
        target=TARGET,
        n=n,
        started=AT,
        ended=None if outcome is None else AT,
        tool="secops",
        arguments="GET /",
        outcome=outcome,
    )


def an_evidence(no: int, content: bytes) -> EvidenceRecord:
    """Give the record of a collected blob."""
    return EvidenceRecord(
        id=EvidenceId(f"v{no}"),
        no=no,
        digest=digest_of(content),
        size=len(content),
        media="application/octet-stream",
        kind=EvidenceKind.COLLECTED,
        taken_at=AT,
        by=OFFICER,
        subject="endpoint e1",
    )


def a_finding(no: int, fingerprint: str, seen: datetime = AT) -> Finding:
    """Give a finding on the first system."""
    return Finding(
        id=FindingId(f"f{no}"),
        no=no,
        source=Source(SourceKind.SCAN, "a1-1"),
        subject=OfSystem(SystemId("s1")),
        item=ItemId("gb22239/ce/identity-1"),
        fingerprint=fingerprint,
        risk=Risk.HIGH,
        statement="TLS 1.0 is accepted",
        evidence=EVIDENCE,
        first_seen=seen,
        last_seen=seen,
    )


def an_assessment(no: int = 1) -> Assessment:
    """Give a self-assessment of the first system at level 3."""
    return Assessment(
        id=AssessmentId(f"m{no}"),
        no=no,
        subject=OfSystem(SystemId("s1")),
        kind=AssessmentKind.SELF,
        pack="gb22239",
        grades=Grades(business_information=SecurityLevel.THREE, system_service=SecurityLevel.TWO),
        item_set=EVIDENCE,
        revision=no,
        started_at=AT,
        started_by=OFFICER,
    )


def an_answer(revision: int = 1, value: Value = Verdict.COMPLIANT) -> Answer:
    """Give an answer to one item of the first system."""
    return Answer(
        id=AnswerId(f"w{revision}"),
        assessment=AssessmentId("m1"),
        subject=OfSystem(SystemId("s1")),
        item=ItemId("gb22239/ce/identity-1"),
        revision=revision,
        value=value,
        answered_by=PersonId("p1"),
        recorded_by=OFFICER,
        recorded_at=AT,
        note="查看了配置",
        evidence=(EVIDENCE,),
    )


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        """Give the time."""
        return self.at

    def pass_days(self, days: int) -> None:
        """Move on."""
        self.at += timedelta(days=days)
