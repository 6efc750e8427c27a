"""The inventory as YAML: the example of the reference is read, mistakes are named."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from secops.contracts.inventory_files import InventoryFile
from secops.files.cell_text import CellReader
from secops.files.inventory_yaml import read_yaml
from secops.files.recognition import load_recognition
from secops.settings.data import data_folder

WORDS = load_recognition(data_folder("checklists") / "recognition" / "inventory.yaml")
FIELDS = {kind: words.fields for kind, words in WORDS.kinds.items()}
REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "inventory-files.md"


def example() -> bytes:
    """Give the complete example of the reference page."""
    found = re.search("(?s)```yaml\n(.*?)```", REFERENCE.read_text("utf-8"))
    assert found
    return found[1].encode()


def _read(content: str | bytes) -> InventoryFile:
    raw = content if isinstance(content, bytes) else content.encode()
    return read_yaml(raw, Path("f.yaml"), CellReader(WORDS), FIELDS)


def test_the_example_of_the_reference_is_read_whole() -> None:
    read = _read(example())
    assert not read.problems
    kinds = [row.kind for row in read.rows]
    assert [(kind, kinds.count(kind)) for kind in sorted(set(kinds))] == [
        ("appointment", 2),
        ("component", 1),
        ("contact", 1),
        ("endpoint", 2),
        ("person", 2),
        ("system", 1),
        ("unit", 3),
    ]
    system = next(row for row in read.rows if row.kind == "system")
    assert system.cells["grading.graded_on"] == date(2025, 10, 15)
    assert system.cells["ownership.maintains.person"] == "秦穗"
    assert system.cells["business.technologies"] == ("other",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("- {name: 甲, levle: 2}", "f.yaml:2:13: 'levle' is no field of system"),
        ("- {name: 甲, name: 乙}", "f.yaml:2:13: key 'name' appears twice, first at line 2"),
        ("- {name: 8.10}", "f.yaml:2:10: 'name' must be text, not '8.10'"),
        ("- {name: no}", "f.yaml:2:10: 'name' must be text, not 'no'"),
        ("- {kind: 网沾}", "f.yaml:2:10: 'kind' cannot be '网沾'"),
        ("- {filing: {level: 二极}}", "did you mean 二级?"),
        ("- {filing: 2}", "f.yaml:2:12: 'filing.' must be a mapping, not '2'"),
        ("- {data: {personal: yes}}", "'data.personal' must be true or false, not 'yes'"),
        ("- {retired_on: 2026-02-30}", "'retired_on' must be a date"),
        ("- {no: 3}", "f.yaml:2:4: 'system' must be text, not 'no'"),
        ("- 3", "f.yaml:2:3: 'system' must be a mapping, not '3'"),
        ("x: 1", "f.yaml:2:1: 'systems' must be a list, not 'mapping'"),
        ("- {mark: weg}", "f.yaml:2:10: 'mark' must be retire, not 'weg'"),
    ],
)
def test_mistake_is_named_with_its_place(line: str, said: str) -> None:
    (problem,) = _read(f"systems:\n{'  ' * line.startswith('x')}{line}\n").problems
    assert said.replace("2:1:", "2:3:" if line.startswith("x") else "2:1:") in str(problem)


def test_all_mistakes_are_found_in_one_go() -> None:
    content = "sistems: []\nsystems:\n- {kind: x, stage: y, data: {people: many}}\nunits: 3\n"
    assert len(_read(content).problems) == 5


def test_an_empty_value_is_stated_empty_and_an_absent_one_is_not_stated() -> None:
    (row,) = _read("systems:\n- {name: 甲, note: }\n").rows
    assert row.cells == {"name": "甲", "note": None}
