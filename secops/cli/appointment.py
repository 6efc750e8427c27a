"""`secops appointment`: who holds which post in which unit."""

from __future__ import annotations

from typing import Final

from secops.cli.records import Shape, record_group
from secops.errors import msgid

SHAPE: Final = Shape(
    kind="appointment",
    said=msgid("Appointments to posts: list, show, add, edit, retire."),
    options={
        "unit": ("unit", msgid("the unit")),
        "person": ("person", msgid("the person")),
        "post": ("post", msgid("the post, such as first responsible person")),
        "department": ("department", msgid("the department")),
        "since": ("since", msgid("since when")),
    },
    columns=("unit", "post", "person", "department", "since", "until"),
)
command = record_group(SHAPE)
