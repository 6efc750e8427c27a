"""A kit that a real office program opens and saves: nothing is lost, nothing is made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.filled_kits import (
    CHECK,
    SCHOOL,
    Filled,
    county,
    document,
    fill_kit,
    kits_of,
    row_of,
    unit_in,
)
from tests.cli.test_forms_through_office import saved_by_office

pytestmark = pytest.mark.slow
FIRST, ROLES = f"{CHECK}/responsibility/first-responsible", f"{CHECK}/responsibility/four-roles"
HARD = "=1+1 0012 第二段 <b>&"


def test_nothing_is_lost_when_an_office_program_saves_the_kit_in_between(tmp_path: Path) -> None:
    say = county(tmp_path)
    assert say("system", "edit", "一小网站", "--set", f"note={HARD}").exit_code == 0
    mobile = ("person", "edit", "赵晴川", "--set", "title=0012", "--mobile", "010-12345678")
    assert say(*mobile).exit_code == 0
    kit = kits_of(say, tmp_path / "kits")[SCHOOL]
    opened = saved_by_office(kit, tmp_path)
    untouched = unit_in(document(say("--json", "kit", "merge", str(opened))))
    assert (untouched["state"], untouched["changes"]) == ("unchanged", [])

    site = row_of(opened, "系统和网站", "一小网站")
    filled = fill_kit(
        opened,
        tmp_path / "filled.xlsx",
        Filled(
            entries={
                FIRST: {"value": "否"},
                ROLES: {"n": 2, "of": 4},
                site: {"filing.number": "0012", "grading.business_information": "二级"},
            },
            added=[("系统和网站", {"name": "一小公众号", "kind": "公众号", "stage": "运行中"})],
            post="校长",
        ),
    )
    done = unit_in(document(say("--json", "kit", "merge", str(saved_by_office(filled, tmp_path)))))
    assert (done["state"], done["answered"], done["systems_added"]) == ("taken", 2, 1)
    system = json.loads(say("--json", "system", "show", "一小网站").output)["record"]
    assert system["filing.number"] == "0012"
    assert system["grading.business_information"] == 2
    assert system["note"] == HARD
    person = say("--json", "person", "show", "赵晴川", "--show-contacts").output
    assert json.loads(person)["record"]["mobile"] == "010-12345678"
