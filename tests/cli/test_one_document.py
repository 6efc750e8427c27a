"""`--json` gives one document and nothing else; `--dry-run` gives what the real run then does."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from secops.cli.root import secops
from secops.settings.data import data_folder
from tests.house.test_commands import ALL, READING
from tests.schemas import fits_its_schema

SAMPLE = data_folder("inventory") / "sample.yaml"
SYSTEM = "云溪学院门户网站"
PERSON = "许栖迟"
VOLATILE = {"dry_run", "id", "letter", "replaces", "started_at", "frozen_at", "opens_at"}
"""What a plan cannot know yet: ids and instants are made when rows are."""

ARGUMENTS = {
    "owner": ("127.0.10.22",),
    "score": (SYSTEM,),
    "assess next": (SYSTEM,),
    "evidence show": ("1",),
    "checklist show": ("gb22239",),
    "checklist diff": ("gb22239", "gb22239"),
}
NOTHING_YET = {"finding show", "register data show", "platform show"}  # the sample has none yet
READERS = [
    " ".join(path)
    for path, one in ALL
    if {*path[-1:]} & (READING - {"demo"}) and not isinstance(one, click.Group)
]


def ran(folder: Path, *arguments: str, codes: tuple[int, ...] = (0,)) -> dict[str, object]:
    result = CliRunner().invoke(
        secops, ["-C", str(folder), "--as", PERSON, "--json", *arguments], catch_exceptions=False
    )
    assert result.exit_code in codes, result.output
    whole = json.loads(result.stdout)  # fails on anything before or behind
    assert isinstance(whole, dict)
    fits_its_schema(result.stdout)
    return whole


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace of the sample with one answer, one piece of evidence, one agency report."""
    folder = tmp_path_factory.mktemp("documents") / "workspace"
    paper = folder.parent / "paper.txt"
    paper.write_text("seen", encoding="utf-8")
    for one in (
        ("init", str(folder), "--unit", "云溪市教育局"),
        ("-C", str(folder), "import", str(SAMPLE)),
        ("-C", str(folder), "--as", PERSON, "assess", "start", SYSTEM),
        ("-C", str(folder), "evidence", "add", str(paper)),
    ):
        made = CliRunner().invoke(secops, one, catch_exceptions=False)
        assert made.exit_code == 0, made.output
    return folder


@pytest.mark.parametrize("name", [name for name in READERS if name not in NOTHING_YET])
def test_a_reading_command_gives_exactly_one_document(sample: Path, name: str) -> None:
    path = name.split()
    arguments = ARGUMENTS.get(name, ("1",) if path[-1] == "show" and len(path) > 1 else ())
    if name == "regulation show":
        arguments = ()
    whole = ran(sample, *path, *arguments, codes=(0, 1))
    assert str(whole["schema"]).startswith("secops/")
    assert whole["version"] == 1


PLANS = [
    ("unit", "add", "--name", "云溪市第九中学", "--kind", "legal"),
    ("person", "edit", "1", "--title", "科员"),
    ("system", "retire", "3", "--on", "2026-10-01"),
    ("regulation", "set", "threshold.tls.days-left", "60"),
    (
        *("permit", "add", "--by", "沈知微", "--post", "副局长", "--letter", "样例1号"),
        *("--range", "127.0.0.0/24", "--until", "2099-01-01", "--effect-weighed", "仅本机"),
        *("--from", "2026-01-01"),
    ),
    (
        *("agency", "add", SYSTEM, "--agency", "样例测评机构", "--number", "R1"),
        *("--date", "2026-05-01", "--edition", "2021", "--conclusion", "基本符合"),
    ),
    ("assess", "answer", SYSTEM, "7.1.4.1.a", "compliant", "--note", "已看"),
    ("assess", "freeze", SYSTEM),
    ("assess", "revise", SYSTEM),
]


def _known(document: object) -> object:
    """Leave out what only the real run can know."""
    if isinstance(document, dict):
        return {key: _known(value) for key, value in document.items() if key not in VOLATILE}
    if isinstance(document, list):
        return [_known(one) for one in document]
    return document


def _head(folder: Path) -> object:
    return ran(folder, "audit", "verify")["hash"]


def test_a_dry_run_tells_what_the_real_run_does_and_changes_nothing(sample: Path) -> None:
    for arguments in PLANS:
        before = _head(sample)
        planned = ran(sample, *arguments, "--dry-run")
        assert planned["dry_run"] is True, arguments
        assert _head(sample) == before, arguments
        done = ran(sample, *arguments)
        assert done["dry_run"] is False, arguments
        assert _head(sample) != before, arguments
        differing = {
            key
            for key in planned.keys() | done.keys()
            if _known(planned.get(key)) != _known(done.get(key)) and key not in VOLATILE
        }
        assert not differing, (arguments, differing)


def test_an_export_on_standard_output_is_no_second_document(sample: Path) -> None:
    asked = ["-C", str(sample), "--json", "export", "inventory", "--to", "json", "-o", "-"]
    refused = CliRunner().invoke(secops, asked, catch_exceptions=False)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "-o FILE" in refused.stderr
    assert ran(sample, *asked[3:], "--dry-run")["written"] is False


def test_evidence_planned_is_evidence_kept_and_erased(sample: Path, tmp_path: Path) -> None:
    paper = tmp_path / "letter.txt"
    paper.write_text("approved", encoding="utf-8")

    def one(*arguments: str) -> dict[str, object]:
        whole = ran(sample, "evidence", *arguments)
        fits_its_schema(json.dumps(whole))
        assert whole["dry_run"] is ("--dry-run" in arguments)
        (record,) = json.loads(json.dumps(whole["evidence"]))
        return {k: v for k, v in record.items() if k not in ("taken_at", "erased_at")}

    add = ("add", str(paper), "--about", "permit")
    planned = one(*add, "--dry-run")
    assert planned == one(*add)
    erase = ("erase", str(planned["digest"]), "--reason", "mistaken")
    assert one(*erase, "--dry-run") == one(*erase)
