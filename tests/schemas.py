"""Checks a --json document against the schema that the documentation shows."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


def fits_its_schema(text: str) -> None:
    """Read one document and hold it against docs/reference/<its schema>.schema.json."""
    document = json.loads(text)
    name = document["schema"].removeprefix("secops/")
    schema = json.loads((REFERENCE / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
