"""Load where each field of the filing form has its home in the records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secops.errors import UnknownKeyError, WrongValueError, msgid
from secops.files.checklists import ask_origin
from secops.files.strict_yaml import load
from secops.files.yaml_section import Section
from secops.model.inventory import KINDS
from secops.model.record import fields_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of the form: kept in these cells, or worked out, or left to the police."""

    field: str  # table and field, such as `t2.object_name`
    label: str
    home: tuple[tuple[str, str], ...] = ()  # kind of record and path of the cell
    computed: bool = False
    police: bool = False


def load_filing_form(path: Path) -> tuple[FormField, ...]:
    """Read the table. Raises UnknownKeyError where a cell does not exist."""

    def parse(file: Section) -> tuple[FormField, ...]:
        file.text("edition")
        ask_origin(file)
        return tuple(_field(one) for one in file.sections("fields"))

    return load(path, parse)


def _field(one: Section) -> FormField:
    home = tuple(_cell(one, text) for text in one.texts("home", ()))
    computed = one.boolean("computed", default=False)
    police = one.boolean("police", default=False)
    if bool(home) + computed + police != 1:
        wanted = msgid("exactly one of home, computed, police")
        raise WrongValueError(where=one.where(), key="home", wanted=wanted, found=str(home))
    return FormField(
        field=one.text("field"),
        label=one.text("label"),
        home=home,
        computed=computed,
        police=police,
    )


def _cell(one: Section, text: str) -> tuple[str, str]:
    kind, _, path = text.partition(":")
    record: Any = KINDS.get(kind)  # mypy holds a union of classes for not hashable
    if record is None or path not in {field.path for field in fields_of(record)}:
        raise UnknownKeyError(where=one.where("home"), key=text)
    return kind, path
