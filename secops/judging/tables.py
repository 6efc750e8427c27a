"""What law and standards say, loaded once: checklist, rules, thresholds, conclusion bands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from secops.errors import DuplicateIdError, WrongChoiceError, WrongValueError, msgid
from secops.errors.judging import UnknownSettingError
from secops.judging.rules import Rule, Setting
from secops.judging.setting_kinds import wrong_setting
from secops.model.assessment import Conclusion
from secops.model.case import CaseBook
from secops.model.checklist import STANDARD, Checklist
from secops.model.library import Library
from secops.model.score import Bands

AT_UPPER: Final = "conclusion.at-upper-border"
AT_LOWER: Final = "conclusion.at-lower-border"
PARTIAL_WEIGHT: Final = "conclusion.partial-weight"
_WEIGHT: Final = re.compile(r"[0-9](?:\.[0-9]{1,9})?|[0-9]{1,9}/[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTable:
    """All rules with their thresholds; `digest` names the very bytes in `content`."""

    rules: tuple[Rule, ...]
    settings: tuple[Setting, ...]
    content: bytes
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What judging needs beside answers and observations."""

    day: date  # on which editions were chosen
    library: Library
    checklist: Checklist  # the one of the standard that is in force: what rules speak of
    rules: RuleTable
    bands: Bands
    thresholds: Mapping[str, str]
    guide: CaseBook | None = None  # high-risk cases and hazards of the standard


def tables(
    library: Library,
    rules: RuleTable,
    bands: Bands,
    today: date,
    guide: CaseBook | None = None,
) -> Tables:
    """Put the tables together, proving that they fit; every threshold at its default."""
    ids = [rule.id for rule in rules.rules]
    for repeated in (one for one in ids if ids.count(one) > 1):
        raise DuplicateIdError(id=repeated)
    thresholds = {one.name: one.default for one in rules.settings}
    return Tables(
        day=today,
        library=library,
        checklist=library.in_force(STANDARD, today),
        rules=rules,
        bands=bands,
        thresholds=thresholds,
        guide=guide,
    )


def with_settings(tables: Tables, chosen: Mapping[str, str]) -> Tables:
    """Apply what a workspace has set; settings of other subjects are not ours to judge."""
    kinds = {one.name: one.kind for one in tables.rules.settings}
    thresholds = dict(tables.thresholds)
    bands = tables.bands
    for name, value in chosen.items():
        if name in thresholds:
            if wrong := wrong_setting(name, kinds[name], value):
                raise wrong
            thresholds[name] = value
        elif name in (AT_UPPER, AT_LOWER, PARTIAL_WEIGHT):
            bands = _with_border(bands, name, value)
        elif name.startswith(("conclusion.", "threshold.")):
            raise UnknownSettingError(name=name)
    return replace(tables, thresholds=thresholds, bands=bands)


def _with_border(bands: Bands, name: str, value: str) -> Bands:
    if name == PARTIAL_WEIGHT:
        return replace(bands, partial_weight=weight_of(value))
    choices = (
        (Conclusion.COMPLIANT, Conclusion.BASICALLY_COMPLIANT)
        if name == AT_UPPER
        else (Conclusion.BASICALLY_COMPLIANT, Conclusion.NON_COMPLIANT)
    )
    chosen = next((one for one in choices if one.value == value), None)
    if chosen is None:
        listed = ", ".join(one.value for one in choices)
        raise WrongChoiceError(key=name, choices=listed, found=value)
    if name == AT_UPPER:
        return replace(bands, at_upper=chosen)
    return replace(bands, at_lower=chosen)


def weight_of(text: str) -> Fraction:
    """Read a weight such as `0`, `0.5` or `1/2`, exactly."""
    wanted = msgid("a fraction from 0 to 1, such as 0.5")
    if not _WEIGHT.fullmatch(text) or Fraction(text) > 1:
        raise WrongValueError(key=PARTIAL_WEIGHT, wanted=wanted, found=text)
    return Fraction(text)


def setting_values(tables: Tables) -> dict[str, str]:
    """Give every named setting that judging reads, with the value it has in these tables."""
    bands = tables.bands
    return {
        **tables.thresholds,
        AT_UPPER: bands.at_upper.value,
        AT_LOWER: bands.at_lower.value,
        PARTIAL_WEIGHT: str(bands.partial_weight),
    }
