"""A guide that is not right is refused with file and line; nothing of it is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.errors import SecopsError, SeveralInputsError, Where
from secops.files.cases import load_cases
from secops.files.checklists import load_checklist
from secops.model.case import CaseKind, Downgrade
from secops.model.checklist import Item
from secops.model.ids import ItemId

ORIGIN = """source: 某省
as_of: "2026-01-01"
confidence: M
"""
CHECKLIST = f"""{ORIGIN}pack: own
edition: 校本检查表 2026
title: 校本检查表
in_force: "2026-01-01"
about: system
domains:
  - {{code: pe, title: 机房}}
"""
ITEMS = f"""{ORIGIN}domain: pe
items:
  - id: own/pe/door-1
    confidence: M
    at:
      - {{level: 2, clause: "7.1", gist: 机房有门锁}}
      - {{level: 3, clause: "8.1"}}
"""
EDITION = f"""{ORIGIN}pack: own-cases
edition: 校本判例 2026
title: 校本判例
about: own
principles:
  - {{code: severity, title: 严重性}}
counts: {{case: 1, hazard: 1}}
"""
CASES = f"""{ORIGIN}cases:
  - id: own/case/door
    code: OWN-1
    kind: case
    title: 门开着
    items: [own/pe/door-1]
    levels: [2, 3]
    scope: 各级系统
    condition: 没有门锁
    compensating: 有人值守
    downgrade: wholly
    measure: 装锁
    confidence: M
  - id: own/hazard/door
    code: OWN-2
    kind: hazard
    title: 门开着
    triggers: own/case/door
    confidence: M
"""


def _items(at: Path) -> dict[ItemId, Item]:
    folder = at / "own"
    folder.mkdir()
    (folder / "edition.yaml").write_text(CHECKLIST, "utf-8")
    (folder / "pe.yaml").write_text(ITEMS, "utf-8")
    return {one.id: one for one in load_checklist(folder).items}


def _guide(at: Path, edition: str = EDITION, cases: str = CASES) -> Path:
    folder = at / "own-cases"
    folder.mkdir()
    (folder / "guide.yaml").write_text(edition, "utf-8")
    (folder / "cases.yaml").write_text(cases, "utf-8")
    return folder


def test_a_sound_guide_is_read(tmp_path: Path) -> None:
    book = load_cases(_guide(tmp_path), _items(tmp_path))
    case, hazard = book.cases
    assert (case.kind, hazard.kind) == (CaseKind.CASE, CaseKind.HAZARD)
    assert case.about == hazard.about == (ItemId("own/pe/door-1"),)
    assert hazard.condition == "没有门锁"
    assert hazard.downgrade is Downgrade.NEVER
    assert [one.title for one in hazard.principles] == ["严重性"]
    assert str(case.item.at[0].clause) == "OWN-1"


@pytest.mark.parametrize(
    ("good", "bad", "code", "line"),
    [
        ("[own/pe/door-1]", "[own/pe/door-9]", "checklist.unknown-item", 5),
        ("levels: [2, 3]", "levels: [2, 4]", "case.not-at-level", 5),
        ("levels: [2, 3]", "levels: [2, 9]", "value.wrong-choice", 10),
        ("    levels: [2, 3]\n", "", "value.wrong", 5),
        ("triggers: own/case/door", "triggers: own/case/window", "case.unknown-trigger", 17),
        ("triggers: own/case/door", "triggers: own/hazard/door", "case.unknown-trigger", 17),
        ("id: own/hazard/door", "id: own/case/door", "table.duplicate-id", 17),
        ("code: OWN-2", "code: OWN-1", "table.duplicate-id", 17),
        ("code: OWN-1", "code: one", "value.wrong", 5),
        ("downgrade: wholly", "downgrade: yes", "value.wrong", 14),
        ("downgrade: wholly", "downgrade: partly", "value.wrong", 5),
        ("    scope: 各级系统\n", "", "yaml.missing-key", 5),
        ("scope:", "scoop:", "yaml.missing-key", 5),
        ("kind: hazard", "kind: case", "yaml.missing-key", 17),
        (
            "    title: 门开着\n    triggers",
            "    title: 门\n    when: [ship]\n    triggers",
            "",
            21,
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(
    tmp_path: Path, good: str, bad: str, code: str, line: int
) -> None:
    assert good in CASES
    guide = _guide(tmp_path, cases=CASES.replace(good, bad, 1))
    with pytest.raises(SecopsError) as caught:
        load_cases(guide, _items(tmp_path))
    first = _problems(caught.value)[0]
    assert code in ("", first.code)
    assert isinstance(first.where, Where)
    assert (first.where.path.name, first.where.line) == ("cases.yaml", line)


def _problems(error: SecopsError) -> tuple[SecopsError, ...]:
    return error.problems if isinstance(error, SeveralInputsError) else (error,)


def test_what_a_hazard_takes_from_its_case_is_not_written_twice(tmp_path: Path) -> None:
    twice = CASES.replace("    triggers:", "    condition: 没有门锁\n    triggers:")
    with pytest.raises(SecopsError, match=r"yaml\.unknown-key"):
        load_cases(_guide(tmp_path, cases=twice), _items(tmp_path))


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    wrong = CASES.replace("levels: [2, 3]", "levels: [2, 4]").replace("code: OWN-2", "code: no")
    with pytest.raises(SeveralInputsError) as caught:
        load_cases(_guide(tmp_path, cases=wrong), _items(tmp_path))
    codes = [one.code for one in caught.value.problems]
    assert {"value.wrong", "case.not-at-level"} <= set(codes)


def test_a_guide_with_an_entry_too_few_is_refused(tmp_path: Path) -> None:
    edition = EDITION.replace("hazard: 1", "hazard: 2")
    with pytest.raises(SecopsError, match=r"case\.count") as caught:
        load_cases(_guide(tmp_path, edition=edition), _items(tmp_path))
    assert isinstance(caught.value.where, Where)
    assert caught.value.where.path.name == "guide.yaml"


@pytest.mark.parametrize("key", ["source", "as_of", "confidence"])
def test_a_guide_that_does_not_say_where_it_comes_from_is_refused(tmp_path: Path, key: str) -> None:
    kept = [line for line in EDITION.splitlines() if not line.startswith(f"{key}:")]
    with pytest.raises(SecopsError, match=key):
        load_cases(_guide(tmp_path, edition="\n".join(kept)), _items(tmp_path))
