"""检查表: items with ids of their own, never reused; a clause is what an item is called at a level.

Answers, rules and templates refer to items and print clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, unique

from secops.errors import WrongValueError, msgid
from secops.model.asset import ComponentKind
from secops.model.common import SecurityLevel


@unique
class Confidence(Enum):
    """How sure a fact is. LOW is never printed as official."""

    HIGH = "H"  # read in a primary or two agreeing sources, or measured
    MEDIUM = "M"  # one secondary source
    LOW = "L"  # from memory: to be confirmed


@unique
class Domain(Enum):
    """安全类 of GB/T 22239-2019, in the order of the standard."""

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
class Attribute(Enum):
    """S, A or G: which of the two grades decides whether the item applies (GB/T 22239 附录A)."""

    BUSINESS_INFORMATION = "S"
    SYSTEM_SERVICE = "A"
    GENERAL = "G"


@dataclass(frozen=True, slots=True, order=True)
class Clause:
    """A clause, such as `8.1.4.8.a` or `6.1.1.1`; sorts as a reader expects (8.2 before 8.10)."""

    numbers: tuple[int, ...]
    letter: str = ""

    @classmethod
    def parse(cls, text: str) -> Clause:
        """Read the dotted form; the inverse of `str`."""
        number = "(?:0|[1-9][0-9]{0,2})"
        match = re.fullmatch(rf"({number}(?:\.{number})*)(?:\.([a-z]))?", text)
        if match is None:
            wanted = msgid("a clause such as 8.1.4.8.a")
            raise WrongValueError(key="clause", wanted=wanted, found=text)
        return cls(tuple(int(part) for part in match[1].split(".")), match[2] or "")

    def __str__(self) -> str:
        return ".".join([*map(str, self.numbers), *self.letter])


@dataclass(frozen=True, slots=True, order=True)
class ItemId:
    """Pack, domain and name, such as `gb22239/ce/identity-1`."""

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+){2}", self.text):
            wanted = msgid("an id such as gb22239/ce/identity-1")
            raise WrongValueError(key="item", wanted=wanted, found=self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLevel:
    """What the item is called and says at one level."""

    level: SecurityLevel
    clause: Clause
    gist: str  # in our own words, never the text of the standard
    attribute: Attribute
    unit_id: str = ""  # GB/T 28448-2019 测评单元
    unit_confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """检查项: what is asked, in parts that can be shown one by one."""

    id: ItemId
    domain: Domain
    control_point: str
    at: tuple[AtLevel, ...]
    parts: tuple[tuple[str, str], ...]  # id and wording of each part; a single part is `whole`
    concerns: tuple[ComponentKind, ...]  # empty: asked of the system as a whole
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """One edition of a standard, as loaded; `digest` names the very bytes."""

    pack: str  # such as `gb22239`
    edition: str  # such as `GB/T 22239-2019`
    title: str
    source: str
    items: tuple[Item, ...]
    digest: str
