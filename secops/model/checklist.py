"""检查表: items with ids of their own, never reused; a clause is what an item is called at a level.

Answers, rules and templates refer to items and print clauses. What people call an item without
levels, such as `EDU-04`, is its clause too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, unique
from fractions import Fraction
from functools import total_ordering
from typing import Final

from secops.errors import WrongValueError, msgid
from secops.model.asking import VERDICT, Asks
from secops.model.asset import ComponentKind
from secops.model.checking import HowToCheck
from secops.model.common import Confidence, SecurityLevel
from secops.model.figure import Figure
from secops.model.grades import Attribute
from secops.model.ids import ItemId

STANDARD: Final = "gb22239"
"""The pack that systems are assessed by unless another is named: GB/T 22239."""
GENERAL: Final = "general"
_CLAUSE: Final = re.compile(
    r"(?:[A-Z][A-Z0-9]*-)?(?:0|[0-9]{1,4})(?:\.(?:0|[1-9][0-9]{0,2}))*(?:\.[a-z])?"
)


@unique
class Trait(Enum):
    """What a system or its unit is beyond its level: each may add items."""

    CLOUD_PROVIDER = "cloud_provider"
    CLOUD_TENANT = "cloud_tenant"
    MOBILE = "mobile"
    INTERNET_OF_THINGS = "internet_of_things"
    INDUSTRIAL_CONTROL = "industrial_control"
    BIG_DATA = "big_data"
    CII = "cii"  # 关键信息基础设施


@unique
class Duty(Enum):
    """Who answers an item where a platform carries the system."""

    PLATFORM = "platform"
    TENANT = "tenant"
    BOTH = "both"  # the worse of the two halves counts


@unique
class FirstDomain(Enum):
    """The chapters of GB/T 22239 that the first item sets kept by their codes only."""

    PHYSICAL_ENVIRONMENT = "pe"
    COMMUNICATION_NETWORK = "cn"
    AREA_BOUNDARY = "ab"
    COMPUTING_ENVIRONMENT = "ce"
    MANAGEMENT_CENTER = "mc"
    MANAGEMENT_SYSTEM = "ms"
    MANAGEMENT_ORGANIZATION = "mo"
    MANAGEMENT_PERSONNEL = "mp"
    CONSTRUCTION_MANAGEMENT = "cm"
    OPERATION_MANAGEMENT = "om"


@unique
class AboutKind(Enum):
    """What a checklist is about."""

    SYSTEM = "system"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Domain:
    """安全类, or the area of a self-check: a chapter of the checklist."""

    code: str
    title: str
    english: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistPart:
    """安全通用要求 or an extension; asked where the system has one of the traits, or always."""

    code: str
    title: str
    english: str = ""
    when: tuple[Trait, ...] = ()


@total_ordering
@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, such as `8.1.4.8.a` or `EDU-04`; sorts as a reader expects (8.2 before 8.10)."""

    text: str

    def __post_init__(self) -> None:
        if not _CLAUSE.fullmatch(self.text):
            wanted = msgid("a clause such as 8.1.4.8.a")
            raise WrongValueError(key="clause", wanted=wanted, found=self.text)

    def _key(self) -> tuple[tuple[int, int, str], ...]:
        parts = re.findall(r"[0-9]+|[A-Za-z]+", self.text)
        return tuple((0, int(one), "") if one.isdigit() else (1, 0, one) for one in parts)

    def __lt__(self, other: Clause) -> bool:
        return self._key() < other._key()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLevel:
    """What the item is called and says at one level; no level: at every one."""

    level: SecurityLevel | None
    clause: Clause
    gist: str  # in our own words, never the text of the standard
    attribute: Attribute
    unit_id: str = ""  # GB/T 28448-2019 测评单元
    unit_confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """检查项: what is asked, in parts that can be shown one by one."""

    id: ItemId
    part: ChecklistPart
    domain: Domain
    control_point: str
    at: tuple[AtLevel, ...]
    parts: tuple[tuple[str, str], ...]  # id and wording of each part; a single part is `whole`
    concerns: tuple[ComponentKind, ...]  # empty: asked of the subject as a whole
    confidence: Confidence
    duty: Duty = Duty.TENANT
    from_level: SecurityLevel | None = None  # asked from this level on; for items without levels
    when: tuple[Trait, ...] = ()
    mandatory: bool = True
    asks: Asks = VERDICT
    weight: Fraction = Fraction(0)  # points, where the checklist gives any
    not_applicable: str = ""  # the usual reason why it does not apply
    basis: str = ""  # where this one item comes from, if not from the checklist's source
    figure: Figure | None = None  # what a unit's inventory counts for it
    check: HowToCheck | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """One edition of a standard, as loaded; `digest` names the very bytes."""

    pack: str  # such as `gb22239`
    folder: str  # such as `gbt22239-2019`: tells editions of a pack apart
    edition: str  # such as `GB/T 22239-2019`
    title: str
    source: str
    confidence: Confidence
    in_force: date
    about: AboutKind
    domains: tuple[Domain, ...]
    parts: tuple[ChecklistPart, ...]
    items: tuple[Item, ...]
    digest: str
    points: Fraction | None = None  # what the weights add up to
    stands_in: str = ""  # a workspace's own folder, where it stands in for a supplied pack

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def levels(self) -> tuple[SecurityLevel, ...]:
        """The levels that it covers; none: its items know no levels."""
        found = {at.level for item in self.items for at in item.at if at.level is not None}
        return tuple(sorted(found))


Counted = tuple[SecurityLevel | None, str, str]
"""What is counted together: a level, a part and a domain."""


def counted(items: Iterable[Item]) -> dict[Counted, int]:
    """Count what is asked, by level, part and domain."""
    counts: dict[Counted, int] = {}
    for item in items:
        for at in item.at:
            key = (at.level, item.part.code, item.domain.code)
            counts[key] = counts.get(key, 0) + 1
    return counts
