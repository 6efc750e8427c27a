"""佐证材料: a person supplies bytes as evidence; kept by digest beside the collected ones."""

from __future__ import annotations

from dataclasses import dataclass

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.scanning import EvidenceErasedError
from secops.guards.plain_text import plain
from secops.model.evidence import EvidenceKind, EvidenceRecord, digest_of
from secops.model.ids import Digest, EvidenceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The bytes, what they are, and what they are about."""

    content: bytes
    title: str
    subject: str
    media: str = "application/octet-stream"


def refuse_erased(record: EvidenceRecord) -> None:
    """Raise EvidenceErasedError: what nobody can look at any more shows nothing new."""
    if record.erased_at is not None:
        raise EvidenceErasedError(no=str(record.no))


def supply_evidence(work: UnitOfWork, blobs: Blobs, acting: Acting, material: Material) -> Digest:
    """Keep the bytes and their record; the same bytes twice are kept once.

    Raises EvidenceErasedError: what was erased does not come back by another door.
    """
    known = work.evidence.get(digest_of(material.content))
    if known is not None:
        refuse_erased(known)
    digest = blobs.put(material.content)
    if known is None:
        record = EvidenceRecord(
            id=EvidenceId(acting.new_id()),
            no=work.evidence.next_no(),
            digest=digest,
            size=len(material.content),
            media=material.media,
            kind=EvidenceKind.SUPPLIED,
            taken_at=acting.now(),
            by=acting.actor,
            subject=plain(material.subject),
            title=plain(material.title),
        )
        work.evidence.put_many([record])
    return digest
