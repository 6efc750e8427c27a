"""What an item asks for: a verdict, one of several choices, or how many of how many."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from fractions import Fraction

from secops.errors import WrongValueError, msgid


@unique
class YesOrNo(Enum):
    """The codes of the plain question."""

    YES = "yes"
    NO = "no"


YES = YesOrNo.YES.value
NO = YesOrNo.NO.value


@dataclass(frozen=True, slots=True)
class AsksVerdict:
    """符合、部分符合、不符合: the question of a standard's clause."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice that an item offers, and the share of its points that it earns."""

    code: str
    title: str  # for `yes` and `no` empty: the catalogue says them
    share: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            wanted = msgid("a fraction from 0 to 1, such as 0.5")
            raise WrongValueError(key="share", wanted=wanted, found=str(self.share))


@dataclass(frozen=True, slots=True)
class AsksChoice:
    """One of a closed list; yes or no is the shortest of them."""

    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        codes = [one.code for one in self.options]
        if len(codes) < 2 or len(codes) != len(set(codes)):  # noqa: PLR2004  # a choice has two
            wanted = msgid("at least two choices with different codes")
            raise WrongValueError(key="choices", wanted=wanted, found=", ".join(codes))

    @property
    def yes_or_no(self) -> bool:
        """It is the plain question."""
        return self == YES_OR_NO


@dataclass(frozen=True, slots=True)
class AsksRatio:
    """n of m, both of them counted by a person or out of the inventory."""

    counted: str
    of: str


YES_OR_NO = AsksChoice((Option(YES, "", Fraction(1)), Option(NO, "", Fraction(0))))
VERDICT = AsksVerdict()
Asks = AsksVerdict | AsksChoice | AsksRatio
