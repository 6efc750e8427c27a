"""Faults seeded one by one into what is sound: each is found, named for what it is, at its line."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from secops.errors import InputError, SecopsError, SeveralInputsError, Where, WrongChoiceError
from secops.errors import checklists as mistakes
from secops.errors.checklists import UnknownItemError
from secops.files.checklists import load_checklist
from secops.files.rules import load_rules
from secops.judging.linting import RemarkKind, remarks
from secops.model.library import Library
from secops.settings.data import data_folder
from secops.wiring.checklists import lint_folders
from secops.wiring.tables import load_library

CHECKLISTS: Final = data_folder("checklists")
Fault = Mapping[str, str]
FAULTS: Final[list[Fault]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "checklists" / "faults.yaml").read_text("utf-8")
)


def _name(fault: Fault) -> str:
    return f"{fault['in']} {fault['old'].strip()} -> {fault['new'].strip()}"


def _line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _seed(fault: Fault, folder: Path) -> int:
    """Change the one line; give its number."""
    path = folder / fault["in"].partition("/")[2]
    text = path.read_text("utf-8")
    begin = text.index(fault["entry"] + "\n") if fault["entry"] else 0
    at = text.index(fault["old"], begin)
    path.write_text(text[:at] + fault["new"] + text[at + len(fault["old"]) :], "utf-8")
    return _line_of(text, at)


def _expected(fault: Fault, folder: Path, changed: int) -> tuple[str, int]:
    """Give the file and the line that must be named."""
    name = fault["in"].partition("/")[2]
    said = fault.get("at", "")
    if not said:
        return name, changed
    if said == "entry":
        wanted = fault["entry"]
    elif ".yaml: " in said:
        name, _, wanted = said.partition(": ")
    else:
        wanted = said
    lines = (folder / name).read_text("utf-8").splitlines()
    return name, next(n for n, line in enumerate(lines, 1) if wanted in line)


@pytest.mark.parametrize("fault", FAULTS, ids=_name)
def test_a_seeded_fault_is_found_where_it_is(fault: Fault, tmp_path: Path) -> None:
    folder = tmp_path / fault["in"].partition("/")[0]
    shutil.copytree(CHECKLISTS / folder.name, folder)
    file, line = _expected(fault, folder, _seed(fault, folder))
    (linted,) = lint_folders([folder])
    assert linted.checklist is None
    found = [
        (error.code, str(error.where.path.relative_to(folder)), error.where.line)
        for error in linted.problems
        if isinstance(error.where, Where)
    ]
    assert (fault["code"], file, line) in found
    assert len(found) == len(linted.problems), "every mistake names its line"
    assert {code for code, _, _ in found} == {fault["code"]}, "no other mistake follows from it"


def test_every_kind_of_mistake_has_a_seeded_fault() -> None:
    kinds = {
        one.code
        for one in vars(mistakes).values()
        if isinstance(one, type) and issubclass(one, InputError) and one is not InputError
    }
    assert kinds - {fault["code"] for fault in FAULTS} == {
        "checklist.folder-taken",  # of a whole folder or file
        "checklist.stray-file",
    }


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("{item: gb22239/ce/integrity-1,", "{item: gb22239/ce/integrity-99,", UnknownItemError),
        (
            "gb22239/ce/integrity-1, part: version",
            "gb22239/ce/integrity-1, part: x",
            WrongChoiceError,
        ),
    ],
)
def test_a_rule_about_an_item_that_is_gone_is_named(
    tmp_path: Path, old: str, new: str, error: type[SecopsError]
) -> None:
    text = (CHECKLISTS / "rules" / "tls.yaml").read_text("utf-8")
    line = _line_of(text, text.index("about:", text.rindex("- id:", 0, text.index(old)))) + 1
    (tmp_path / "tls.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(error) as caught:
        load_rules(tmp_path, load_library().items())
    assert isinstance(caught.value.where, Where)
    assert caught.value.where.line == line


def test_every_rule_that_is_astray_is_named_at_once() -> None:
    with pytest.raises(SeveralInputsError) as caught:
        load_rules(CHECKLISTS / "rules", {})
    assert all(isinstance(one, UnknownItemError) for one in caught.value.problems)


def test_an_id_that_means_something_else_in_the_next_edition_is_remarked(tmp_path: Path) -> None:
    newer = tmp_path / "gbt22239-2027"
    shutil.copytree(CHECKLISTS / "gbt22239-2019", newer)
    _replace(newer / "edition.yaml", 'in_force: "2019-12-01"', 'in_force: "2027-01-01"')
    _replace(newer / "ce.yaml", "gist: 登录用户须标识和鉴别", "gist: 用户须标识和鉴别")
    editions = (*load_library().checklists, load_checklist(newer))
    (remark,) = remarks(Library(editions))
    assert (remark.kind, str(remark.item)) == (RemarkKind.MEANING_CHANGED, "gb22239/ce/identity-1")
    assert (remark.folder, remark.beside) == ("gbt22239-2027", "gbt22239-2019")


def test_guidance_that_points_to_nothing_in_another_pack_is_remarked(tmp_path: Path) -> None:
    folder = tmp_path / "education-selfcheck"
    shutil.copytree(CHECKLISTS / folder.name, folder)
    _replace(folder / "checking" / "assets.yaml", "related: []", "related: [gb22239/ce/gone-1]")
    others = [one for one in load_library().checklists if one.pack != folder.name]
    (remark,) = remarks(Library((*others, load_checklist(folder))))
    assert (remark.kind, remark.beside) == (RemarkKind.NOT_THERE, "gb22239/ce/gone-1")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


_FILES: Final = sorted((CHECKLISTS / "education-selfcheck").glob("**/*.yaml"))
_DAMAGE: Final = st.sampled_from(
    ["", "x", "- ", "[", "{", '"', ":", "null", "-1", "1e9", "2026-02-30", "\t", "&a *a"]
)


@pytest.mark.slow
@settings(deadline=None)  # it copies and reads a folder
@given(
    file=st.sampled_from(_FILES), line=st.integers(0, 400), damage=_DAMAGE, keep=st.integers(0, 40)
)
def test_whatever_line_is_damaged_it_is_read_or_refused_by_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, file: Path, line: int, damage: str, keep: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged") / "education-selfcheck"
    shutil.copytree(CHECKLISTS / folder.name, folder)
    path = folder / file.relative_to(CHECKLISTS / folder.name)
    lines = path.read_text("utf-8").splitlines()
    at = line % len(lines)
    lines[at] = lines[at][:keep] + damage
    path.write_text("\n".join(lines) + "\n", "utf-8")
    (linted,) = lint_folders([folder])
    assert linted.checklist or all(one.where for one in linted.problems)
