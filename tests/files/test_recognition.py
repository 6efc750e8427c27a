"""The recognition table proves itself: every example is run."""

from __future__ import annotations

from datetime import date

import pytest

from secops.errors import InputError
from secops.files.cell_text import CellReader
from secops.files.recognition import Example, load_recognition
from secops.model.record import Cell, CellKind
from secops.settings.data import data_folder

WORDS = load_recognition(data_folder("checklists") / "recognition" / "inventory.yaml")
READER = CellReader(WORDS)


def _said(cell: Cell) -> str:
    if cell is None:
        return "nothing"
    return "|".join(cell) if isinstance(cell, tuple) else str(cell)


@pytest.mark.parametrize("example", WORDS.headings, ids=lambda one: f"{one.kind}-{one.seen}")
def test_heading_is_recognised(example: Example) -> None:
    assert WORDS.path(example.kind, example.seen) == example.field


@pytest.mark.parametrize("example", WORDS.cells, ids=lambda one: f"{one.field}-{one.seen}")
def test_value_is_recognised(example: Example) -> None:
    field = WORDS.kinds[example.kind].fields[example.field]
    outcome, _, near = example.value.partition("; ")
    if outcome != "wrong":
        assert _said(READER.read(field, "k", example.seen, exact=False)) == example.value
        return
    with pytest.raises(InputError) as caught:
        READER.read(field, "k", example.seen, exact=False)
    assert caught.value.details.get("near", "") == near


def test_every_choice_has_words_for_all_its_members() -> None:
    fields = [one for kind in WORDS.kinds.values() for one in kind.fields.values()]
    for field in (one for one in fields if one.kind is CellKind.CHOICE):
        assert field.enum is not None
        assert set(WORDS.choices[field.enum.__name__].titles) == set(field.choices)


def test_titles_tell_the_columns_of_a_sheet_apart() -> None:
    for kind in WORDS.kinds.values():
        assert len(set(kind.titles.values())) == len(kind.titles)


@pytest.mark.parametrize(
    ("raw", "levels"),
    [
        ("S2A3G3", (2, 3, True)),
        ("三级（S3A2G3）", (3, 2, True)),
        ("第二级", (2, 2, False)),
        (3.0, (3, 3, False)),
        ("", None),
    ],
)
def test_one_level_column_states_both_levels(
    raw: str | float, levels: tuple[int, int, bool] | None
) -> None:
    assert READER.levels("k", raw) == levels


def test_level_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(InputError):
        READER.levels("k", "S2A3G2")


def test_a_number_typed_for_text_has_no_point() -> None:
    field = WORDS.kinds["contact"].fields["mobile"]
    assert READER.read(field, "k", 10000000000.0, exact=False) == "10000000000"


def test_a_date_cell_is_a_date() -> None:
    field = WORDS.kinds["system"].fields["grading.graded_on"]
    assert READER.read(field, "k", date(2026, 3, 1), exact=True) == date(2026, 3, 1)
