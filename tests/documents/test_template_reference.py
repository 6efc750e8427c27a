"""The reference page of the templates is generated, complete and fresh."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from inspect import getmembers, isclass
from types import ModuleType

import pytest

from secops.documents import gate_context, rectification_context, selfcheck_context
from tools.make_template_reference import TARGET, reference


def test_the_page_is_as_the_tool_writes_it() -> None:
    assert TARGET.read_text(encoding="utf-8") == reference()


@pytest.mark.parametrize("context", [gate_context, rectification_context, selfcheck_context])
def test_every_field_has_a_docstring_on_the_page(context: ModuleType) -> None:
    page = reference()
    for name, kind in getmembers(context, isclass):
        if is_dataclass(kind):
            section = page[page.index(f"### {name}\n") :].split("\n### ")[0]
            assert [one.name for one in fields(kind) if f"| `{one.name}` |" not in section] == []
