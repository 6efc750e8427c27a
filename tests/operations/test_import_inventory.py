"""Files meet the workspace: three-way, by name, all or nothing, and again without a change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from secops.contracts.inventory_files import InventoryFile
from secops.errors import InputError, SeveralInputsError
from secops.model.inventory import KINDS
from secops.operations.find_record import records_of
from secops.operations.import_plan import ImportPlan, OnConflict
from secops.wiring.inventory_files import export_as, import_files, read_files
from secops.wiring.workspace import Workspace

SMALL = """
units:
- {name: 甲校, kind: legal, parents: {administrative: 青竹市数据局}}
- {name: 乙校, kind: legal}
persons:
- {name: 王敏, unit: 甲校}
- {name: 王敏, unit: 乙校}
- {name: 钱多, unit: 甲校}
contacts:
- {person: 钱多, mobile: "13800000000"}
systems:
- name: 门户网站
  kind: website
  stage: running
  ownership:
    operating_unit: 甲校
    maintains: {unit: 甲校, person: 王敏, post: 管理员}
  grading: {business_information: 2, system_service: 2}
- {name: 门户网站, kind: website, stage: running, ownership: {operating_unit: 乙校}}
data_categories:
- {system: "门户网站 #1", name: 学籍}
"""


CIRCLE = """
units:
- {name: 丙, parents: {administrative: 丁}}
- {name: 丁, parents: {administrative: 丙}}
"""


def put(workspace: Workspace, text: str | bytes, name: str = "f.yaml") -> InventoryFile:
    path = workspace.path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (read,) = read_files([path])
    return read


def take(
    workspace: Workspace, *texts: str | bytes, on: OnConflict = OnConflict.REFUSE, dry: bool = False
) -> ImportPlan:
    files = [put(workspace, text, f"f{n}.yaml") for n, text in enumerate(texts)]
    return import_files(workspace, files, on, dry_run=dry)


def counts(plan: ImportPlan) -> tuple[int, int, int, int, int]:
    parts = (plan.added, plan.changed, plan.retired, plan.conflicts)
    added, changed, retired, conflicts = (len(one) for one in parts)
    return added, changed, retired, conflicts, plan.unchanged


def stored(workspace: Workspace) -> dict[str, list[object]]:
    with workspace.begin(reading=True) as work:
        return {kind: list(records_of(work, kind).all()) for kind in KINDS}


def head(workspace: Workspace) -> int:
    with workspace.begin(reading=True) as work:
        return work.chain.head().seq


def problems_of(workspace: Workspace, *texts: str | bytes) -> list[str]:
    before = stored(workspace)
    with pytest.raises(SeveralInputsError) as caught:
        take(workspace, *texts)
    assert stored(workspace) == before
    return [str(one).replace(f"{workspace.path}/", "") for one in caught.value.problems]


@pytest.fixture
def small(workspace: Workspace) -> Workspace:
    """Give a workspace that holds the small inventory."""
    text = SMALL.replace('"门户网站 #1"', '"#1"')
    first, second = text.split("data_categories:")
    take(workspace, first)
    take(workspace, "data_categories:" + second)
    return workspace


def test_a_second_import_of_the_same_file_changes_nothing(small: Workspace) -> None:
    before, links = stored(small), head(small)
    text = SMALL.replace('"门户网站 #1"', '"#1"')
    assert counts(take(small, text)) == (0, 0, 0, 0, 9)
    assert (stored(small), head(small)) == (before, links)


@pytest.mark.parametrize("form", ["yaml", "xlsx"])
def test_an_export_comes_back_without_a_change(small: Workspace, form: str) -> None:
    exported = export_as(small, form, Path("f"))
    before = stored(small)
    plan = take(small, exported.content)
    total = sum(len(rows) for rows in before.values())
    assert counts(plan) == (0, 0, 0, 0, total)
    assert stored(small) == before


def test_a_dry_run_shows_the_plan_and_writes_nothing(workspace: Workspace) -> None:
    before, links = stored(workspace), head(workspace)
    plan = take(workspace, SMALL.partition("data_cat")[0], dry=True)
    assert counts(plan) == (8, 0, 0, 0, 0)
    assert (stored(workspace), head(workspace)) == (before, links)


def test_of_two_persons_of_one_name_the_unit_beside_decides(small: Workspace) -> None:
    system = stored(small)["system"][0]
    person = stored(small)["person"]
    owner = getattr(system, "ownership").maintains  # noqa: B009  # any record
    one = next(x for x in person if getattr(x, "id") == owner.person)  # noqa: B009  # any record
    assert getattr(one, "unit") == owner.unit  # noqa: B009  # any record


def test_several_files_are_one_import(workspace: Workspace) -> None:
    persons = "persons:\n- {name: 孙洁, unit: 丙校}\n"
    plan = take(workspace, persons, "units:\n- {name: 丙校}\n")
    assert counts(plan) == (2, 0, 0, 0, 0)


def edited(workspace: Workspace, change: Callable[[str], str]) -> str:
    return change(export_as(workspace, "yaml", Path("f")).content.decode())


def _rename(text: str) -> str:
    return text.replace("title: 副校长", "title: 校长")


def test_only_what_the_file_changed_is_taken(small: Workspace) -> None:
    text = edited(small, lambda one: one.replace("post: 管理员", "post: 网管"))
    take(small, "systems:\n- {name: 门户网站, note: 新, ownership: {operating_unit: 甲校}}\n")
    plan = take(small, text)
    assert counts(plan)[1] == 1
    system = stored(small)["system"][0]
    assert getattr(system, "note") == "新"  # noqa: B009  # any record
    assert getattr(system, "ownership").maintains.post == "网管"  # noqa: B009  # any record


def _both_changed(workspace: Workspace) -> str:
    text = edited(workspace, lambda one: one.replace("post: 管理员", "post: 网管"))
    now = "ownership: {operating_unit: 甲校, maintains: {post: 主任}}"
    take(workspace, f"systems:\n- {{name: 门户网站, {now}}}\n")
    return text


def test_a_conflict_names_all_three_values_and_writes_nothing(small: Workspace) -> None:
    (said,) = problems_of(small, _both_changed(small))
    assert "exported '管理员', in the file '网管', now '主任'" in said


@pytest.mark.parametrize(
    ("on", "post"), [(OnConflict.TAKE_FILE, "网管"), (OnConflict.KEEP_NOW, "主任")]
)
def test_a_conflict_is_decided_as_told(small: Workspace, on: OnConflict, post: str) -> None:
    take(small, _both_changed(small), on=on)
    system = stored(small)["system"][0]
    assert getattr(system, "ownership").maintains.post == post  # noqa: B009  # any record


def test_a_contact_changed_on_both_sides_is_a_conflict_without_its_values(small: Workspace) -> None:
    text = edited(small, lambda one: one.replace("13800000000", "13900000000"))
    take(small, 'contacts:\n- {person: 钱多, mobile: "13700000000"}\n')
    (said,) = problems_of(small, text)
    assert "mobile" in said
    assert "13" not in said.partition("mobile")[2]


def test_the_kept_base_holds_no_contact_data(small: Workspace) -> None:
    import gzip  # noqa: PLC0415  # this test only

    revision = export_as(small, "yaml", Path("f")).revision
    assert b"13800000000" not in gzip.decompress(small.blobs.get(revision))


def test_a_renamed_unit_is_still_found_by_the_name_it_was_exported_with(small: Workspace) -> None:
    text = edited(small, lambda one: one.replace("name: 学籍", "name: 学籍数据"))
    unit = next(x for x in stored(small)["unit"] if getattr(x, "name") == "甲校")  # noqa: B009
    number = getattr(unit, "no")  # noqa: B009  # any record
    take(small, f"units:\n- {{number: {number}, name: 甲学校}}\n")
    assert counts(take(small, text))[:4] == (0, 1, 0, 0)


def test_a_row_that_is_left_out_is_not_removed(small: Workspace) -> None:
    text = edited(small, lambda one: one.partition("systems:")[0])
    before = stored(small)
    take(small, text)
    assert stored(small) == before


def test_a_mark_in_an_export_retires(small: Workspace) -> None:
    text = edited(
        small, lambda one: one.replace("  kind: website", "  mark: retire\n  kind: website", 1)
    )
    assert counts(take(small, text))[2] == 1
    assert getattr(stored(small)["system"][0], "retired_on")  # noqa: B009  # any record
    assert counts(take(small, text))[2] == 0


def test_emptied_in_an_export_is_emptied_here(small: Workspace) -> None:
    take(small, edited(small, lambda one: one.replace("post: 管理员", "post:")))
    system = stored(small)["system"][0]
    assert getattr(system, "ownership").maintains.post == ""  # noqa: B009  # any record


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "systems:\n- {name: 甲, mark: retire}\n",
            "f0.yaml:2:3: a mark of removal cannot be taken",
        ),
        (
            "systems:\n- {name: 甲, kind: app, stage: running, ownership: {operating_unit: 无}}\n",
            "f0.yaml:2:68: 'ownership.operating_unit': no unit is called '无'",
        ),
        ("persons:\n- {name: 甲, unit: 甲較}\n", "near: 甲校"),
        (
            "appointments:\n- {unit: 丙校, person: 王敏, post: contact_person}\n",
            "'unit': no unit is called '丙校'",
        ),
        ("contacts:\n- {person: 王敏, mobile: '1'}\n", "'王敏' may be any of: 王敏 #"),
        (
            "units:\n- {name: 丙}\n- {name: 丙}\n",
            "f0.yaml:3:3: this unit stands in the files twice",
        ),
        (
            CIRCLE,
            "'parents.administrative': 丙 > 丁 > 丙 goes round",
        ),
        ("units:\n- {name: 丙, parents: {reporting: 丙}}\n", "丙 > 丙 goes round"),
        ("units:\n- {name: 丙, credit_code: '12'}\n", "f0.yaml:2:26: 'credit_code' must be 18"),
        ("endpoints:\n- {value: 192.0.2.300}\n", "'value' must be"),
        ("systems:\n- {name: 甲, ownership: {operating_unit: 甲校}}\n", "'kind' is missing"),
        ("systems:\n- {kind: app}\n", "'ownership.operating_unit' is missing"),
        ("units:\n- {number: 99, name: 甲}\n", "'no': no unit is called '99'"),
        ("units:\n- {id: abc, name: 甲}\n", "revision '-' was not exported"),
        (f"revision: sha256:{'0' * 64}\nunits:\n- {{name: 甲}}\n", "was not exported from this"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_written(small: Workspace, text: str, said: str) -> None:
    assert any(said in one for one in problems_of(small, text)), problems_of(small, text)


def test_a_good_row_is_not_written_beside_a_bad_one(small: Workspace) -> None:
    text = "units:\n- {name: 丙校}\n- {name: 丁校, credit_code: '12'}\npersons:\n- {name: x}\n"
    assert len(problems_of(small, text)) == 2


def test_what_reads_like_a_state_secret_is_refused(small: Workspace) -> None:
    text = (
        "systems:\n- {name: 涉密办公系统, kind: platform, stage: running,"
        " ownership: {operating_unit: 甲校}}\n"
    )
    assert "state-secret" in problems_of(small, text)[0]


def test_an_unreadable_file_is_an_input_error(workspace: Workspace) -> None:
    with pytest.raises(InputError):
        read_files([Path(workspace.path)])
