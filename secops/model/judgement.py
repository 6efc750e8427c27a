"""What a machine proposes, what is wrong and what is counted are different types.

Nothing that prints or scores takes a suggestion, so it cannot be printed as a verdict or scored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, unique

from secops.errors import WrongValueError, msgid
from secops.model.answer import Answer, Measure, Subject, Value, Verdict
from secops.model.ids import ComponentId, Digest, FindingId, ItemId


@unique
class Risk(Enum):
    """How bad a finding is, worst first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    def reaches(self, other: Risk) -> bool:
        """Whether it is as bad as the other, or worse."""
        ranks = list(Risk)
        return ranks.index(self) <= ranks.index(other)


ANSWERED_RISK: Mapping[Verdict, Risk] = {
    Verdict.NON_COMPLIANT: Risk.MEDIUM,
    Verdict.PARTIALLY_COMPLIANT: Risk.LOW,
}
"""Risk of a finding that only an answer tells of: this tool's default, no rule of the standard."""


def answered_risk(value: Value) -> Risk | None:
    """Give the risk of what an answer to an item says is wrong; None: it says nothing is."""
    return ANSWERED_RISK.get(value) if isinstance(value, Verdict) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What one rule makes of one observation: about one part of an item, on one component."""

    rule: str
    part: str
    component: ComponentId | None  # None: of the system as a whole
    verdict: Verdict  # COMPLIANT only says that this part was seen to hold here
    risk: Risk  # how bad it is if it fails
    statement: str
    evidence: Digest


@dataclass(frozen=True, slots=True)
class Against:
    """Something was seen that the item forbids: this may decide the item."""

    verdict: Verdict
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Supported:
    """Every part was seen to hold on every component concerned."""

    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class NothingAgainst:
    """What was seen is good; the parts named here nobody has shown on every component yet."""

    grounds: tuple[Ground, ...]
    still_to_show: tuple[str, ...]


Suggestion = Against | Supported | NothingAgainst


@unique
class SourceKind(Enum):
    """Who says that something is wrong."""

    SCAN = "scan"
    IMPORT = "import"
    ANSWER = "answer"
    NOTICE = "notice"
    DRILL = "drill"
    INCIDENT = "incident"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a finding comes from: the kind, and the id of the attempt, answer or notice."""

    kind: SourceKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """问题: something wrong, once, however often it is seen; one fingerprint per subject."""

    id: FindingId
    no: int
    source: Source
    subject: Subject
    item: ItemId | None
    fingerprint: str
    risk: Risk
    statement: str
    evidence: Digest | None
    first_seen: datetime
    last_seen: datetime
    measure: str = ""  # how it is usually mended
    cvss: str = ""  # a vector, where one is known


def fingerprint_of(mark: str) -> str:
    """Give the fingerprint of what is wrong; the mark is the same for the same thing seen again."""
    return hashlib.sha256(mark.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A finding that a person stands behind: the only kind that goes into a document."""

    finding: Finding
    answer: Answer

    def __post_init__(self) -> None:
        said = self.answer.value
        same = self.answer.item == self.finding.item
        if not (same and isinstance(said, Verdict) and said < Verdict.COMPLIANT):
            wanted = msgid("confirmed by an answer")
            raise WrongValueError(key="finding", wanted=wanted, found=str(said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts, not a percentage: whoever shows it decides how to round, and says so."""

    compliant: int = 0
    partially_compliant: int = 0
    non_compliant: int = 0
    not_applicable: int = 0
    unanswered: int = 0
    not_judged: int = 0  # numbers and choices: shown as they stand, outside the rate

    @property
    def rate(self) -> Measure:
        """Compliant of all that apply: an unanswered item is below the line, never above it."""
        wrong = self.partially_compliant + self.non_compliant
        return Measure(n=self.compliant, of=self.compliant + wrong + self.unanswered)
