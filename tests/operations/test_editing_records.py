"""Adding, changing and retiring records in a real workspace: as typed, or refused whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secops.cli.endpoint import guess_kind
from secops.contracts.store import UnitOfWork
from secops.errors import AmbiguousNameError, UnknownNameError
from secops.errors.inventory import (
    NothingToChangeError,
    SecretSystemError,
    UnknownFieldError,
    WrongEditError,
)
from secops.model.asset import EndpointKind
from secops.model.record import to_cells
from secops.operations.edit_record import (
    carry_out,
    field_called,
    plan_add,
    plan_contact,
    plan_edit,
    plan_retire,
)
from secops.operations.find_record import find_record
from secops.wiring.inventory_words import language
from secops.wiring.workspace import Workspace

OWN = "青竹市数据局"


def added(workspace: Workspace, work: UnitOfWork, kind: str, /, **settings: str) -> Any:  # noqa: ANN401  # any record
    paths = {path.replace("__", "."): text for path, text in settings.items()}
    edit = plan_add(work, kind, paths, language(), workspace.new_id)
    carry_out(work, workspace.actor, edit)
    return edit.record


def system(workspace: Workspace, work: UnitOfWork, name: str, **more: str) -> Any:  # noqa: ANN401  # any record
    base = {"kind": "网站", "stage": "运行", "ownership__operating_unit": OWN}
    return added(workspace, work, "system", name=name, **(base | more))


def test_choices_levels_and_references_are_read_as_people_write_them(workspace: Workspace) -> None:
    with workspace.begin() as work:
        made = system(workspace, work, "门户", grading__system_service="二级")
        work.commit()
    with workspace.begin() as work:
        cells = to_cells(find_record(work, "system", "门户"))
        assert cells["kind"] == "website"
        assert cells["grading.system_service"] == 2
        assert work.units.get(str(cells["ownership.operating_unit"])) is not None
        assert cells["id"] == made.id


def test_every_wrong_value_is_named_and_nothing_is_written(workspace: Workspace) -> None:
    with workspace.begin() as work, pytest.raises(WrongEditError) as caught:
        added(
            workspace,
            work,
            "system",
            name="机密文件库",
            kind="websit",
            stage="running",
            ownership__operating_unit="没有这个单位",
            registration__icp_number="12",
        )
    codes = {type(one).__name__ for one in caught.value.problems}
    assert "SecretSystemError" in codes
    assert len(caught.value.problems) == 4
    assert caught.value.exit_code == 2
    with workspace.begin() as work:
        assert work.systems.count() == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１２７.０.０.９９", "127.0.0.99"),
        ("１０．１．２．３", "10.1.2.3"),
        ("ｗｗｗ。ｓｃｈｏｏｌ。example", "www.school.example"),
        ("www.school\u200b.example", "www.school.example"),
        ("２００１：db8：：1", "2001:db8::1"),
    ],
)
def test_places_typed_in_wide_signs_are_folded_before_they_are_judged(
    workspace: Workspace, typed: str, kept: str
) -> None:
    settings = {"value": typed}
    guess_kind(settings)
    with workspace.begin() as work:
        made = added(workspace, work, "endpoint", **settings)
    assert made.value == kept
    assert made.kind is (EndpointKind.NAME if "school" in kept else EndpointKind.ADDRESS)


def test_nobody_hides_signs_in_a_name(workspace: Workspace) -> None:
    with workspace.begin() as work:
        made = system(workspace, work, "云\u200b溪\ufeff（２０２６）\u2028门户Ａ")
        assert made.name == "云溪（2026） 门户A"


def test_a_missing_field_is_named(workspace: Workspace) -> None:
    with workspace.begin() as work, pytest.raises(WrongEditError) as caught:
        added(workspace, work, "system", name="门户")
    assert {one.details["key"] for one in caught.value.problems} == {"kind"}


@pytest.mark.parametrize("name", ["涉密办公系统", "绝 密文件柜"])
def test_a_secret_system_is_refused_by_name(workspace: Workspace, name: str) -> None:
    with workspace.begin() as work, pytest.raises(WrongEditError) as caught:
        system(workspace, work, name)
    assert [type(one) for one in caught.value.problems] == [SecretSystemError]


def test_an_edit_says_what_it_changes_and_an_empty_value_empties(workspace: Workspace) -> None:
    with workspace.begin() as work:
        made = system(workspace, work, "门户", note="旧")
        edit = plan_edit(work, made, {"note": "", "name": "门户网站"}, language())
        assert edit.changes == {"name": ("门户", "门户网站"), "note": ("旧", "")}
        assert plan_edit(work, made, {"name": "门户"}, language()).changes == {}
        with pytest.raises(NothingToChangeError):
            plan_edit(work, made, {}, language())


def test_retiring_a_system_stops_it_and_keeps_it(workspace: Workspace) -> None:
    with workspace.begin() as work:
        made = system(workspace, work, "门户")
        carry_out(work, workspace.actor, plan_retire(made, date(2026, 11, 24)))
        work.commit()
    with workspace.begin() as work:
        found = find_record(work, "system", "门户")
        assert (found.stage.value, found.retired_on) == ("stopped", date(2026, 11, 24))


def test_a_contact_is_set_and_erased_and_never_in_the_history(workspace: Workspace) -> None:
    with workspace.begin() as work:
        person = find_record(work, "person", "林一帆")
        for text in ("0000-00000001", ""):
            edit = plan_contact(work, person.id, {"office_phone": text}, language())
            carry_out(work, workspace.actor, edit)
            found = work.contacts.get(person.id)
            assert found is not None
            assert found.office_phone == text
        work.commit()
    with workspace.begin() as work:
        history = [one.changes + one.object + one.action for one in work.chain.entries()]
        assert not [text for text in history if "0000-0000" in text]


@pytest.mark.parametrize(
    ("kind", "written", "path"),
    [
        ("system", "grading.system-service", "grading.system_service"),
        ("system", "domain_names", "business.domain_names"),
        ("unit", "credit_code", "credit_code"),
    ],
)
def test_a_field_is_found_by_path_or_its_last_part(kind: str, written: str, path: str) -> None:
    assert field_called(kind, written).path == path


@pytest.mark.parametrize(
    ("written", "near"),
    [("nmae", "name"), ("grading.system_servise", "grading.system_service"), ("id", "")],
)
def test_an_unknown_field_names_near_ones(written: str, near: str) -> None:
    with pytest.raises(UnknownFieldError) as caught:
        field_called("system", written)
    assert near in caught.value.details["near"]


def test_a_field_that_stands_in_two_groups_must_be_told_apart() -> None:
    with pytest.raises(UnknownFieldError) as caught:
        field_called("system", "number_of_nothing")
    assert caught.value.details["path"] == "number_of_nothing"
    with pytest.raises(UnknownFieldError) as caught:
        field_called("system", "person")
    assert "ownership.uses.person" in caught.value.details["near"]


def test_a_record_is_found_by_number_id_name_or_beginning(workspace: Workspace) -> None:
    with workspace.begin() as work:
        one = system(workspace, work, "教务管理系统")
        other = system(workspace, work, "教务平台")
        for text in ("1", "#1", one.id, "教务管理系统", "教务管", " 教务管理系统 "):
            assert find_record(work, "system", text) == one
        with pytest.raises(AmbiguousNameError) as several:
            find_record(work, "system", "教务")
        assert str(other.no) in several.value.details["candidates"]
        with pytest.raises(UnknownNameError) as unknown:
            find_record(work, "system", "教务管里系统")
        assert "教务管理系统" in unknown.value.details["near"]
