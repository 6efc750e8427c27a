"""A workspace with one answered system, for the tests that print reports of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.model.answer import Answer, OfSystem, Verdict
from secops.model.asset import Component, ComponentKind
from secops.model.common import SecurityLevel
from secops.model.ids import AnswerId, ComponentId, FindingId, SystemId, UnitId
from secops.model.judgement import Finding, Risk, Source, SourceKind
from secops.model.system import (
    Grading,
    LifecycleStage,
    Ownership,
    System,
    SystemKind,
)
from secops.operations.assessments import Series, opened
from secops.operations.start_assessment import Beginning, start_assessment
from secops.wiring.opening import open_workspace
from secops.wiring.tables import load_tables
from secops.wiring.today import SHANGHAI
from secops.wiring.workspace import Workspace

TITLE = "青竹数据开放网站"


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace with one answered system."""

    folder: Path

    def report(self, *arguments: str) -> Result:
        """Run `secops report`."""
        return CliRunner().invoke(
            secops, ["-C", str(self.folder), "report", *arguments], catch_exceptions=False
        )

    def files(self, folder: str = "documents") -> dict[str, bytes]:
        """Give what was printed."""
        return {path.name: path.read_bytes() for path in (self.folder / folder).glob("*")}


def fill(workspace: Workspace) -> None:
    with workspace.begin() as work:
        unit = next(work.units.all())
        system = System(
            id=SystemId(workspace.new_id()),
            no=work.systems.next_no(),
            name=TITLE,
            kind=SystemKind.WEBSITE,
            stage=LifecycleStage.RUNNING,
            ownership=Ownership(operating_unit=unit.id),
            grading=Grading(
                business_information=SecurityLevel.TWO, system_service=SecurityLevel.TWO
            ),
        )
        work.systems.put_many(workspace.actor, [system])
        beginning = Beginning(about=system, checklist=load_tables().checklist)
        start_assessment(work, workspace.blobs, workspace.acting, beginning)
        one = opened(work, workspace.blobs, Series(system))
        person = next(work.persons.all())
        about = OfSystem(system.id)
        work.answers.append(
            workspace.actor,
            [
                Answer(
                    id=AnswerId(workspace.new_id()),
                    assessment=one.assessment.id,
                    subject=about,
                    item=asked.item.id,
                    revision=1,
                    value=Verdict.NON_COMPLIANT if n == 0 else Verdict.COMPLIANT,
                    answered_by=person.id,
                    recorded_by=workspace.actor,
                    recorded_at=workspace.now(),
                )
                for n, asked in enumerate(one.item_set.asked[:40])
            ],
        )
        work.findings.put_many(
            workspace.actor,
            [
                Finding(
                    id=FindingId(workspace.new_id()),
                    no=n + 1,
                    source=Source(SourceKind.SCAN, "attempt"),
                    subject=about,
                    item=one.item_set.asked[n].item.id,
                    fingerprint=f"finding-{n}",
                    risk=Risk.HIGH,
                    statement=("有人确认的问题", "无人确认的问题")[n],
                    evidence=None,
                    first_seen=workspace.now(),
                    last_seen=workspace.now(),
                )
                for n in (0, 1)
            ],
        )
        work.commit()


def ago(days: int) -> str:
    return (datetime.now(UTC).astimezone(SHANGHAI).date() - timedelta(days=days)).isoformat()


def database_of(system: SystemId, unit: UnitId) -> Component:
    return Component(
        id=ComponentId("0190-later"),
        no=1,
        name="后来的数据库",
        kind=ComponentKind.DATABASE,
        unit=unit,
        systems=(system,),
    )


@pytest.fixture
def place(workspace_folder: Path) -> Place:
    """Fill a workspace through the operations."""
    with open_workspace(workspace_folder) as workspace:
        fill(workspace)
    return Place(workspace_folder)
