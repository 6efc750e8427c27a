"""A ledger that only names units and persons: proposed where its mapping says so, never merged."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.errors import SecopsError, SeveralInputsError
from secops.model.unit import UnitKind
from secops.operations.import_plan import ImportPlan, OnConflict
from secops.wiring.inventory_files import import_files, read_files
from secops.wiring.workspace import Workspace

MAP = """
sheets:
- kind: system
  columns: {联系电话: ownership.maintains.person.mobile}
  constants: {stage: running}
  add_missing: [person, unit]
"""
HEAD = "系统名称,运营单位,系统类型,运维单位,运维责任人,联系电话,使用责任人"
STORED = """
secops: inventory
units:
- {name: 甲校, short_name: 一中}
- {name: 乙校}
- {name: 信息中心, kind: department, parents: {administrative: 乙校}}
persons:
- {name: 秦穗, unit: 信息中心}
- {name: 方舟, unit: 甲校}
"""


def take(workspace: Workspace, *rows: str, mapping: str = MAP) -> ImportPlan:
    stored, ledger, map_file = (workspace.path / n for n in ("s.yaml", "l.csv", "m.yaml"))
    stored.write_text(STORED, "utf-8")
    ledger.write_text("\n".join([HEAD, *rows]), "utf-8")
    map_file.write_text(mapping, "utf-8")
    with workspace.begin(reading=True) as work:
        is_new = work.units.count() == 1
    if is_new:
        import_files(workspace, read_files([stored]), OnConflict.REFUSE, dry_run=False)
    return import_files(workspace, read_files([ledger], map_file), OnConflict.REFUSE, dry_run=False)


def added(plan: ImportPlan) -> list[tuple[str, str, str, str]]:
    return [(one.kind, one.name, one.within, one.named_at.rpartition("/")[2]) for one in plan.added]


def test_a_department_and_its_person_are_proposed_where_the_row_names_them(
    workspace: Workspace,
) -> None:
    plan = take(workspace, "门户,一中,网站,信息中心,秦穗,0000-1,方舟")
    assert added(plan) == [
        ("unit", "信息中心", "甲校", "l.csv:2:4"),
        ("person", "秦穗", "信息中心", "l.csv:2:5"),
        ("contact", "秦穗", "", ""),
        ("system", "门户", "", ""),
    ]
    (notice,) = [one for one in plan.notices if "name" in one.details]
    assert notice.details == {"name": "秦穗", "other": "信息中心", "unit": "信息中心"}
    with workspace.begin(reading=True) as work:
        (system,) = work.systems.all()
        unit, person = system.ownership.maintains.unit, system.ownership.maintains.person
        assert unit
        assert person
        department = work.units.get(unit)
        assert department
        assert department.kind is UnitKind.DEPARTMENT
        contact = work.contacts.get(person)
        assert contact
        assert contact.mobile == "0000-1"
        used_by = work.persons.get(system.ownership.uses.person or "")
        assert used_by
        assert used_by.no == 3  # the one who is there; the officer of the workspace is 1


def test_the_second_import_adds_nothing(workspace: Workspace) -> None:
    row = "门户,丙校,网站,信息中心,秦穗,0000-1,方舟"
    first = take(workspace, row, row.replace("门户", "办公"))
    kinds = [one.kind for one in first.added]
    assert kinds == ["unit", "unit", "person", "person", "contact", "system", "system"]
    again = take(workspace, row, row.replace("门户", "办公"))
    assert again.rows == ()


@pytest.mark.parametrize(
    ("row", "mapping", "said"),
    [
        ("门户,甲校,网站,信息部,秦穗,,", MAP.replace("[person, unit]", "[person]"), "信息部"),
        ("门户,甲校,网站,甲校,新人,,", MAP.replace("[person, unit]", "[unit]"), "新人"),
        ("门户,甲校,网站,甲校,新人、旧人,,", MAP, "新人、旧人"),
        ("门户,甲校,网站,甲校,新人 0000,,", MAP, "新人 0000"),
    ],
)
def test_what_may_not_be_added_is_refused(
    workspace: Workspace, row: str, mapping: str, said: str
) -> None:
    with pytest.raises(SeveralInputsError) as caught:
        take(workspace, row, mapping=mapping)
    assert any(said in str(one) for one in caught.value.problems)
    with workspace.begin(reading=True) as work:
        assert work.systems.count() == 0


def test_two_numbers_of_one_person_are_refused(workspace: Workspace) -> None:
    with pytest.raises(SeveralInputsError) as caught:
        take(
            workspace,
            "门户,甲校,网站,甲校,新人,0000-0000001,",
            "办公,甲校,网站,甲校,新人,0000-0000002,",
        )
    (problem,) = caught.value.problems
    assert "l.csv:3:6" in str(problem)


def test_a_mapping_that_adds_other_kinds_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Exception, match="add_missing"):
        take(workspace, mapping=MAP.replace("[person, unit]", "[system]"))


def test_a_missing_column_is_said_once(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text("系统名称,系统类型\n" + "甲,网站\n乙,网站\n丙,网站\n", "utf-8")
    with pytest.raises(SeveralInputsError) as caught:
        import_files(workspace, read_files([path]), OnConflict.REFUSE, dry_run=True)
    (problem,) = caught.value.problems
    assert "'运营单位' is missing" in str(problem)


IP_HEAD = "系统名称,运营单位,系统类型,服务器IP"


def _ledger(workspace: Workspace, *lines: str) -> ImportPlan:
    take(workspace)  # the units
    ledger, map_file = workspace.path / "ip.csv", workspace.path / "m.yaml"
    ledger.write_text("\n".join(lines), "utf-8")
    files = read_files([ledger], map_file)
    return import_files(workspace, files, OnConflict.REFUSE, dry_run=False)


def test_addresses_beside_systems_are_proposed_as_their_endpoints(workspace: Workspace) -> None:
    rows = ("门户,甲校,网站,192.0.2.1", "教务,甲校,信息系统,192.0.2.1、192.0.2.0/24;192.0.2.2")
    plan = _ledger(workspace, IP_HEAD, *rows)
    places = [one for one in added(plan) if one[0] == "endpoint"]
    assert places == [
        ("endpoint", "192.0.2.1", "", "ip.csv:2:4"),
        ("endpoint", "192.0.2.2", "", "ip.csv:3:4"),
    ]
    with workspace.begin(reading=True) as work:
        names = {one.id: one.name for one in work.systems.all()}
        found = {x.value: [names[one] for one in x.systems] for x in work.endpoints.all()}
    assert found == {"192.0.2.1": ["门户", "教务"], "192.0.2.2": ["教务"]}
    assert not _ledger(workspace, IP_HEAD, *rows).rows


def problems(workspace: Workspace, *rows: str) -> list[SecopsError]:
    with pytest.raises(SeveralInputsError) as caught:
        take(workspace, *rows)
    return list(caught.value.problems)


def test_two_names_in_one_cell_are_called_so(workspace: Workspace) -> None:
    (error,) = problems(workspace, "门户,甲校,网站,,陈阿三、李四,,")
    assert error.code == "inventory.several-names"
    assert error.details == {"key": "运维责任人", "found": "陈阿三、李四"}


def test_differing_numbers_of_one_person_are_said_once_with_the_name(workspace: Workspace) -> None:
    rows = [f"系统{one},甲校,网站,,方舟,0000-{one}," for one in range(4)]
    (error,) = problems(workspace, *rows)
    assert error.code == "inventory.differing-contacts"
    assert error.details["person"] == "方舟"


def test_mistakes_come_in_the_order_of_the_rows(workspace: Workspace) -> None:
    rows = ["门户,甲校,网站,,陈阿三、李四,,", "教务,甲校,什么,,,,", "图书,甲校,网站,,甲、乙,,"]
    places = [str(one.where).partition("l.csv:")[2] for one in problems(workspace, *rows)]
    assert list(dict.fromkeys(places)) == ["2:5", "3:3", "4:5"]


def test_a_missing_column_hints_at_the_mapping_file(workspace: Workspace) -> None:
    with pytest.raises(SeveralInputsError) as caught:
        _ledger(workspace, "系统名称,系统类型", "门户,网站")
    (error,) = caught.value.problems
    assert "constants:" in error.mend


def test_changed_references_are_previewed_by_name(workspace: Workspace) -> None:
    take(workspace, "门户,甲校,网站,,,,方舟")
    plan = take(workspace, "门户,甲校,网站,,,,秦穗")
    (row,) = plan.changed
    assert [(one.before, one.after) for one in row.changes] == [("方舟", "秦穗 #4")]
