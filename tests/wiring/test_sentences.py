"""An error is said whole in the user's language, parts that are sentences of their own included."""

from __future__ import annotations

import re

import pytest

from secops.contracts.words import sentence
from secops.errors import SecopsError, WrongValueError
from secops.errors.files import ExportTooLargeError, UnfitFileError
from secops.settings.catalogue import words_for


@pytest.mark.parametrize(
    "error",
    [
        ExportTooLargeError(count="7", most="at most 100,000 rows a sheet"),
        UnfitFileError(problem="the file is empty"),
        WrongValueError(key="k", wanted="a number", found="x"),
    ],
    ids=lambda error: error.code,
)
def test_no_english_part_stays_in_a_chinese_sentence(error: SecopsError) -> None:
    assert not re.search(r"[a-z]{2,} [a-z]{2,}", sentence(error, words_for("zh")))
