"""Export and import again: no cell of any kind of record changes, whatever stands in it."""

from __future__ import annotations

import string
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secops.contracts.inventory_files import FileRow, Sheet, WriteInventory
from secops.files.cell_text import entered
from secops.files.inventory_files import read_inventory
from secops.files.inventory_xlsx_out import XlsxWriter
from secops.files.inventory_yaml import write_yaml
from secops.files.recognition import load_recognition
from secops.guards.plain_text import plain, plain_place
from secops.model.inventory import KINDS
from secops.model.record import Cell, CellKind, Field
from secops.settings.data import data_folder

WORDS = load_recognition(data_folder("checklists") / "recognition" / "inventory.yaml")
WRITERS: dict[str, WriteInventory] = {"yaml": write_yaml, "xlsx": XlsxWriter(WORDS)}
REVISION = "sha256:" + "0" * 64
HARD = [
    "=1+1", "+86", "-1", "@x", "＝1", "＋1", "－1", "＠x", "0012", "8.10", "no", "22:22", "null",
    "2026-03-01", "a\tb", "a\nb", " lead", "trail ", "'quoted", '"', "\\n", "a\\", "㛃𬭎",
    "<b>&amp;", "_x000D_", "*x", "&x", "!t", "# x", "- x", "{a: b}", "[]", "%", "~", "·", "_id",
    "是", "/", "（一）：",
]  # fmt: skip

text = (
    st.sampled_from(HARD)
    | st.text(st.sampled_from(string.printable + "校园网㛃𬭎　·…\u2028\xa0\u200b"), max_size=12)
    | st.text(max_size=8)
).map(plain)
name = text.map(str.strip).filter(lambda one: bool(one) and "\n" not in one and "\\" not in one)


STRATEGIES: dict[CellKind, st.SearchStrategy[Cell]] = {
    CellKind.TEXT: text.map(lambda one: one or None),
    CellKind.REFERENCE: name,
    CellKind.INTEGER: st.integers(-(10**17), 10**17),
    CellKind.DECIMAL: st.decimals(-(10**9), 10**9, places=3),
    CellKind.BOOLEAN: st.booleans(),
    CellKind.DATE: st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    CellKind.LEVEL: st.integers(1, 5),
}


def _one(field: Field) -> st.SearchStrategy[Cell]:
    if field.kind is CellKind.CHOICE:
        return st.sampled_from(field.choices)
    if field.kind is CellKind.TEXT:  # what is stored has entered
        return STRATEGIES[field.kind].map(lambda one: entered(field, str(one or "")) or None)
    return STRATEGIES[field.kind]


def _cell(field: Field) -> st.SearchStrategy[Cell]:
    if field.many:
        one = _one(field).filter(lambda x: bool(x) and str(x).strip() != "")
        return st.lists(one, max_size=3).map(lambda many: tuple(str(x) for x in many) or None)
    return st.none() | _one(field)


@st.composite
def rows(draw: st.DrawFn, kind: str) -> dict[str, Cell]:
    fields = [one for one in WORDS.kinds[kind].fields.values() if one.path != "id"]
    chosen = draw(st.lists(st.sampled_from(fields), min_size=1, max_size=8, unique=True))
    return {field.path: draw(_cell(field)) for field in chosen}


def _filled(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    return {
        path: Decimal(f"{cell:f}") if isinstance(cell, Decimal) else cell
        for path, cell in cells.items()
        if cell is not None and cell not in ("", ()) and path not in ("id", "no")
    }


def _back(form: str, sheets: list[Sheet], folder: Path) -> tuple[FileRow, ...]:
    path = folder / f"f.{form}"
    path.write_bytes(WRITERS[form](sheets, REVISION))
    read = read_inventory(path, WORDS)
    assert not read.problems
    return read.rows


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_cell_comes_back(form: str, kind: str, data: st.DataObject, tmp_path: Path) -> None:
    written = data.draw(st.lists(rows(kind), min_size=1, max_size=4))
    key = {"id": "某人"} if kind == "contact" else {}
    sheet = Sheet(kind=kind, rows=[(f"id-{n}", {**key, **one}) for n, one in enumerate(written)])
    back = _back(form, [sheet], tmp_path)
    kept = {row.id: _filled(row.cells) for row in back}
    if form == "xlsx" or kind != "contact":
        for n, one in enumerate(written):
            assert kept.get(f"id-{n}", {}) == _filled(one)
    else:
        assert [_filled(row.cells) for row in back] == [_filled(one) for one in written]


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("hard", HARD)
def test_hard_text_comes_back(form: str, hard: str, tmp_path: Path) -> None:
    domain = plain_place(hard)
    cells: dict[str, Cell] = {"name": hard, "note": hard, "business.domain_names": (domain, domain)}
    (row,) = _back(form, [Sheet(kind="system", rows=[("id-0", cells)])], tmp_path)
    assert _filled(row.cells) == cells
