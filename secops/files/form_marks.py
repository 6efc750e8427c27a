"""The marks by which a form is known again, whatever an office program made of the rest.

Names of sheets, their order, colours and locks are for people; only these marks are read.
"""

from __future__ import annotations

import re
from typing import Final

PROPERTY: Final = "secops-form"
"""A custom property of the workbook: the form's id and the version of these marks."""
COVER: Final = "_cover"
LISTS: Final = "_lists"
BY: Final = "by"
POST: Final = "post"
ID: Final = "_id"
REVISION: Final = "_rev"
ASKED: Final = "_asked"
KEY_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3
"""Rows from 0: hidden keys of the columns, their titles, the first row that is filled in."""
ID_COLUMN, REVISION_COLUMN, ASKED_COLUMN, FIRST_COLUMN = 0, 1, 2, 3
"""Hidden: id, revision, and 1 in the rows that count for the progress; then what is shown."""
COVER_VALUE_COLUMN: Final = 2
_VERSION: Final = 1
_MARK: Final = re.compile(r"secops-form/([0-9]+) ([0-9a-zA-Z-]{1,64}) ([0-9a-z_-]{1,64})")


def mark(form: str, sheet: str) -> str:
    """Give what stands in the hidden first cell of a sheet."""
    return f"secops-form/{_VERSION} {form} {sheet}"


def read_mark(text: str) -> tuple[str, str] | None:
    """Give form and key of a sheet; None: no sheet of ours, or of another version."""
    found = _MARK.fullmatch(text.strip())
    return (found[2], found[3]) if found and int(found[1]) == _VERSION else None
