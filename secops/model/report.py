"""What a report is made of: gathered from the store by an operation, printed by `documents`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from secops.model.checking import HowToCheck
from secops.model.evidence import EvidenceRecord, digest_of
from secops.model.history import Head
from secops.model.ids import Digest, ItemId
from secops.model.judgement import Finding, Risk
from secops.model.score import Scored
from secops.model.system import System


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFacts:
    """One system as a report sees it."""

    system: System
    scored: Scored | None  # None: nobody has started an assessment
    findings: tuple[Finding, ...]  # all of them; only what a person confirmed gets printed
    evidence: tuple[EvidenceRecord, ...]
    tools: Mapping[Digest, str]  # what produced a piece of evidence, where a scanner did


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Days to mend a finding, by its risk; `by_default` when no setting of the unit says so."""

    days: Mapping[Risk, int]
    by_default: frozenset[Risk]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFacts:
    """All that a rectification report is made of; the same facts give the same bytes."""

    subject: str  # the name of the system or unit
    unit: str  # who puts the stamp on it
    whole_unit: bool
    systems: tuple[SystemFacts, ...]
    names: Mapping[str, str]  # id of a unit, person or component -> its name
    deadlines: Deadlines
    as_of: date
    sample: bool
    head: Head
    program: str  # name and version
    rules: str  # digest of the rules that made the suggestions, their thresholds and the bands
    thresholds: tuple[tuple[str, str], ...] = ()  # practice, not law, that findings rest on
    checks: Mapping[ItemId, HowToCheck] = field(default_factory=dict)  # of the items asked
    tables: bytes = b""  # what `rules` names, word for word: kept beside the document

    @property
    def packs(self) -> tuple[Digest, ...]:
        """Name rules with thresholds and bands, and each item set, once."""
        assessments = [one.scored.assessment for one in self.systems if one.scored]
        sets = {one.item_set for one in assessments}
        frozen = {one.frozen.rules for one in assessments if one.frozen}
        return tuple(sorted({digest_of(self.tables)} | sets | frozen))


DEFAULT_DAYS: Mapping[Risk, int] = {Risk.HIGH: 15, Risk.MEDIUM: 30, Risk.LOW: 90}
"""Defaults of this tool: no regulation read so far names days per risk."""
