"""How an item is checked: by whom, by which methods, what satisfies, what is commonly wrong.

Guidance only: nothing here judges, and where the words are our own their confidence says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique

from secops.errors import WrongValueError, msgid
from secops.model.common import Confidence
from secops.model.ids import ItemId


@unique
class Method(Enum):
    """访谈、核查、测试 of GB/T 28448-2019."""

    INTERVIEW = "interview"
    EXAMINE = "examine"
    TEST = "test"


@unique
class Effort(Enum):
    """What mending it usually takes."""

    SMALL = "small"  # a person-day at most
    MEDIUM = "medium"  # ten person-days at most
    LARGE = "large"  # a project or a purchase


@unique
class AnswerRole(Enum):
    """岗位: who can answer an item; a small unit has several of them in one person."""

    LEADER = "leader"
    SECURITY_ADMINISTRATOR = "security_administrator"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    NETWORK_ADMINISTRATOR = "network_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"
    ROOM_ADMINISTRATOR = "room_administrator"
    ASSET_ADMINISTRATOR = "asset_administrator"
    OPERATION_LEAD = "operation_lead"
    CONSTRUCTION_LEAD = "construction_lead"
    DEVELOPMENT_LEAD = "development_lead"
    PROCUREMENT = "procurement"
    PERSONNEL = "personnel"
    BUSINESS_OWNER = "business_owner"
    DATA_OWNER = "data_owner"
    FINANCE = "finance"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowToCheck:
    """检查方法 of one item."""

    item: ItemId
    methods: tuple[Method, ...]
    objects: str  # what is looked at, in words
    evidence: tuple[str, ...]  # each one thing that satisfies
    failures: tuple[str, ...]
    measure: str  # how it is usually mended
    effort: Effort
    deadline_days: int
    role: AnswerRole
    related: tuple[ItemId, ...]
    confidence: Confidence  # of methods and objects
    words_confidence: Confidence  # of evidence, failures, measure, effort and deadline

    def __post_init__(self) -> None:
        if not (self.methods and self.evidence):
            wanted = msgid("methods, and evidence that satisfies")
            raise WrongValueError(key="checks", wanted=wanted, found="[]")
        if self.deadline_days < 1:
            wanted = msgid("at least one day")
            raise WrongValueError(key="deadline_days", wanted=wanted, found=str(self.deadline_days))
