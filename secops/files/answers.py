"""Answers written down in YAML: what a person found, item by item, to be taken over in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from secops.errors import (
    InputError,
    SeveralInputsError,
    UnknownKeyError,
    Where,
    WrongChoiceError,
    WrongValueError,
    msgid,
)
from secops.errors.answering import AnsweredTwiceError
from secops.files.strict_yaml import load
from secops.files.yaml_section import Section
from secops.model.answer import NOT_APPLICABLE, Value, Verdict
from secops.model.common import NotApplicable

FORM: Final = "answers"
VERSION: Final = 1
_KEYS: Final = (*(one.value for one in Verdict), NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAnswer:
    """One line of the file, with its place."""

    where: Where
    item: str  # an item id, with or without the pack, or a clause
    value: Value
    component: str
    note: str


def load_answers(path: Path, spelled: Mapping[str, str]) -> tuple[WrittenAnswer, ...]:
    """Read the whole file or nothing; raises SeveralInputsError with every wrong answer.

    `spelled`: what people call the verdicts, beside our keys.
    """
    problems: list[InputError] = []
    found = load(path, lambda top: tuple(_answers(top, spelled, problems)))
    if problems:
        raise SeveralInputsError(problems)
    return found


def _answers(
    top: Section, spelled: Mapping[str, str], problems: list[InputError]
) -> Iterator[WrittenAnswer]:
    if top.text("secops") != FORM:
        wanted = msgid("`answers`: this file is of another form")
        raise WrongValueError(
            key="secops", wanted=wanted, found=top.text("secops"), where=top.where("secops")
        )
    if top.integer("version") != VERSION:
        wanted = msgid("1, the version that this program reads")
        found = str(top.integer("version"))
        raise WrongValueError(key="version", wanted=wanted, found=found, where=top.where("version"))
    first: dict[tuple[str, str], int] = {}
    for entry in top.sections("answers"):
        try:
            one = _answer(entry, spelled)
            line = first.setdefault((one.item, one.component), one.where.line)
            if line != one.where.line:
                raise AnsweredTwiceError(where=one.where, item=one.item, first=str(line))
            yield one
        except InputError as error:
            problems.append(error)


def _answer(entry: Section, spelled: Mapping[str, str]) -> WrittenAnswer:
    note, component = entry.text("note", ""), entry.text("component", "")
    reason = entry.text("reason", "")
    item, verdict = entry.text("item"), entry.text("verdict")
    found = spelled.get(verdict, verdict)
    value: Value
    if found == NOT_APPLICABLE:
        value = NotApplicable(reason or entry.text("reason"))
    elif found not in _KEYS:
        choices = ", ".join([*spelled, *_KEYS])
        where = entry.where("verdict")
        raise WrongChoiceError(where=where, key="verdict", choices=choices, found=verdict[:80])
    elif reason:
        raise UnknownKeyError(where=entry.where("reason"), key="reason")
    else:
        value = Verdict(found)
    return WrittenAnswer(
        where=entry.where(), item=item, value=value, component=component, note=note
    )
