"""The schemas that scripts rely on: right in themselves, and of documents that we print."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tests.schemas import REFERENCE

CLI = Path(__file__).parents[2] / "secops" / "cli"
PRINTED = re.compile(r'emit\(\s*context,\s*"(?P<name>[a-z-]+)"')


def _printed() -> set[str]:
    return {
        found["name"]
        for one in CLI.glob("*.py")
        for found in PRINTED.finditer(one.read_text("utf-8"))
    }


def test_every_document_that_is_printed_has_a_schema() -> None:
    there = {path.name.removesuffix(".schema.json") for path in REFERENCE.glob("*.schema.json")}
    assert _printed() == there


@pytest.mark.parametrize("path", sorted(REFERENCE.glob("*.schema.json")), ids=lambda one: one.stem)
def test_a_schema_is_one_and_of_a_document_that_is_printed(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    name = path.name.removesuffix(".schema.json")
    assert name in _printed()
    assert schema["additionalProperties"] is False
    assert schema["properties"]["schema"] == {"const": f"secops/{name}"}
