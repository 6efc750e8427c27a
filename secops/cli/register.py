"""`secops register`: who supplies what to a system, and which data it holds (table 6)."""

from __future__ import annotations

from typing import Final

import click

from secops.cli.records import Shape, record_group
from secops.cli.shared import Group
from secops.errors import msgid

SUPPLY: Final = Shape(
    kind="supply",
    said=msgid("Supplies to systems: list, show, add, edit, retire."),
    options={
        "system": ("system", msgid("the system that is supplied")),
        "supplier": ("supplier", msgid("the unit that supplies")),
        "service": ("service", msgid("what it supplies")),
        "until": ("until", msgid("until when: YYYY-MM-DD")),
    },
    columns=("service", "supplier", "system", "until"),
)
DATA: Final = Shape(
    kind="data_category",
    said=msgid("Data categories of systems (table 6): list, show, add, edit."),
    options={
        "system": ("system", msgid("the system that holds it")),
        "name": ("name", msgid("the smallest category, not a single item")),
        "level": ("level", msgid("general or important")),
        "category": ("category", msgid("what kind of data it is")),
        "department": ("department", msgid("the department that answers for it")),
        "person": ("person", msgid("the person who answers for it")),
    },
    columns=("name", "system", "level", "personal_data", "department", "person"),
)


@click.group(cls=Group, help=msgid("Lists beside the systems: supplies, data categories."))
def command() -> None:
    """Group the registers."""


command.add_command(record_group(SUPPLY), "supply")
command.add_command(record_group(DATA), "data")
