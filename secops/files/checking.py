"""How to check: the files of `checking/`, an entry an item."""

from __future__ import annotations

from dataclasses import dataclass

from secops.errors import SecopsError, Where
from secops.files.yaml_section import Section
from secops.model.checking import AnswerRole, Effort, HowToCheck, Method
from secops.model.common import Confidence
from secops.model.ids import ItemId


@dataclass(frozen=True, slots=True)
class WrittenCheck:
    """Guidance, and where it stands."""

    check: HowToCheck
    where: Where


def read_checks(top: Section, *, problems: list[SecopsError]) -> list[WrittenCheck]:
    """Read one file; what is wrong with an entry is added to the problems."""
    top.text("source")
    top.date("as_of")
    top.choice("confidence", Confidence)
    written: list[WrittenCheck] = []
    for entry in top.sections("checks"):
        try:
            written.append(WrittenCheck(_check(entry), entry.where()))
        except SecopsError as error:
            entry.forgive()
            problems.append(error.at(entry.where()))
    return written


def _check(entry: Section) -> HowToCheck:
    return HowToCheck(
        item=ItemId(entry.text("item")),
        methods=entry.choices("methods", Method),
        objects=entry.text("objects", ""),
        evidence=entry.texts("evidence"),
        failures=entry.texts("failures", ()),
        measure=entry.text("measure", ""),
        effort=entry.choice("effort", Effort),
        deadline_days=entry.integer("deadline_days"),
        role=entry.choice("role", AnswerRole),
        related=tuple(ItemId(one) for one in entry.texts("related", ())),
        confidence=entry.choice("confidence", Confidence),
        words_confidence=entry.choice("words_confidence", Confidence, Confidence.LOW),
    )
