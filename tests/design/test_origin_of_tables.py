"""What law, standards and practice say is data, and each table tells where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.errors import MissingKeyError
from secops.files.checklists import load_checklist
from secops.files.rules import load_rules
from secops.settings.data import data_folder

ORIGIN = ("source", "as_of", "confidence")
CHECKLISTS = data_folder("checklists")
TABLES = [
    *sorted((CHECKLISTS / "gbt22239-2019").glob("*.yaml")),
    *sorted((CHECKLISTS / "high-risk-2025").glob("*.yaml")),
    *sorted((CHECKLISTS / "rules").glob("*.yaml")),
    *sorted((CHECKLISTS / "regulation").glob("*.yaml")),
]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_of_law_or_practice_names_source_day_and_confidence(path: Path) -> None:
    heads = {line.partition(":")[0] for line in path.read_text("utf-8").splitlines()}
    assert set(ORIGIN) <= heads


@pytest.mark.parametrize("key", ORIGIN)
@pytest.mark.parametrize("folder", ["gbt22239-2019", "rules"])
def test_a_table_that_does_not_say_so_is_refused(tmp_path: Path, folder: str, key: str) -> None:
    for path in (CHECKLISTS / folder).glob("*.yaml"):
        lines = path.read_text("utf-8").splitlines()
        kept = [line for line in lines if not line.startswith(f"{key}:")]
        (tmp_path / path.name).write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(MissingKeyError, match=key):
        load_checklist(tmp_path) if folder == "gbt22239-2019" else load_rules(tmp_path, {})
