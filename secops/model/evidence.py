"""What was tried, what came back, what was seen: three values, none stands for another.

A failed attempt is a result, not silence; evidence is raw bytes; an observation names its evidence.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum, unique

from secops.model.actor import Actor
from secops.model.common import NotApplicable
from secops.model.ids import (
    AttemptId,
    ComponentId,
    Digest,
    EndpointId,
    EvidenceId,
    PermitId,
    ScanId,
)


def digest_of(content: bytes) -> Digest:
    """Name bytes by their SHA-256."""
    return Digest("sha256:" + hashlib.sha256(content).hexdigest())


def short_digest(digest: str) -> str:
    """Give its kind and twelve digits: enough to tell evidence apart on a screen."""
    return digest[: len("sha256:") + 12]


@unique
class Stage(IntEnum):
    """Order of scanners; a later stage receives what earlier ones saw on the same endpoint."""

    PORTS = 1
    SERVICES = 2
    CONTENT = 3


@unique
class FailureKind(Enum):
    """Why an attempt brought nothing; a closed list, so that a summary can count them."""

    NOT_PERMITTED = "not_permitted"
    UNRESOLVED = "unresolved"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    SILENT = "silent"
    TIMED_OUT = "timed_out"
    TOO_LARGE = "too_large"
    NOT_UNDERSTOOD = "not_understood"
    TOOL_MISSING = "tool_missing"
    TOOL_FAILED = "tool_failed"
    INTERRUPTED = "interrupted"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Failed:
    """The attempt brought nothing."""

    kind: FailureKind
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What one attempt aims at: an endpoint, by host; on one port, or on the host as a whole."""

    endpoint: EndpointId
    host: str
    port: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Raw bytes as they came from one target; stored before anybody reads them."""

    target: Target
    content: bytes
    taken_at: datetime
    scanner: str
    tool: str  # name and version of what produced the bytes

    @property
    def digest(self) -> Digest:
        """The name under which the store keeps it and grounds point to it."""
        return digest_of(self.content)


Outcome = Digest | Failed | NotApplicable
"""The evidence by its digest; or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """That `scanner` was tried on a target, with what, from when to when, and what came of it."""

    id: AttemptId
    scan: ScanId
    scanner: str
    target: Target
    n: int  # 1, and one more for each try after a kill or a failure
    started: datetime
    ended: datetime | None
    tool: str
    arguments: str
    outcome: Outcome | None  # None: planned or under way, never "nothing found"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPlan:
    """What will be tried; stored before the first packet, so that `--resume` knows what is left."""

    id: ScanId
    no: int
    actor: Actor
    made_at: datetime
    targets: tuple[Target, ...]
    scanners: tuple[str, ...]
    permits: tuple[PermitId, ...]
    inventory_digest: Digest  # of the endpoints chosen: tells when the inventory changed meanwhile
    rules_digest: Digest
    options: str = ""
    ended: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One fact read out of evidence."""

    target: Target
    name: str  # dotted, such as `tls.lowest-version`
    value: str
    evidence: Digest
    component: ComponentId | None = None  # None: any component that answers at the endpoint


@unique
class EvidenceKind(Enum):
    """Where the bytes come from."""

    COLLECTED = "collected"  # by a scanner
    SUPPLIED = "supplied"  # 佐证材料, uploaded by a person
    IMPORTED = "imported"  # another tool's result file


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """What the store knows of a blob: the bytes themselves are a file named by the digest."""

    id: EvidenceId
    no: int
    digest: Digest
    size: int
    media: str
    kind: EvidenceKind
    taken_at: datetime
    by: Actor
    subject: str  # what it is about, in words or as ids
    title: str = ""
    erased_at: datetime | None = None
