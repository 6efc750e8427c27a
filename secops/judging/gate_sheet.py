"""What a printed gate sheet is made of: gathered by an operation, then printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from secops.judging.gates import GateItem
from secops.model.assessment import Assessment
from secops.model.checking import HowToCheck
from secops.model.checklist import Checklist, Domain
from secops.model.common import SecurityLevel
from secops.model.evidence import EvidenceRecord, digest_of
from secops.model.gate import GateState, LevelOrigin
from secops.model.history import Head
from secops.model.ids import Digest, ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFacts:
    """One gate of one system on a day; the same facts give the same bytes."""

    subject: str  # the system
    unit: str  # the operating unit, and the stamp on it
    stage: Domain
    checklist: Checklist
    edition: str  # by which it was asked, if that is another by now
    level: SecurityLevel | None
    origin: LevelOrigin
    graded: bool  # more than preliminarily: what is asked stands
    state: GateState
    items: tuple[GateItem, ...]
    checks: Mapping[ItemId, HowToCheck]
    earlier: tuple[tuple[Domain, GateState], ...]  # not passed
    assessment: Assessment | None  # None: nobody has begun it, the sheet is a blank form
    evidence: tuple[EvidenceRecord, ...]
    names: Mapping[str, str]
    as_of: date
    sample: bool
    head: Head
    program: str
    tables: bytes

    @property
    def packs(self) -> tuple[Digest, ...]:
        """Name what the sheet rests on, each once."""
        one = self.assessment
        if one is None:
            return (digest_of(self.tables),)
        rules = one.frozen.rules if one.frozen else digest_of(self.tables)
        return tuple(sorted({rules, one.item_set}))
