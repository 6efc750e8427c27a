"""The store as operations see it: one transaction at a time, history written with every change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from secops.contracts.forms import Forms
from secops.contracts.platforms import Inheritances
from secops.model.actor import Actor
from secops.model.answer import Answer
from secops.model.assessment import AgencyReport, Assessed, Assessment
from secops.model.asset import Component, DataCategory, Endpoint, Supply
from secops.model.document import DocumentRecord
from secops.model.evidence import Attempt, EvidenceRecord, Observation, ScanPlan
from secops.model.history import Entry, Head
from secops.model.ids import AssessmentId, Digest, EndpointId, ScanId
from secops.model.judgement import Finding
from secops.model.key import Key
from secops.model.permit import Permit
from secops.model.platform_statement import StatementRecord
from secops.model.record import Cell
from secops.model.system import System
from secops.model.unit import Appointment, Contact, Person, Unit
from secops.model.waiver import Waiver

T = TypeVar("T")


class Records(Protocol[T]):
    """One kind of numbered record. Every write leaves its chain entries in the same transaction.

    Contacts are the exception that the law asks for: their entries name the person and the kind of
    change, never a value.
    """

    def get(self, id: str) -> T | None:
        """Give the record with this id."""

    def all(self) -> Iterator[T]:
        """Give every record, by number; streamed, never the whole table at once."""

    def find(self, **equal: str) -> Iterator[T]:
        """Give those whose indexed columns equal these values, by number.

        Indexed: `name` (unit, person, system, component), `unit` (person, appointment, component;
        for a system its operating unit), `system` (component, endpoint, supply, data_category,
        waiver),
        `component` and `value` (endpoint), `person` (appointment).
        """

    def cell(self, path: str) -> Iterator[tuple[str, Cell]]:
        """Give the id and one cell of each record that fills it; far cheaper than whole records."""

    def page(self, *, after: int, most: int) -> Sequence[T]:
        """Give the next `most` records whose number is greater than `after`."""

    def as_of(self, moment: datetime) -> Iterator[T]:
        """Give every record as it stood then, by number; what was recorded later is hidden.

        Contacts have no history: they are given as they are now.
        """

    def count(self) -> int:
        """How many there are, retired ones included."""

    def next_no(self) -> int:
        """Give the number that the next new record shall carry."""

    def put_many(self, actor: Actor, batch: Sequence[T]) -> None:
        """Add them, or replace those with the same id; a thousand cost little more than one."""


class Scans(Protocol):
    """What was planned and what came of it."""

    def next_no(self) -> int:
        """Give the number of the next scan."""

    def start(self, plan: ScanPlan) -> None:
        """Store the plan, before the first packet."""

    def end(self, scan: ScanId, at: datetime) -> None:
        """Say that nothing of the plan is left to do."""

    def get(self, id: str) -> ScanPlan | None:
        """Give one plan."""

    def newest(self) -> ScanPlan | None:
        """Give the plan with the highest number."""

    def all(self) -> Iterator[ScanPlan]:
        """Give every plan, by number."""

    def put_attempts(self, batch: Sequence[Attempt]) -> None:
        """Store attempts as they begin, and again with their outcome when they end."""

    def attempts(self, scan: ScanId) -> Iterator[Attempt]:
        """Give the attempts of a scan in the order in which they began."""


class Observations(Protocol):
    """Facts read out of evidence; derived, so that better readers can write them anew."""

    def put_many(self, scan: ScanId, batch: Sequence[Observation]) -> None:
        """Store what one scan saw, in place of what it held of the same evidence.

        So all observations of one evidence and endpoint come in one batch.
        """

    def newest(self, endpoints: Iterable[EndpointId]) -> Iterator[Observation]:
        """Give, per endpoint, port and scanner, what the newest attempt with evidence saw."""


class EvidenceRecords(Protocol):
    """What is known of the blobs; the bytes are `Blobs`' business."""

    def put_many(self, batch: Sequence[EvidenceRecord]) -> None:
        """Store the records; a digest already known is kept as it is."""

    def get(self, digest: Digest) -> EvidenceRecord | None:
        """Give the record of a blob."""

    def all(self) -> Iterator[EvidenceRecord]:
        """Give every record, by number."""

    def next_no(self) -> int:
        """Give the number of the next record."""

    def mark_erased(self, actor: Actor, digest: Digest, at: datetime, reason: str) -> None:
        """Say that the bytes are gone; the record and its digest stay."""


class Findings(Protocol):
    """Something wrong, once, however often it is seen."""

    def put_many(self, actor: Actor, batch: Sequence[Finding]) -> None:
        """Add; one with a known fingerprint on the same subject only moves its `last_seen`."""

    def of(self, subject: Assessed) -> Iterator[Finding]:
        """Give a unit's or a system's findings, those of its components included, by number."""

    def all(self) -> Iterator[Finding]:
        """Give every finding, by number."""

    def next_no(self) -> int:
        """Give the number of the next finding."""


class Assessments(Protocol):
    """Who was asked what."""

    def put(self, actor: Actor, assessment: Assessment) -> None:
        """Add it, or replace the one with the same id while it is not frozen."""

    def get(self, id: str) -> Assessment | None:
        """Give one."""

    def of(self, subject: Assessed) -> Iterator[Assessment]:
        """Give a subject's assessments by every checklist, by revision."""

    def all(self) -> Iterator[Assessment]:
        """Give every assessment, by number."""

    def next_no(self) -> int:
        """Give the number of the next assessment."""


class Answers(Protocol):
    """Append-only: a new answer never removes an old one."""

    def append(self, actor: Actor, batch: Sequence[Answer]) -> None:
        """Add answers; a revision that exists already for the same item and subject is refused."""

    def of(self, assessment: AssessmentId) -> Iterator[Answer]:
        """Give all answers of an assessment, superseded ones too, by item and revision."""

    def withdrawals(self) -> Iterator[Answer]:
        """Give those that take another back, of every assessment; they are few."""


class Documents(Protocol):
    """What was printed."""

    def put(self, actor: Actor, record: DocumentRecord) -> None:
        """Add one."""

    def get(self, id: str) -> DocumentRecord | None:
        """Give one."""

    def all(self) -> Iterator[DocumentRecord]:
        """Give every one, by number."""

    def next_no(self) -> int:
        """Give the number of the next document."""


class Chain(Protocol):
    """The history: read it, prove it."""

    def note(self, actor: Actor, action: str, about: str, changes: str = "") -> None:
        """Write an entry for an act that is no record's change, such as `export` or `backup`."""

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        """Give the entries behind this number, in order."""

    def about(self, what: str) -> Iterator[Entry]:
        """Give what happened to one object, such as `system 0190…`."""

    def strays(self) -> Iterator[str]:
        """Name the objects that are not as their last entry says: changed past secops."""

    def head(self) -> Head:
        """Where the chain stands now."""


class Settings(Protocol):
    """Named settings of the workspace, such as thresholds; each change is in the chain."""

    def get(self, key: str) -> str | None:
        """Give the value that was set, if any."""

    def put(self, actor: Actor, key: str, value: str) -> None:
        """Set it."""

    def all(self) -> dict[str, str]:
        """Give all that were set."""

    def as_of(self, moment: datetime) -> dict[str, str]:
        """Give all as they were set then."""


class UnitOfWork(Protocol):
    """One transaction: `with begin() as work:`; without `work.commit()` nothing is kept."""

    units: Records[Unit]
    persons: Records[Person]
    contacts: Records[Contact]
    appointments: Records[Appointment]
    systems: Records[System]
    components: Records[Component]
    endpoints: Records[Endpoint]
    supplies: Records[Supply]
    data_categories: Records[DataCategory]
    permits: Records[Permit]
    agency_reports: Records[AgencyReport]
    waivers: Records[Waiver]
    scans: Scans
    observations: Observations
    evidence: EvidenceRecords
    findings: Findings
    assessments: Assessments
    answers: Answers
    documents: Documents
    forms: Forms
    keys: Records[Key]
    statements: Records[StatementRecord]
    inheritances: Inheritances
    chain: Chain
    settings: Settings

    def commit(self) -> None:
        """Make the changes last."""


class Begin(Protocol):
    """Begins a transaction: `with begin() as work:`, or `with begin(reading=True) as work:`.

    One that may write holds the only writer's place from its first statement to its end: keep it
    short, never begin a second one inside it. Readers wait for nobody and see one moment.
    """

    def __call__(self, *, reading: bool = False) -> AbstractContextManager[UnitOfWork]:
        """Begin; raises StoreLockedError when another writer does not end in time."""


class Blobs(Protocol):
    """Bytes addressed by their digest: evidence, item sets, templates, printed documents."""

    def put(self, content: bytes) -> Digest:
        """Keep the bytes, durably, before this returns; the same bytes twice are kept once."""

    def get(self, digest: Digest) -> bytes:
        """Give the bytes; raises BlobMissingError or BlobDamagedError."""

    def has(self, digest: Digest) -> bool:
        """Whether the bytes are there."""

    def erase(self, digest: Digest) -> None:
        """Remove the bytes for good."""
