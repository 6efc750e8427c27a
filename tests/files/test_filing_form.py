"""Every field of the 2025 filing form that the unit fills has its home in the model."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from secops.errors import UnknownKeyError, WrongValueError
from secops.files.filing_form import load_filing_form
from secops.settings.data import data_folder

FORM = data_folder("checklists") / "regulation" / "filing-form-2025-homes.yaml"


def test_every_field_has_exactly_one_kind_of_home() -> None:
    fields = load_filing_form(FORM)
    assert len({one.field for one in fields}) == len(fields)
    # The counts of the form: cover, tables 1 to 4 and 6, every sub-field on its own.
    tables = Counter(one.field.partition(".")[0] for one in fields)
    assert tables == {"cover": 5, "t1": 39, "t2": 19, "t3": 13, "t4": 34, "t6": 16}
    assert [one.field for one in fields if one.police] == [
        "cover.form_no",
        "cover.accepting_office",
        "t2.object_code",
    ]


def test_what_is_computed_are_counts_and_the_level() -> None:
    computed = {one.field for one in load_filing_form(FORM) if one.computed}
    assert computed == {"t3.level"} | {
        f"t1.counts_{which}"
        for which in (
            *(f"this_filing.{x}" for x in ("total", "l2", "l3", "l4", "l5")),
            *(f"all.{x}" for x in ("total", "l1", "l2", "l3", "l4", "l5")),
        )
    }


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ('{field: t1.a, label: x, home: ["unit:nmae"]}', UnknownKeyError),
        ('{field: t1.a, label: x, home: ["school:name"]}', UnknownKeyError),
        ("{field: t1.a, label: x}", WrongValueError),
        ('{field: t1.a, label: x, home: ["unit:name"], police: true}', WrongValueError),
    ],
)
def test_a_home_that_does_not_exist_is_refused(
    tmp_path: Path, row: str, error: type[Exception]
) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(
        f"edition: x\nsource: y\nas_of: 2026-01-01\nconfidence: M\nfields:\n  - {row}\n",
        encoding="utf-8",
    )
    with pytest.raises(error):
        load_filing_form(path)
