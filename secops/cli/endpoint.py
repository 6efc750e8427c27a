"""`secops endpoint`: addresses, names and URLs where systems answer."""

from __future__ import annotations

from typing import Final

from secops.cli.records import Shape, record_group
from secops.errors import msgid
from secops.guards.plain_text import plain_place
from secops.judging.codes import parse_address


def guess_kind(settings: dict[str, str]) -> None:
    """Tell the kind by the value, where nobody stated it."""
    value = plain_place(settings.get("value", "")).strip()
    if "kind" not in settings and value:
        named = "url" if "://" in value else "name"
        settings["kind"] = "address" if parse_address(value) else named


SHAPE: Final = Shape(
    kind="endpoint",
    said=msgid("Endpoints, where systems answer: list, show, add, edit, retire."),
    options={
        "value": ("value", msgid("address, host name or URL")),
        "kind": ("kind", msgid("address, name or url (default: as the value looks)")),
        "port": ("port", msgid("port; none: the scan finds out")),
        "side": ("side", msgid("reached from inside or outside")),
        "system": ("systems", msgid("the systems it belongs to, between commas")),
        "component": ("components", msgid("the components that answer there, between commas")),
    },
    columns=("value", "port", "side", "systems", "components"),
    guess=guess_kind,
)
command = record_group(SHAPE)
