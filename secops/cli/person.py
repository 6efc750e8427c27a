"""`secops person`: the persons, and how to reach them."""

from __future__ import annotations

from typing import Final

from secops.cli.records import Shape, record_group
from secops.errors import msgid

SHAPE: Final = Shape(
    kind="person",
    said=msgid("Persons: list, show, add, edit, retire."),
    options={
        "name": ("name", msgid("full name")),
        "unit": ("unit", msgid("the unit they belong to")),
        "title": ("title", msgid("title or post")),
    },
    contact={
        "phone": ("office_phone", msgid("office telephone; empty erases it")),
        "mobile": ("mobile", msgid("mobile telephone; empty erases it")),
        "email": ("email", msgid("e-mail address; empty erases it")),
    },
    columns=("name", "unit", "title", "left_on"),
)
command = record_group(SHAPE)
