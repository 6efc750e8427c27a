"""Answers written down in YAML: what a person found, item by item, to be taken over in one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, unique
from pathlib import Path
from typing import Final

from secops.errors import Where, WrongValueError, msgid
from secops.files.strict_yaml import load
from secops.files.yaml_section import Section
from secops.model.answer import Value, Verdict
from secops.model.common import NotApplicable

FORM: Final = "answers"
VERSION: Final = 1


@unique
class _Written(Enum):
    """What may stand as a verdict."""

    COMPLIANT = "compliant"
    PARTIALLY_COMPLIANT = "partially_compliant"
    NON_COMPLIANT = "non_compliant"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAnswer:
    """One line of the file, with its place."""

    where: Where
    item: str  # an item id, with or without the pack, or a clause
    value: Value
    component: str
    note: str


def load_answers(path: Path) -> tuple[WrittenAnswer, ...]:
    """Read the whole file or nothing; raises InputError with file, line and column."""
    return load(path, lambda top: tuple(_answers(top)))


def _answers(top: Section) -> Iterator[WrittenAnswer]:
    if top.text("secops") != FORM:
        wanted = msgid("`answers`: this file is of another form")
        raise WrongValueError(
            key="secops", wanted=wanted, found=top.text("secops"), where=top.where("secops")
        )
    if top.integer("version") != VERSION:
        wanted = msgid("1, the version that this program reads")
        found = str(top.integer("version"))
        raise WrongValueError(key="version", wanted=wanted, found=found, where=top.where("version"))
    for entry in top.sections("answers"):
        yield WrittenAnswer(
            where=entry.where(),
            item=entry.text("item"),
            value=_value(entry),
            component=entry.text("component", ""),
            note=entry.text("note", ""),
        )


def _value(entry: Section) -> Value:
    verdict = entry.choice("verdict", _Written)
    if verdict is _Written.NOT_APPLICABLE:
        return NotApplicable(entry.text("reason"))
    return Verdict(verdict.value)
