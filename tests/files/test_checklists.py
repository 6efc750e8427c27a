"""A checklist that is not right is refused with file and line; nothing of it is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.errors import DuplicateIdError, InFile, SecopsError, SeveralInputsError, Where
from secops.errors.checklists import StrayFileError
from secops.files.checklists import load_checklist

EDITION = """
pack: own
edition: 校本检查表 2026
title: 校本检查表
source: 某校
as_of: "2026-01-01"
confidence: M
domains:
  - {code: pe, title: 安全物理环境}
  - {code: ce, title: 安全计算环境}
"""
PHYSICAL = """
source: 某校
as_of: "2026-01-01"
confidence: M
domain: pe
items:
  - id: own/pe/access-1
    control_point: 物理访问控制
    attribute: G
    confidence: M
    at:
      - level: 2
        clause: "1.1"
        gist: 机房有门锁
      - level: 3
        clause: "2.1"
"""


def _folder(at: Path, **files: str) -> Path:
    texts = {"edition": EDITION, "pe": PHYSICAL, **files}
    for name, text in texts.items():
        (at / f"{name}.yaml").write_text(text, "utf-8")
    return at


def test_a_sound_checklist_is_read(tmp_path: Path) -> None:
    checklist = load_checklist(_folder(tmp_path))
    (item,) = checklist.items
    assert [at.gist for at in item.at] == ["机房有门锁", "机房有门锁"]
    assert item.parts == (("whole", "机房有门锁"),)


def test_the_digest_names_the_bytes_of_every_file(tmp_path: Path) -> None:
    first = load_checklist(_folder(tmp_path)).digest
    assert load_checklist(_folder(tmp_path)).digest == first
    other = load_checklist(_folder(tmp_path, edition=EDITION + "# 一行\n")).digest
    assert other != first


@pytest.mark.parametrize(
    ("good", "bad", "line"),
    [
        ("level: 3", "level: 9", 15),
        ("level: 3", "level: 2", 15),
        ("level: 3", "level: drei", 15),
        ('clause: "2.1"', 'clause: "2.1.A"', 16),
        ("id: own/pe/access-1", "id: own/access", 7),
        ("        gist: 机房有门锁\n", "", 12),
        ("attribute: G", "attribute: Q", 9),
        ("domain: pe", "domain: physical", 5),
        ("control_point", "control_pont", 8),
        ("    confidence: M", "    confidence: M\n    concerns: [printer]", 11),
        ("    confidence: M", "    confidence: M\n    attribute: G", 11),
        ("confidence: M\ndomain", "domain", 2),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, good: str, bad: str, line: int) -> None:
    assert good in PHYSICAL
    with pytest.raises(SecopsError) as caught:
        load_checklist(_folder(tmp_path, pe=PHYSICAL.replace(good, bad)))
    assert isinstance(caught.value.where, Where)
    assert (caught.value.where.path.name, caught.value.where.line) == ("pe.yaml", line)


def test_an_item_and_a_clause_stand_once(tmp_path: Path) -> None:
    again = PHYSICAL.partition("items:\n")[2]
    with pytest.raises(DuplicateIdError):
        load_checklist(_folder(tmp_path, pe=PHYSICAL + again))
    renamed = again.replace("access-1", "access-2")
    with pytest.raises(DuplicateIdError):
        load_checklist(_folder(tmp_path, pe=PHYSICAL + renamed))


def test_every_mistake_of_every_file_is_named_at_once(tmp_path: Path) -> None:
    wrong = PHYSICAL.replace("level: 3", "level: 9")
    other = wrong.replace("access-1", "access-2").replace("domain: pe", "domain: ce")
    with pytest.raises(SeveralInputsError) as caught:
        load_checklist(_folder(tmp_path, pe=wrong, computing=other))
    places = [one.where for one in caught.value.problems]
    assert {one.path.name for one in places if isinstance(one, Where)} == {
        "pe.yaml",
        "computing.yaml",
    }


def test_an_item_without_a_level_is_refused(tmp_path: Path) -> None:
    head = PHYSICAL.partition("    at:\n")[0]
    with pytest.raises(SecopsError):
        load_checklist(_folder(tmp_path, pe=head + "    at: []\n"))


def test_a_folder_without_an_edition_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pe.yaml").write_text(PHYSICAL, "utf-8")
    with pytest.raises(SecopsError) as caught:
        load_checklist(tmp_path)
    assert "edition.yaml" in str(caught.value)


@pytest.mark.parametrize(
    "name", ["extra.yml", "extra.YAML", "extra.yaml.txt", "how/extra.yaml", "checking/more/x.yaml"]
)
def test_a_file_that_would_silently_not_be_read_is_refused(tmp_path: Path, name: str) -> None:
    folder = _folder(tmp_path)
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(PHYSICAL, "utf-8")
    with pytest.raises(StrayFileError) as caught:
        load_checklist(folder)
    assert caught.value.where == InFile(folder / name)


def test_other_files_may_lie_beside_an_edition(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    for name in ("README.md", ".pe.yaml.swp", "pe.yaml~", "pe.yaml.bak", "._pe.yaml"):
        (folder / name).write_text("x", "utf-8")
    assert len(load_checklist(folder).items) == 1
