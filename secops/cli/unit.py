"""`secops unit`: the units and their tree."""

from __future__ import annotations

from typing import Final

from secops.cli.records import Shape, record_group
from secops.errors import msgid

SHAPE: Final = Shape(
    kind="unit",
    said=msgid("Units: list, show, add, edit, retire."),
    options={
        "name": ("name", msgid("full name")),
        "short-name": ("short_name", msgid("short name")),
        "kind": ("kind", msgid("legal body, department or external")),
        "code": ("credit_code", msgid("unified social credit code")),
        "parent": ("parents.administrative", msgid("the unit above it")),
        "region": ("address.region_code", msgid("region code of six digits")),
    },
    columns=("name", "short_name", "kind", "credit_code", "parents.administrative"),
)
command = record_group(SHAPE)
