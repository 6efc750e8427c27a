"""A report out of a real workspace: printed, kept, listed, and given again byte for byte."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from secops.cli.root import secops
from secops.documents.printer import rectification_printer
from secops.errors.scanning import StillNamedError
from secops.files.workspace_file import NAME, read_workspace_file
from secops.judging.keeping import read_bands, read_item_set
from secops.model.answer import OfSystem, Verdict
from secops.model.common import Confidence
from secops.model.document import DocumentFormat
from secops.model.ids import AnswerId, FindingId
from secops.model.system import (
    Responsibility,
)
from secops.operations.assessments import Series, opened
from secops.operations.keep_evidence import erase_evidence, wrong_evidence
from secops.operations.supply_evidence import Material, supply_evidence
from secops.settings.catalogue import words_for
from secops.store.open import open_store
from secops.wiring.opening import database_url, open_workspace
from secops.wiring.report import means_for
from secops.wiring.tables import load_tables
from tests.operations.conftest import TITLE, Place, ago, database_of, fill
from tests.schemas import fits_its_schema


def test_a_finding_is_a_problem_only_where_a_person_confirmed_it(place: Place) -> None:
    assert place.report("rectification", "--system", TITLE, "--format", "html").exit_code == 0
    (html,) = place.files().values()
    problems, _, rest = html.decode().partition('<h1 id="contrary">')
    denied, _, _ = rest.partition('<h1 id="remarks">')
    assert "有人确认的问题" in problems
    assert "无人确认的问题" not in problems
    assert "无人确认的问题" in denied


def test_a_day_that_has_not_come_is_refused(place: Place) -> None:
    day = ago(-1)
    ran = place.report("rectification", "--system", "1", "--format", "html", "--as-of", day)
    assert ran.exit_code == 2
    assert day in ran.output
    assert ago(0) in ran.output
    assert place.files() == {}
    wanted = ("rectification", "--system", "1", "--format", "html", "--as-of", ago(0))
    assert place.report(*wanted).exit_code == 0


def test_a_paper_of_an_unfrozen_assessment_is_a_draft(place: Place) -> None:
    place.report("rectification", "--system", "1", "--format", "html")
    (html,) = place.files().values()
    assert '<p class="draft">草稿（未定稿）</p>' in html.decode()


def test_printing_twice_gives_the_same_bytes_and_one_document(place: Place) -> None:
    wanted = ("rectification", "--system", "1", "--format", "html,docx")
    place.report(*wanted)
    first = place.files()
    place.report(*wanted)
    assert place.files() == first
    listed = CliRunner().invoke(secops, ["-C", str(place.folder), "--json", "report", "--list"])
    assert [one["no"] for one in json.loads(listed.stdout)["documents"]] == [1]


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
    newest = place.files()
    assert place.report("--of", "1", "-o", str(place.folder / "again")).exit_code == 0
    again = {
        name.replace("-第1号.", "."): content for name, content in place.files("again").items()
    }
    assert again == first
    assert place.report("--of", "1").exit_code == 0  # beside the newest, not over it
    assert newest.items() <= place.files().items()
    assert len(place.files()) == len(newest) + len(first)


def test_kept_context_and_template_render_to_the_kept_bytes(place: Place) -> None:
    place.report("rectification", "--system", "1", "--format", "html,docx")
    with open_workspace(place.folder) as workspace:
        with workspace.begin(reading=True) as work:
            (record,) = work.documents.all()
        printer = rectification_printer(means_for(place.folder, words_for("zh")))
        context, template = (
            workspace.blobs.get(record.context),
            workspace.blobs.get(record.template),
        )
        for fmt, digest in record.outputs:
            assert printer.render(fmt, context, template) == workspace.blobs.get(digest)
        assert {fmt for fmt, _ in record.outputs} == {DocumentFormat.HTML, DocumentFormat.DOCX}


def test_what_a_document_rests_on_is_kept_beside_it(place: Place) -> None:
    place.report("rectification", "--system", "1", "--format", "html")
    with open_workspace(place.folder) as workspace:
        with workspace.begin(reading=True) as work:
            (record,) = work.documents.all()
            (assessment,) = work.assessments.all()
        kept = {digest: workspace.blobs.get(digest) for digest in record.packs}
        said = json.loads(workspace.blobs.get(record.context))
    assert read_item_set(kept[assessment.item_set]).asked
    assert read_bands(next(one for one in kept.values() if b'"bands"' in one)).upper == 90
    assert any(digest in json.dumps(said) for digest in kept)


def test_bytes_that_a_document_needs_are_no_evidence_to_erase(place: Place) -> None:
    """The same bytes are kept once: supplied as evidence too, they stay for what was printed."""
    place.report("rectification", "--system", "1", "--format", "html")
    with open_workspace(place.folder) as workspace:
        with workspace.begin() as work:
            (record,) = work.documents.all()
            (html,) = record.outputs
            for digest in (html[1], record.template, *record.packs):
                material = Material(content=workspace.blobs.get(digest), title="", subject="")
                acting = workspace.acting
                assert supply_evidence(work, workspace.blobs, acting, material) == digest
                with pytest.raises(StillNamedError, match="document 1"):
                    erase_evidence(work, workspace.blobs, acting, digest, "why")
        with workspace.begin(reading=True) as work:
            assert list(wrong_evidence(work, workspace.blobs)) == []


def test_a_dry_run_names_the_files_and_writes_none(place: Place) -> None:
    ran = place.report("rectification", "--system", "1", "--dry-run")
    assert ran.output.count(TITLE) == 3
    assert place.files() == {}
    assert place.report("--list").output.strip() == "尚未生成过文书"


@pytest.fixture
def old_place(workspace_folder: Path) -> Place:
    """Fill a workspace ten days ago; all that changed it since changed it today."""
    past = datetime.now(UTC) - timedelta(days=10)
    url = database_url(workspace_folder, read_workspace_file(workspace_folder / NAME).database)
    with open_workspace(workspace_folder) as today, today.begin(reading=True) as work:
        unit, person = next(work.units.all()), next(work.persons.all())
    (workspace_folder / "secops.db").unlink()
    store = open_store(url, now=lambda: past)
    then = replace(today, begin=store, now=lambda: past)
    with then.begin() as work:
        work.units.put_many(then.actor, [unit])
        work.persons.put_many(then.actor, [person])
        work.commit()
    fill(then)
    store.close()
    return Place(workspace_folder)


def test_as_of_shows_systems_owners_units_components_and_settings_as_they_stood(
    old_place: Place,
) -> None:
    wanted = ("rectification", "--system", "1", "--format", "html", "--as-of", ago(5))
    assert old_place.report(*wanted, "-o", str(old_place.folder / "before")).exit_code == 0
    with open_workspace(old_place.folder) as workspace, workspace.begin() as work:
        system, unit = next(work.systems.all()), next(work.units.all())
        person = next(work.persons.all())
        heir = Responsibility(unit=unit.id, person=person.id, post="新岗位")
        owned = replace(system.ownership, maintains=heir)
        work.systems.put_many(
            workspace.actor, [replace(system, name="改名后的系统", ownership=owned)]
        )
        work.units.put_many(workspace.actor, [replace(unit, name="改名后的单位")])
        work.persons.put_many(workspace.actor, [replace(person, name="改名后的人")])
        work.components.put_many(workspace.actor, [database_of(system.id, unit.id)])
        work.settings.put(workspace.actor, "rectify.days.high", "3")
        work.settings.put(workspace.actor, "conclusion.partial-weight", "1/2")
        work.settings.put(workspace.actor, "sample", "yes")
        work.commit()
    assert old_place.report(*wanted, "-o", str(old_place.folder / "after")).exit_code == 0
    (before,), (after,) = old_place.files("before").items(), old_place.files("after").items()
    assert after == before
    now = old_place.report("rectification", "--system", "1", "--format", "html")
    assert now.exit_code == 0
    html = next(iter(old_place.files().values())).decode()
    assert all(new in html for new in ("改名后的系统", "改名后的单位", "新岗位", "样　例", "1/2"))


def test_what_was_not_on_record_on_that_day_cannot_be_reported(place: Place) -> None:
    ran = place.report("rectification", "--system", "1", "--format", "html", "--as-of", ago(1))
    assert ran.exit_code == 2
    assert ago(1) in ran.output
    assert place.files() == {}


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


def test_a_number_of_no_document_names_those_that_there_are(place: Place) -> None:
    place.report("rectification", "--system", "1", "--format", "html")
    ran = place.report("--of", "7")
    assert ran.exit_code == 2
    assert ran.output.rstrip().endswith("1")


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


def test_the_json_of_report_and_of_its_list_fits_the_schemas(place: Place) -> None:
    for arguments in (
        ("rectification", "--system", "1", "--format", "html", "--dry-run"),
        ("rectification", "--system", "1", "--format", "html,docx"),
        ("--of", "1"),
        ("--list",),
    ):
        ran = CliRunner().invoke(secops, ["-C", str(place.folder), "--json", "report", *arguments])
        assert ran.exit_code == 0
        fits_its_schema(ran.stdout)


def _context(place: Place) -> dict[str, Any]:
    assert place.report("rectification", "--system", "1", "--format", "html").exit_code == 0
    with open_workspace(place.folder) as workspace:
        with workspace.begin(reading=True) as work:
            *_, record = work.documents.all()
        said: dict[str, Any] = json.loads(workspace.blobs.get(record.context))
        return said


def test_only_thresholds_of_rules_that_found_something_are_printed(place: Place) -> None:
    assert _context(place)["thresholds"] == []  # nothing was scanned
    tables = load_tables()
    kinds = {one.name: one for one in tables.rules.settings}
    rule = next(
        one
        for one in tables.rules.rules
        if one.about
        and one.settings
        and all(kinds[name].confidence is Confidence.LOW for name in one.settings)
    )
    with open_workspace(place.folder) as workspace, workspace.begin() as work:
        (system,) = work.systems.all()
        *_, one = work.findings.of(OfSystem(system.id))
        found = replace(
            one,
            id=FindingId(workspace.new_id()),
            no=work.findings.next_no(),
            item=rule.about[0].item,
            measure=rule.measure,
            fingerprint="found-by-a-rule",
        )
        work.findings.put_many(workspace.actor, [found])
        work.commit()
    printed = [one["label"] for one in _context(place)["thresholds"]]
    assert set(printed) == {kinds[name].meaning for name in rule.settings}


def test_a_problem_known_only_by_an_answer_is_printed_with_the_usual_measure(place: Place) -> None:
    with open_workspace(place.folder) as workspace, workspace.begin() as work:
        (system,) = work.systems.all()
        one = opened(work, workspace.blobs, Series(system))
        answer = next(iter(work.answers.of(one.assessment.id)))
        asked = one.item_set.asked[1].item.id
        wrong = replace(
            answer,
            id=AnswerId(workspace.new_id()),
            item=asked,
            revision=2,
            value=Verdict.NON_COMPLIANT,
        )
        work.answers.append(workspace.actor, [wrong])
        work.commit()
    check = load_tables().library.items()[asked].check
    assert check is not None
    assert check.measure
    _context(place)
    (html,) = place.files().values()
    assert f"参考措施：{check.measure}" in html.decode()
