"""自查: what is asked of whom by which checklist, in which revision, and whether it is frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, unique

from secops.errors import WrongValueError, msgid
from secops.model.actor import Actor
from secops.model.answer import OfComponent, OfSystem, OfUnit, Subject
from secops.model.grades import Grades
from secops.model.ids import AssessmentId, Digest, PersonId, SystemId


@unique
class AssessmentKind(Enum):
    """Who assesses, and for what."""

    SELF = "self"
    GATE = "gate"
    REVIEW = "review"
    RECHECK = "recheck"
    INSPECTION = "inspection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A frozen assessment is never edited: a correction is a new revision that names it."""

    at: datetime
    by: PersonId
    state: Digest  # of the answers as they stood
    rules: Digest


Assessed = OfSystem | OfUnit


def whole_of(subject: Subject) -> Assessed:
    """Give the unit or the system; of a component the system that it is judged in."""
    return OfSystem(subject.system) if isinstance(subject, OfComponent) else subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One subject against one item set; answers hang on it."""

    id: AssessmentId
    no: int
    subject: Assessed
    kind: AssessmentKind
    pack: str  # which checklist, such as `gb22239`
    scope: str = ""  # one domain of it only, such as a gate
    grades: Grades | None  # None: of a unit, or of a checklist without levels
    item_set: Digest  # the copy that is kept, so that an old document prints again
    revision: int
    started_at: datetime
    started_by: Actor
    cycle: str = ""  # such as `2026`
    replaces: AssessmentId | None = None
    frozen: Frozen | None = None


@unique
class Conclusion(Enum):
    """测评结论 words of the 2025 report template (公网安〔2025〕1846号 问20)."""

    COMPLIANT = "compliant"  # 符合
    BASICALLY_COMPLIANT = "basically_compliant"  # 基本符合
    NON_COMPLIANT = "non_compliant"  # 不符合


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyReport:
    """等级测评报告 of an agency: entered and shown as printed, never recomputed."""

    id: str
    no: int
    system: SystemId
    agency: str
    report_number: str
    cover_date: date
    edition: str
    conclusion: str
    score: str = ""  # a template without a number prints none
    evidence: Digest | None = None

    def __post_init__(self) -> None:
        if not self.agency.strip():
            raise WrongValueError(key="agency", wanted=msgid("stated in words"), found="")
