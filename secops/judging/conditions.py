"""The few tests that rules are made of; to add a kind of test is one function and one line here.

What was observed is text; where a test cannot read it, the test does not hold and says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from secops.errors import WrongChoiceError, WrongValueError, msgid

Test = Callable[[str, tuple[str, ...]], bool]
_MOST_DIGITS: Final = 18


def _listed(observed: str) -> set[str]:
    return {one.strip() for one in observed.split(",")}


def _number(text: str) -> int | None:
    digits = text.removeprefix("-")
    fits = digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS
    return int(text) if fits else None


def _below(observed: str, wanted: tuple[str, ...]) -> bool:
    seen, limit = _number(observed), _number(wanted[0])
    return seen is not None and limit is not None and seen < limit


def _above(observed: str, wanted: tuple[str, ...]) -> bool:
    seen, limit = _number(observed), _number(wanted[0])
    return seen is not None and limit is not None and seen > limit


def _mode_beyond(observed: str, wanted: tuple[str, ...]) -> bool:
    """Compare file modes: `0644` grants something that `0640` does not."""
    modes = [observed, wanted[0]]
    if not all(re.fullmatch("[0-7]{3,4}", one) for one in modes):
        return False
    seen, limit = (int(one, 8) for one in modes)
    return bool(seen & ~limit)


def _weaker_than(observed: str, wanted: tuple[str, ...]) -> bool:
    """`rsa-1024` is weaker than `rsa-2048`; a family without a limit is not weaker."""
    family, _, size = observed.rpartition("-")
    limits = {one.rpartition("-")[0]: one.rpartition("-")[2] for one in wanted}
    return family in limits and _below(size, (limits[family],))


TESTS: Final[Mapping[str, Test]] = {
    "is": lambda observed, wanted: observed in wanted,
    "lists": lambda observed, wanted: bool(_listed(observed) & set(wanted)),
    "lists_none_of": lambda observed, wanted: not _listed(observed) & set(wanted),
    "lists_other_than": lambda observed, wanted: bool(_listed(observed) - set(wanted)),
    "below": _below,
    "above": _above,
    "mode_beyond": _mode_beyond,
    "weaker_than": _weaker_than,
    "has": lambda observed, _: any(one.isdigit() for one in observed),  # has: [digit]
    "any": lambda *_: True,  # any: [rest], after the worse cases
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests of which one must hold; a wanted value `$name` stands for a setting."""

    tests: tuple[tuple[str, tuple[str, ...]], ...]

    def __post_init__(self) -> None:
        for name, wanted in self.tests:
            if name not in TESTS:
                raise WrongChoiceError(key="test", choices=", ".join(TESTS), found=name)
            if not wanted:
                raise WrongValueError(key=name, wanted=msgid("a list without gaps"), found="[]")

    @property
    def settings(self) -> tuple[str, ...]:
        """The names of the settings it reads."""
        return tuple(one[1:] for _, wanted in self.tests for one in wanted if one[0] == "$")

    def holds(self, observed: str, settings: Mapping[str, str]) -> bool:
        """Whether one of the tests holds on what was observed."""
        return any(TESTS[name](observed, _filled(wanted, settings)) for name, wanted in self.tests)


def _filled(wanted: tuple[str, ...], settings: Mapping[str, str]) -> tuple[str, ...]:
    filled = [settings[one[1:]].split(",") if one[0] == "$" else [one] for one in wanted]
    return tuple(one.strip() for several in filled for one in several)
