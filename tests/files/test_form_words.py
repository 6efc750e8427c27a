"""The spellings of judgements prove themselves when they are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from secops.errors import WrongValueError
from secops.files.form_words import load_form_words
from secops.judging.form_check import code_of
from secops.settings.data import data_folder

TABLE = data_folder("checklists") / "recognition" / "forms.yaml"


def test_the_table_loads_and_a_sign_means_what_the_row_offers() -> None:
    spelled = load_form_words(TABLE)
    assert code_of("√", (("yes", "是"), ("no", "否")), spelled) == "yes"
    assert code_of("√", (("compliant", "符合"),), spelled) == "compliant"
    assert code_of("√", (("present", "存在"),), spelled) is None


def test_an_example_that_fails_refuses_the_table(tmp_path: Path) -> None:
    wrong = tmp_path / "forms.yaml"
    wrong.write_text(TABLE.read_text("utf-8").replace("code: compliant}", "code: no}"), "utf-8")
    with pytest.raises(WrongValueError):
        load_form_words(wrong)
