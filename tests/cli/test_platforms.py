"""A cloud operator states, a school on it inherits: two workspaces, one signed file."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from secops.cli.root import secops
from tests.cli.terminal import Terminal
from tests.schemas import fits_its_schema

Say = Callable[..., Result]
WORDS = "正确的马电池订书钉再加几个字"
LAST_DAY = (date.today() + timedelta(days=300)).isoformat()  # noqa: DTZ011  # far enough on any clock
RUNNING = ("--kind", "platform", "--stage", "running")
ROOM = ("8.1.1.2", "8.1.1.3.a", "8.2.1.1", "8.2.2.1.a")


def _in(folder: Path) -> Say:
    def say(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(secops, ["-C", str(folder), *arguments], input=typed)

    return say


def _done(result: Result) -> Any:  # noqa: ANN401  # a document
    assert result.exit_code == 0, result.output
    if not result.output.startswith("{"):
        return None
    fits_its_schema(result.output)
    return json.loads(result.output)


def _workspace(folder: Path, unit: str, person: str) -> Say:
    said = ["init", str(folder), "--unit", unit, "--person", person]
    assert CliRunner().invoke(secops, said).exit_code == 0
    return _in(folder)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """Give a file with a passphrase."""
    path = tmp_path / "passphrase"
    path.write_text(WORDS + "\n", "utf-8")
    return path


@pytest.fixture
def operator(tmp_path: Path, secret: Path) -> Say:
    """Give the operator's workspace: a cloud of level 3, frozen, and a key."""
    say = _workspace(tmp_path / "operator", "青竹市政务云中心", "陈知行")
    cloud = ("--kind", "cloud", "--stage", "running", "--unit", "1", "--s", "3", "--a", "3")
    role = ("--set", "technology.cloud.roles=provider")
    _done(say("system", "add", "--name", "政务云", *cloud, *role))
    _done(say("assess", "start", "1"))
    for item in ROOM:
        _done(say("assess", "answer", "1", item, "符合"))
    _done(say("assess", "freeze", "1"))
    _done(say("--json", "key", "new", "--passphrase-file", str(secret)))
    return say


@pytest.fixture
def school(tmp_path: Path) -> Say:
    """Give a school's workspace: a system of level 2 on that cloud, its check begun."""
    say = _workspace(tmp_path / "school", "青竹市第一中学", "林一帆")
    where = ("--kind", "website", "--stage", "running", "--unit", "1", "--s", "2", "--a", "2")
    role = ("--set", "technology.cloud.roles=customer")
    _done(say("system", "add", "--name", "学校网站", *where, *role))
    _done(say("assess", "start", "1"))
    return say


def _exchange_keys(operator: Say, school: Say, tmp_path: Path) -> None:
    key = tmp_path / "operator.key.json"
    (listed,) = _done(operator("--json", "key", "export", "--to", str(key)))["keys"]
    said = ("key", "enrol", str(key), "--fingerprint", listed["fingerprint"])
    _done(school("--json", *said))


def _state(operator: Say, file: Path, secret: Path, *more: str) -> Any:  # noqa: ANN401  # a document
    said = ("platform", "statement", "1", "--valid-until", LAST_DAY, "--covers", "pe")
    sealed = ("--to", str(file), "--passphrase-file", str(secret))
    return _done(operator("--json", *said, *sealed, *more))


def test_a_school_inherits_what_the_cloud_states(
    operator: Say, school: Say, tmp_path: Path, secret: Path
) -> None:
    file = tmp_path / "cloud.json"
    assert school("platform", "check").exit_code == 1  # it stands on a cloud, and inherits nothing
    made = _state(operator, file, secret)
    assert made["statements"][0]["items"] == 4
    refused = school("platform", "import", str(file))
    assert (refused.exit_code, "未登记" in refused.output) == (3, True)

    _exchange_keys(operator, school, tmp_path)
    assert _done(school("--json", "platform", "import", str(file), "--dry-run"))["dry_run"]
    assert _done(school("--json", "platform", "list"))["statements"] == []
    _done(school("--json", "platform", "import", str(file)))
    shown = _done(school("--json", "platform", "show", "1"))
    assert [one["clause"] for one in shown["stated"]] == list(ROOM)

    taken = _done(school("--json", "platform", "inherit", "1", "--statement", "1"))
    assert [one["clause"] for one in taken["items"]] == [
        *("7.1.1.2", "7.1.1.3.a"),
        *("7.2.1.1", "7.2.2.1.a"),
    ]
    listed = school("assess", "status", "1", "--items").output
    assert "继承自 政务云（青竹市政务云中心），平台负责；陈知行" in listed
    items = _done(school("--json", "score", "1", "--explain"))["items"]
    inherited = [one["inherited"] for one in items if one["inherited"]]
    assert {one["statement"] for one in inherited} == {made["statements"][0]["digest"]}
    assert not any(one["answers"] for one in items)

    checked = _done(school("--json", "platform", "check"))
    assert (checked["tenants"], checked["troubles"]) == (1, [])
    later = school("--json", "platform", "check", "--as-of", "2099-01-01")
    assert later.exit_code == 1
    assert [one["kind"] for one in json.loads(later.output)["troubles"]] == ["expired"]
    assert _done(school("--json", "finding", "list"))["findings"] == []

    refused = school("assess", "answer", "1", "7.1.1.2", "不符合")
    assert (refused.exit_code, "政务云" in refused.output) == (2, True)
    _done(school("--json", "platform", "inherit", "1", "--item", "7.1.1.2", "--duty", "tenant"))
    _done(school("assess", "answer", "1", "7.1.1.2", "不符合"))
    _done(school("assess", "freeze", "1"))
    printed = school("report", "rectification", "--system", "1", "--format", "html")
    assert printed.exit_code == 0, printed.output
    (paper,) = (tmp_path / "school" / "documents").glob("*.html")
    assert "继承自政务云（青竹市政务云中心），平台负责：符合" in paper.read_text("utf-8")
    assert school("audit", "verify").exit_code == 0


def test_a_worse_statement_is_a_finding_at_the_school(
    operator: Say, school: Say, tmp_path: Path, secret: Path
) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    _state(operator, first, secret)
    _exchange_keys(operator, school, tmp_path)
    _done(school("platform", "import", str(first)))
    _done(school("platform", "inherit", "1", "--statement", "1"))
    _done(operator("assess", "revise", "1"))
    _done(operator("assess", "answer", "1", "8.1.1.2", "不符合"))
    _done(operator("assess", "freeze", "1"))
    _state(operator, second, secret)
    imported = _done(school("--json", "platform", "import", str(second)))
    assert len(imported["findings"]) == 1
    (found,) = _done(school("--json", "finding", "list"))["findings"]
    assert (found["source"], found["item"]) == ("platform", "gb22239/pe/access-1")
    checked = school("--json", "platform", "check")
    assert checked.exit_code == 1
    kinds = [one["kind"] for one in json.loads(checked.output)["troubles"]]
    assert kinds == ["worse", "outdated"]
    assert school("platform", "import", str(first)).exit_code == 3  # kept already
    assert school("platform", "inherit", "1", "--statement", "1").exit_code == 2  # the older one
    _done(school("platform", "inherit", "1", "--statement", "2"))
    _done(school("assess", "answer", "1", "7.1.9.1.a", "符合"))
    report = school("report", "rectification", "--system", "1", "--format", "html")
    assert report.exit_code == 0, report.output
    (paper,) = (tmp_path / "school" / "documents").glob("*.html")
    text = paper.read_text("utf-8")
    assert "问题一览（1个" in text
    assert "平台负责：不符合" in text


def test_within_one_workspace_no_file_and_no_key_is_needed(school: Say) -> None:
    room = ("--kind", "platform", "--stage", "running", "--unit", "1", "--s", "2", "--a", "2")
    _done(school("system", "add", "--name", "学校机房", *room))
    _done(school("assess", "start", "2"))
    _done(school("assess", "answer", "2", "7.1.1.2", "部分符合"))
    none = school("platform", "statement", "2", "--valid-until", LAST_DAY, "--covers", "pe")
    assert none.exit_code == 2  # nothing is frozen
    _done(school("assess", "freeze", "2"))
    assert school("platform", "inherit", "1", "--from", "2").exit_code == 2  # nothing is stated
    duty = ("--duty", "7.1.1.2=both")
    said = ("platform", "statement", "2", "--valid-until", LAST_DAY, *duty)
    assert _done(school("--json", *said, "--dry-run"))["dry_run"]
    made = _done(school("--json", *said))["statements"][0]
    assert (made["key"], made["origin"]) == (None, "made")
    (one,) = _done(school("--json", "platform", "inherit", "1", "--from", "2"))["items"]
    assert (one["duty"], one["value"]) == ("both", "partially_compliant")
    counts = _done(school("--json", "score", "1"))["counts"]
    assert counts["partially_compliant"] == 0  # the tenant's half is open
    _done(school("assess", "answer", "1", "7.1.1.2", "符合"))
    assert _done(school("--json", "score", "1"))["counts"]["partially_compliant"] == 1


@pytest.mark.parametrize(
    "said",
    [
        (),
        ("--duty", "tenant"),
        ("--item", "7.1.1.2"),
        ("--statement", "1", "--from", "1"),
        ("--statement", "1", "--duty", "tenant", "--item", "7.1.1.2"),
        ("--statement", "9"),
        ("--item", "7.1.1.2", "--duty", "tenant"),  # it inherits nothing
    ],
)
def test_what_cannot_be_inherited_so_is_refused(school: Say, said: tuple[str, ...]) -> None:
    assert school("platform", "inherit", "1", *said).exit_code == 2


@pytest.mark.parametrize("duty", ["8.1.1.2", "8.1.1.2=all", "=both"])
def test_a_duty_is_written_with_its_item(operator: Say, duty: str) -> None:
    said = ("platform", "statement", "1", "--valid-until", LAST_DAY, "--duty", duty)
    assert operator("-q", *said).exit_code == 2


def test_a_private_key_is_sealed_and_nowhere_else(
    operator: Say, tmp_path: Path, secret: Path
) -> None:
    folder = tmp_path / "operator" / "keys"
    (sealed,) = folder.iterdir()
    if os.name == "posix":
        assert stat.S_IMODE(sealed.stat().st_mode) == 0o600
    for path in (tmp_path / "operator").rglob("*"):
        assert not path.is_file() or WORDS.encode() not in path.read_bytes()
    again = operator("key", "new", "--passphrase-file", str(secret))
    assert (again.exit_code, "已有密钥" in again.output) == (2, True)
    sealed.unlink()
    said = ("platform", "statement", "1", "--valid-until", LAST_DAY, "--covers", "pe")
    gone = operator(*said, "--to", str(tmp_path / "x"), "--passphrase-file", str(secret))
    assert (gone.exit_code, "私钥" in gone.output) == (2, True)


@pytest.mark.parametrize(
    ("said", "problem"), [("too short\n", "不足"), ("\n", "不足"), (None, "没有给出口令")]
)
def test_a_key_needs_a_passphrase_that_is_long_enough(
    school: Say, tmp_path: Path, said: str | None, problem: str
) -> None:
    file = tmp_path / "weak"
    named = ("--passphrase-file", str(file)) if said else ()
    file.write_text(said or "", "utf-8")
    result = school("key", "new", *named)
    assert result.exit_code == 2
    assert problem in result.output
    assert _done(school("--json", "key", "list"))["keys"] == []


def test_the_environment_may_name_the_file_and_a_line_end_is_no_part_of_it(
    school: Say, tmp_path: Path, secret: Path
) -> None:
    named = {"SECOPS_PASSPHRASE_FILE": str(secret)}
    folder = str(tmp_path / "school")
    made = CliRunner().invoke(secops, ["-C", folder, "key", "new"], env=named)
    assert made.exit_code == 0, made.output
    secret.write_text(WORDS + "\r\nmore\n", "utf-8")
    _done(
        school("system", "add", "--name", "机房", "--unit", "1", "--s", "2", "--a", "2", *RUNNING)
    )
    _done(school("assess", "start", "2"))
    _done(school("assess", "answer", "2", "7.1.1.2", "符合"))
    _done(school("assess", "freeze", "2"))
    said = ["platform", "statement", "2", "--valid-until", LAST_DAY, "--covers", "pe"]
    file = tmp_path / "room.json"
    signed = CliRunner().invoke(secops, ["-C", folder, *said, "--to", str(file)], env=named)
    assert signed.exit_code == 0, signed.output
    assert file.is_file()


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_new_passphrase_is_typed_twice_and_never_shown(school: Say, tmp_path: Path) -> None:
    with Terminal(tmp_path / "school", "key", "new") as terminal:
        assert "口令" in terminal.asked()
        terminal.type(WORDS + "\n")
        assert terminal.leave(WORDS + "\n") == 0
        assert WORDS not in terminal.shown
    assert len(_done(school("--json", "key", "list"))["keys"]) == 1


def test_a_wrong_passphrase_signs_nothing(operator: Say, tmp_path: Path) -> None:
    said = ("platform", "statement", "1", "--valid-until", LAST_DAY, "--covers", "pe")
    file = tmp_path / "cloud.json"
    typed = operator(*said, "--to", str(file), "--passphrase-file", "-", typed="another one\n")
    assert typed.exit_code == 2
    assert not file.exists()
    assert _done(operator("--json", "platform", "list"))["statements"] == []


def test_no_file_is_overwritten_unasked(
    operator: Say, school: Say, tmp_path: Path, secret: Path
) -> None:
    file = tmp_path / "there"
    file.write_text("mine", "utf-8")
    assert operator("key", "export", "--to", str(file)).exit_code == 2
    assert operator("key", "export", "--to", str(file), "--dry-run", "--force").exit_code == 0
    said = ("platform", "statement", "1", "--valid-until", LAST_DAY, "--covers", "pe")
    sealed = ("--to", str(file), "--passphrase-file", str(secret))
    assert operator(*said, *sealed).exit_code == 2
    assert file.read_text("utf-8") == "mine"
    _state(operator, file, secret, "--force")
    assert school("key", "export", "--to", str(tmp_path / "none")).exit_code == 2  # it has no key


def test_a_second_key_of_a_unit_of_that_name_is_remarked_on(
    operator: Say, school: Say, tmp_path: Path, secret: Path
) -> None:
    _exchange_keys(operator, school, tmp_path)
    other = _workspace(tmp_path / "other", "青竹市政务云中心", "某人")
    _done(other("--json", "key", "new", "--passphrase-file", str(secret)))
    file = tmp_path / "other.key.json"
    (listed,) = _done(other("--json", "key", "export", "--to", str(file)))["keys"]
    said = school("key", "enrol", str(file), "--fingerprint", listed["fingerprint"])
    assert "此前已信任过同名单位的密钥（编号 1）" in said.stderr
