"""A report out of a real workspace: printed, kept, listed, and given again byte for byte."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.model.answer import Answer, OfSystem, Verdict
from secops.model.common import SecurityLevel
from secops.model.document import DocumentFormat
from secops.model.ids import AnswerId, FindingId, SystemId
from secops.model.judgement import Finding, Risk, Source, SourceKind
from secops.model.system import Grading, LifecycleStage, Ownership, System, SystemKind
from secops.operations.assessments import opened
from secops.operations.start_assessment import Beginning, start_assessment
from secops.settings.catalogue import words_for
from secops.wiring.assess import acting_in
from secops.wiring.opening import open_workspace
from secops.wiring.report import ZONE, printer_for
from secops.wiring.tables import load_tables
from secops.wiring.workspace import Workspace

NAME = "青竹数据开放网站"


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


def _fill(workspace: Workspace) -> None:
    with workspace.begin() as work:
        unit = next(work.units.all())
        system = System(
            id=SystemId(workspace.new_id()),
            no=work.systems.next_no(),
            name=NAME,
            kind=SystemKind.WEBSITE,
            stage=LifecycleStage.RUNNING,
            ownership=Ownership(operating_unit=unit.id),
            grading=Grading(
                business_information=SecurityLevel.TWO, system_service=SecurityLevel.TWO
            ),
        )
        work.systems.put_many(workspace.actor, [system])
        beginning = Beginning(system=system, tables=load_tables())
        start_assessment(work, workspace.blobs, acting_in(workspace), beginning)
        one = opened(work, workspace.blobs, system)
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


@pytest.fixture
def place(workspace_folder: Path) -> Place:
    """Fill a workspace through the operations."""
    with open_workspace(workspace_folder) as workspace:
        _fill(workspace)
    return Place(workspace_folder)


def test_only_what_a_person_confirmed_is_printed(place: Place) -> None:
    assert place.report("rectification", "--system", NAME, "--format", "html").exit_code == 0
    (html,) = place.files().values()
    assert "有人确认的问题" in html.decode()
    assert "无人确认的问题" not in html.decode()


def test_printing_twice_gives_the_same_bytes_and_one_document(place: Place) -> None:
    wanted = ("rectification", "--system", "1", "--format", "html,docx")
    place.report(*wanted)
    first = place.files()
    place.report(*wanted)
    assert place.files() == first
    listed = CliRunner().invoke(secops, ["-C", str(place.folder), "--json", "report", "--list"])
    assert [one["no"] for one in json.loads(listed.stdout)["documents"]] == ["1"]


def test_an_old_document_prints_again_after_everything_changed(place: Place) -> None:
    place.report("rectification", "--system", "1", "--format", "html,docx")
    first = place.files()
    own = place.folder / "templates" / "rectification"
    own.mkdir(parents=True)
    (own / "report.html.j2").write_text("<p>{{ subject }}</p>", encoding="utf-8")
    with open_workspace(place.folder) as workspace, workspace.begin() as work:
        work.settings.put(workspace.actor, "rectify.days.high", "3")
        work.commit()
    assert place.report("rectification", "--system", "1", "--format", "html").exit_code == 0
    assert place.files() != first
    assert place.report("--of", "1", "-o", str(place.folder / "again")).exit_code == 0
    assert place.files("again") == first


def test_kept_context_and_template_render_to_the_kept_bytes(place: Place) -> None:
    place.report("rectification", "--system", "1", "--format", "html,docx")
    with open_workspace(place.folder) as workspace:
        with workspace.begin(reading=True) as work:
            (record,) = work.documents.all()
        printer = printer_for(place.folder, words_for("zh"))
        context, template = (
            workspace.blobs.get(record.context),
            workspace.blobs.get(record.template),
        )
        for fmt, digest in record.outputs:
            assert printer.render(fmt, context, template) == workspace.blobs.get(digest)
        assert {fmt for fmt, _ in record.outputs} == {DocumentFormat.HTML, DocumentFormat.DOCX}


def test_a_dry_run_names_the_files_and_writes_none(place: Place) -> None:
    ran = place.report("rectification", "--system", "1", "--dry-run")
    assert ran.output.count(NAME) == 3
    assert place.files() == {}
    assert place.report("--list").output.strip() == "尚未生成过文书"


def test_as_of_hides_what_was_recorded_later(place: Place) -> None:
    yesterday = (datetime.now(UTC).astimezone(ZONE).date() - timedelta(days=1)).isoformat()
    wanted = ("rectification", "--system", "1", "--format", "html", "--as-of", yesterday)
    assert place.report(*wanted).exit_code == 0
    (html,) = place.files().values()
    assert "有人确认的问题" not in html.decode()
    assert "尚未开展自查" in html.decode()


def test_a_setting_of_days_replaces_the_default_and_nonsense_is_refused(place: Place) -> None:
    with open_workspace(place.folder) as workspace, workspace.begin() as work:
        work.settings.put(workspace.actor, "rectify.days.high", "soon")
        work.commit()
    ran = place.report("rectification", "--system", "1", "--format", "html")
    assert ran.exit_code == 2
    assert "rectify.days.high" in ran.output
    assert place.files() == {}


def test_a_sample_workspace_marks_its_papers(place: Place) -> None:
    with open_workspace(place.folder) as workspace, workspace.begin() as work:
        work.settings.put(workspace.actor, "sample", "yes")
        work.commit()
    place.report("rectification", "--unit", "1", "--format", "html")
    (html,) = place.files().values()
    assert "样　例" in html.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ("rectification",),
        ("rectification", "--system", "1", "--unit", "1"),
        ("rectification", "--system", "1", "--format", "ofd"),
        ("rectification", "--system", "nothing like it"),
        ("--of", "7"),
        (),
    ],
)
def test_what_cannot_be_printed_is_wrong_use(place: Place, arguments: tuple[str, ...]) -> None:
    assert place.report(*arguments).exit_code == 2
    assert place.files() == {}


def test_a_format_that_was_never_printed_is_named_as_missing(place: Place) -> None:
    place.report("rectification", "--system", "1", "--format", "html")
    ran = place.report("--of", "1", "--format", "docx")
    assert ran.exit_code == 2
    assert "html" in ran.output


def test_a_broken_template_leaves_no_document_and_no_file(place: Place) -> None:
    own = place.folder / "templates" / "rectification"
    own.mkdir(parents=True)
    (own / "report.html.j2").write_text("{{ nothing }}", encoding="utf-8")
    ran = place.report("rectification", "--system", "1", "--format", "docx,html")
    assert ran.exit_code == 3
    assert place.files() == {}
    assert place.report("--list").output.strip() == "尚未生成过文书"
