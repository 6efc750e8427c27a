"""The inventory as one JSON document, for scripts; it is not read back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from secops.contracts.inventory_files import Sheet
from secops.files.inventory_yaml import document_of


def _plain(value: object) -> str:
    if isinstance(value, (date, Decimal)):
        return str(value)
    raise TypeError(type(value))


def write_json(sheets: Iterable[Sheet], revision: str) -> bytes:
    """Write an export; dates and decimals are text."""
    whole = document_of(sheets, revision)
    whole = {"schema": "secops/inventory", "version": 1, "revision": revision} | {
        key: value for key, value in whole.items() if key not in ("secops", "version")
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2, default=_plain) + "\n").encode()
