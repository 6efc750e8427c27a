"""What the result of a unit's self-check is made of: gathered by an operation, then printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from secops.model.assessment import Assessment
from secops.model.common import Confidence
from secops.model.evidence import EvidenceRecord, digest_of
from secops.model.history import Head
from secops.model.ids import AnswerId, Digest, ItemId
from secops.model.points import Pointed
from secops.model.proposal import EvidenceAge, Source
from secops.model.unit import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The checklist that was asked, as it calls itself."""

    title: str
    edition: str
    source: str
    confidence: Confidence | None  # None: the edition is not at hand any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a post in the unit."""

    post: Post
    person: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfcheckFacts:
    """All that the result is made of; the same facts give the same bytes."""

    subject: str  # the unit, and the stamp on it
    asking: Asking
    assessment: Assessment
    pointed: Pointed
    sources: Mapping[AnswerId, Source]  # of answers that confirmed a proposal
    ages: Mapping[ItemId, EvidenceAge]  # of answered items
    measures: Mapping[ItemId, str]  # how an item is usually mended
    holders: tuple[Holder, ...]
    evidence: tuple[EvidenceRecord, ...]
    since: datetime  # the begin of the cycle
    names: Mapping[str, str]
    as_of: date
    sample: bool
    head: Head
    program: str
    tables: bytes  # kept beside the document: how a partial verdict counts

    @property
    def packs(self) -> tuple[Digest, ...]:
        """Name what the result rests on, each once."""
        frozen = self.assessment.frozen
        rules = frozen.rules if frozen else digest_of(self.tables)
        return tuple(sorted({rules, self.assessment.item_set}))
