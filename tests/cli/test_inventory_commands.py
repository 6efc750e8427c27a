"""The register commands, `inventory check` and `owner`, as a user or script runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from secops.settings.data import data_folder
from tests.schemas import fits_its_schema


def ran(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(secops, ["-C", str(folder), *arguments], catch_exceptions=False)


@pytest.fixture
def sample(workspace_folder: Path) -> Path:
    """Fill a workspace with the sample inventory."""
    done = ran(workspace_folder, "import", str(data_folder("inventory") / "sample.yaml"))
    assert done.exit_code == 0, done.output
    return workspace_folder


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["inventory", "check"], 1), (["system", "list"], 0), (["system", "list", "--limit", "3"], 0)],
)
def test_json_fits_its_schema(sample: Path, arguments: list[str], code: int) -> None:
    done = ran(sample, "--json", *arguments)
    assert done.exit_code == code
    fits_its_schema(done.stdout)


def test_the_empty_template_imports_and_changes_nothing(workspace_folder: Path) -> None:
    done = ran(workspace_folder, "import", str(data_folder("inventory") / "empty.yaml"))
    assert done.exit_code == 0, done.output
    assert json.loads(ran(workspace_folder, "--json", "system", "list").stdout)["systems"] == []


def test_pages_follow_each_other_without_gap_or_repetition(sample: Path) -> None:
    numbers: list[int] = []
    after = 0
    while True:
        text = ran(
            sample, "--json", "system", "list", "--limit", "4", "--after", str(after), "--retired"
        ).stdout
        page = json.loads(text)
        numbers += [one["no"] for one in page["systems"]]
        after = page["next_after"]
        if not after:
            break
    assert numbers == list(range(1, 31))


@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (["--level", "3", "--unit", "云溪学院"], [11, 13, 14, 28]),
        (["--unit", "云溪一中", "--kind", "website"], [22]),
        (["--lacking", "owners"], [10, 12, 16, 18]),
        (["--lacking", "contacts", "--unit", "云溪市第七中学"], [25]),
        (["--stage", "building"], [19, 29]),
        (["--stage", "stopped"], []),
        (["--stage", "stopped", "--retired"], [8]),
    ],
)
def test_systems_are_listed_by_what_is_asked(
    sample: Path, filters: list[str], numbers: list[int]
) -> None:
    page = json.loads(ran(sample, "--json", "system", "list", *filters).stdout)
    assert [one["no"] for one in page["systems"]] == numbers


def test_output_to_a_file_is_tab_separated_in_full(sample: Path) -> None:
    lines = ran(sample, "system", "list", "--limit", "2").stdout.splitlines()
    assert [line.count("\t") for line in lines] == [7, 7, 7]


@pytest.mark.parametrize(
    "arguments",
    [
        ["unit", "add", "--name", "新学校"],
        ["person", "add", "--name", "新人", "--unit", "云溪学院", "--phone", "0000-00000099"],
        ["system", "add", "--name", "新系统", "--unit", "云溪学院", "--maintains", "裴清和"],
        ["system", "edit", "1", "--set", "note=改"],
        ["endpoint", "add", "--value", "127.0.10.99", "--system", "1"],
        ["system", "retire", "1"],
        ["appointment", "retire", "1", "--on", "2026-01-01"],
        ["register", "supply", "add", "--system", "1", "--supplier", "岫云数据", "--service", "云"],
        ["register", "supply", "retire", "1"],
        ["register", "data", "add", "--system", "1", "--name", "学籍", "--level", "important"],
        ["register", "data", "edit", "1", "--department", "教务处"],
    ],
)
def test_a_dry_run_shows_what_the_real_run_writes(sample: Path, arguments: list[str]) -> None:
    def entries() -> int:
        return len(
            json.loads(ran(sample, "--json", "audit", "list", "--limit", "100000").stdout)[
                "entries"
            ]
        )

    before = entries()
    planned = json.loads(ran(sample, "--json", *arguments, "--dry-run").stdout)
    assert entries() == before
    done = json.loads(ran(sample, "--json", *arguments).stdout)
    assert done["changes"] == planned["changes"]
    assert entries() > before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["system", "add", "--name", "绝密文件", "--unit", "云溪学院"], "涉密"),
        (["system", "edit", "1", "--set", "gradng.reason=x"], "grading.reason"),
        (["system", "edit", "教务", "--name", "x"], "(11)"),
        (["unit", "edit", "云溪学院", "--code", "124301000000000019"], "校验"),
        (["endpoint", "add", "--value", "127.1", "--system", "1"], "127.1"),
        (["system", "edit", "1"], "--set"),
        (["person", "show", "没有这人"], "没有这人"),
    ],
)
def test_a_wrong_edit_says_what_and_how_to_mend(
    sample: Path, arguments: list[str], said: str
) -> None:
    done = ran(sample, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_owner_masks_contacts_and_showing_them_leaves_a_note(sample: Path) -> None:
    hidden = ran(sample, "owner", "127.0.10.11:18443")
    assert hidden.exit_code == 0
    assert "0000-00000025" not in hidden.stdout
    shown = ran(sample, "owner", "127.0.10.11:18443", "--show-contacts")
    assert "0000-00000025" in shown.stdout
    history = ran(sample, "--json", "audit", "list", "--limit", "100000").stdout
    assert history.count("contact.show") == 3
    assert "0000-00000025" not in history
    assert ran(sample, "audit", "verify").exit_code == 0  # neither contacts nor notes break it


@pytest.mark.parametrize(("place", "code"), [("127.0.10.250", 1), ("0x7f.1", 2)])
def test_owner_of_nothing(sample: Path, place: str, code: int) -> None:
    assert ran(sample, "owner", place).exit_code == code


def test_a_good_inventory_ends_with_zero(workspace_folder: Path) -> None:
    person = "林一帆"
    assert ran(workspace_folder, "person", "edit", person, "--phone", "0000-1").exit_code == 0
    for post in (
        "first_responsible",
        "deputy_in_charge",
        "security_department",
        "technical_support",
    ):
        done = ran(
            workspace_folder,
            "appointment",
            "add",
            "--unit",
            "1",
            "--person",
            person,
            "--post",
            post,
        )
        assert done.exit_code == 0, done.output
    three = [
        x for role in ("supervises", "maintains", "uses") for x in (f"--{role}", f"{person}:主任")
    ]
    own = ["--name", "办公系统", "--unit", "1", "--s", "1", "--a", "1", *three]
    assert ran(workspace_folder, "system", "add", *own).exit_code == 0
    assert ran(workspace_folder, "inventory", "check").exit_code == 1
    assert (
        ran(workspace_folder, "endpoint", "add", "--value", "::1", "--system", "1").exit_code == 0
    )
    done = ran(workspace_folder, "inventory", "check")
    assert done.exit_code == 0, done.output


def test_a_supply_is_listed_until_it_is_over(workspace_folder: Path) -> None:
    made = ["--name", "办公系统", "--unit", "1", "--kind", "platform"]
    assert ran(workspace_folder, "system", "add", *made).exit_code == 0
    for day in ("2020-01-01", "2999-01-01"):
        of = ["--system", "1", "--supplier", "1", "--service", f"服务 {day}", "--until", day]
        assert ran(workspace_folder, "register", "supply", "add", *of).exit_code == 0

    def listed(*options: str) -> list[str]:
        text = ran(workspace_folder, "--json", "register", "supply", "list", *options).stdout
        return [one["service"] for one in json.loads(text)["records"]]

    assert listed() == ["服务 2999-01-01"]
    assert listed("--retired") == ["服务 2020-01-01", "服务 2999-01-01"]


def test_a_data_category_has_no_end(workspace_folder: Path) -> None:
    assert ran(workspace_folder, "register", "data", "retire", "1").exit_code == 2


def test_contacts_of_a_person_are_masked_until_asked_for(sample: Path) -> None:
    number = "0000-00000077"
    for done in (
        ran(sample, "person", "edit", "裴清和", "--phone", number),
        ran(sample, "--json", "person", "edit", "裴清和", "--phone", number[:-1], "--dry-run"),
        ran(sample, "person", "show", "裴清和"),
    ):
        assert done.exit_code == 0
        assert number not in done.stdout
        assert number[:-1] not in done.stdout
    shown = ran(sample, "person", "show", "裴清和", "--show-contacts")
    assert shown.exit_code == 0, shown.stderr
    assert number in shown.stdout
    history = ran(sample, "--json", "audit", "list", "--limit", "100000").stdout
    assert history.count("contact.show") == 1
    assert number not in history


def test_no_lists_is_counts_only(sample: Path) -> None:
    whole = ran(sample, "inventory", "check")
    counts = ran(sample, "inventory", "check", "--no-lists")
    assert counts.exit_code == whole.exit_code == 1
    assert whole.stdout.startswith(counts.stdout)
    assert "云溪学院" in counts.stdout
    assert "自相矛盾" not in counts.stdout
    assert "(" not in counts.stdout
