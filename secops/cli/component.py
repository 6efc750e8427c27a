"""`secops component`: hosts, operating systems, databases, devices, middleware, applications."""

from __future__ import annotations

from typing import Final

from secops.cli.records import Shape, record_group
from secops.errors import msgid

SHAPE: Final = Shape(
    kind="component",
    said=msgid("Components of systems: list, show, add, edit, retire."),
    options={
        "name": ("name", msgid("full name")),
        "kind": ("kind", msgid("host, operating system, database, …")),
        "unit": ("unit", msgid("the unit that runs it")),
        "system": ("systems", msgid("the systems it belongs to, between commas")),
        "product": ("product", msgid("product")),
        "version": ("version", msgid("version")),
    },
    columns=("name", "kind", "unit", "product", "version", "systems"),
)
command = record_group(SHAPE)
