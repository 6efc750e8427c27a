"""高风险判例 and 重大风险隐患: attached to items, judged by a person, heeded by the conclusion.

An answer to a case is an ordinary answer that is never counted as an item.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, unique
from fractions import Fraction
from typing import Final

from secops.errors import WrongValueError, msgid
from secops.model.asking import AsksChoice, Option
from secops.model.checklist import AtLevel, ChecklistPart, Clause, Domain, Item, Trait
from secops.model.common import Confidence, SecurityLevel
from secops.model.grades import Attribute
from secops.model.ids import ItemId


@unique
class CaseKind(Enum):
    """判例 of the guide, or 触发项 of the report template."""

    CASE = "case"
    HAZARD = "hazard"


@unique
class Downgrade(Enum):
    """Whether a compensating measure may lower the risk."""

    WHOLLY = "wholly"
    PARTLY = "partly"  # one half of the condition only
    NEVER = "never"


@unique
class CaseValue(Enum):
    """What a person may find about a case, worst first; the codes of its choices."""

    PRESENT = "present"
    DOWNGRADED = "downgraded"  # present, and the measure that lowers it is stated
    ABSENT = "absent"


@unique
class CaseState(Enum):
    """What stands about a case, worst first."""

    PRESENT = "present"
    OPEN = "open"  # nobody has judged it
    DOWNGRADED = "downgraded"
    ABSENT = "absent"
    NOT_APPLICABLE = "not_applicable"
    NOT_TRIGGERED = "not_triggered"  # a hazard whose case does not stand as present


@unique
class CaseProposal(Enum):
    """What the tool makes of the items that a case is about; never a judgement."""

    TO_BE_JUDGED = "to_be_judged"  # something speaks for it
    ABSENT = "absent"  # people answered all of its items as compliant
    NOTHING = "nothing"


_SHARES: Final = {CaseValue.PRESENT: 0, CaseValue.DOWNGRADED: 0, CaseValue.ABSENT: 1}
JUDGED: Final = AsksChoice(
    tuple(Option(one.value, "", Fraction(_SHARES[one])) for one in CaseValue)
)
"""What every case asks: its titles are the catalogue's, its shares are never counted."""
_PART: Final = ChecklistPart("high-risk", "")
_DOMAINS: Final = {one: Domain(one.value, "") for one in CaseKind}


@dataclass(frozen=True, slots=True)
class Principle:
    """One of the three that make a hazard a major one; a person affirms each in words."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of the guide, or one trigger of a major hazard."""

    id: ItemId
    code: str  # such as `HR25-6.4.1.1` or `A-18`: what people call it
    kind: CaseKind
    title: str
    about: tuple[ItemId, ...]  # none: the whole system
    levels: tuple[SecurityLevel, ...]  # of its items; none: every level
    when: tuple[Trait, ...]  # any of these; none: always
    scope: str  # whom it is about, in words; a person judges it
    condition: str
    compensating: str  # "" where the guide names none
    downgrade: Downgrade
    downgrade_note: str
    downgrade_part: str  # the half that may be lowered, such as `②`
    measure: str  # how it is usually mended; "" where nothing is known
    triggers: ItemId | None  # of a hazard: the case that it rests on
    principles: tuple[Principle, ...]  # of a hazard: what has to be affirmed
    source: str
    confidence: Confidence

    def __post_init__(self) -> None:
        Clause(self.code)  # raises WrongValueError: people type it where they type a clause
        if (self.downgrade is Downgrade.PARTLY) != bool(self.downgrade_part):
            wanted = msgid("the half that may be lowered, of a case that may be lowered partly")
            raise WrongValueError(key="downgrade_part", wanted=wanted, found=self.downgrade_part)
        if self.about and not self.levels:
            wanted = msgid("the levels of its items")
            raise WrongValueError(key="levels", wanted=wanted, found="[]")
        hazard = self.kind is CaseKind.HAZARD
        if hazard != bool(self.principles) or (self.triggers and not hazard):
            wanted = msgid("`hazard` for what rests on a case or on principles, else `case`")
            raise WrongValueError(key="kind", wanted=wanted, found=self.kind.value)

    @property
    def item(self) -> Item:
        """The question that it puts to a person, about the system as a whole."""
        at = AtLevel(
            level=None,
            clause=Clause(self.code),
            gist=self.condition,
            attribute=Attribute.GENERAL,
        )
        return Item(
            id=self.id,
            part=_PART,
            domain=_DOMAINS[self.kind],
            control_point=self.title,
            at=(at,),
            parts=(("whole", self.condition),),
            concerns=(),
            confidence=self.confidence,
            asks=JUDGED,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBook:
    """One edition of the guide, as loaded; `digest` names the very bytes."""

    pack: str
    edition: str
    title: str
    source: str
    about: str  # the pack whose items the cases attach to
    cases: tuple[Case, ...]  # in the order of the guide, hazards behind
    digest: str

    def __hash__(self) -> int:
        return hash(self.digest)
