"""Evidence as a collection: list it, prove it, erase its bytes; records and digests stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import SecopsError, UnknownNameError, msgid
from secops.errors.scanning import EvidenceErasedError, StillNamedError
from secops.model.evidence import EvidenceRecord
from secops.model.ids import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Bytes that are missing or are no longer what was kept, and what they were kept for."""

    kept_for: str  # such as `evidence 3` or `document 1`
    no: int
    digest: Digest
    error: SecopsError


def evidence_called(work: UnitOfWork, text: str) -> EvidenceRecord:
    """Find by number, digest or the digest's beginning; raises UnknownNameError."""
    wanted = text.strip().removeprefix("sha256:")
    exact = work.evidence.get(Digest(f"sha256:{wanted}"))
    if exact is not None:
        return exact
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 8 else 0  # noqa: PLR2004  # longer ones begin a digest
    found = [
        one
        for one in work.evidence.all()
        if one.no == number
        or (not number and len(wanted) > 5 and one.digest.startswith(f"sha256:{wanted}"))  # noqa: PLR2004  # shorter ones are a chance hit
    ]
    if len(found) != 1:
        raise UnknownNameError(kind=msgid("evidence"), name=text, near="-")
    return found[0]


def bytes_of(blobs: Blobs, record: EvidenceRecord) -> bytes:
    """Give the bytes; raises EvidenceErased-, BlobMissing- and BlobDamagedError."""
    if record.erased_at is not None:
        raise EvidenceErasedError(no=str(record.no))
    return blobs.get(record.digest)


def wrong_evidence(work: UnitOfWork, blobs: Blobs) -> Iterator[Wrong]:
    """Read every blob again, of evidence, documents and assessments; name those that differ."""
    for kept_for, no, digest in _kept(work):
        try:
            blobs.get(digest)
        except SecopsError as error:
            yield Wrong(kept_for=kept_for, no=no, digest=digest, error=error)


def _kept(work: UnitOfWork) -> Iterator[tuple[str, int, Digest]]:
    for record in work.evidence.all():
        if record.erased_at is None:
            yield f"evidence {record.no}", record.no, record.digest
    yield from _kept_besides(work)


def _kept_besides(work: UnitOfWork) -> Iterator[tuple[str, int, Digest]]:
    """Give the bytes that documents, assessments and statements of platforms need."""
    for document in work.documents.all():
        outputs = (digest for _, digest in document.outputs)
        for digest in (document.context, document.template, *document.packs, *outputs):
            yield f"document {document.no}", document.no, digest
    for one in work.assessments.all():
        frozen = (one.frozen.state, one.frozen.rules) if one.frozen else ()
        accepted = (answer.suggestion for answer in work.answers.of(one.id))
        for digest in (one.item_set, *frozen, *filter(None, accepted)):
            yield f"assessment {one.no}", one.no, digest
    for statement in work.statements.all():
        for digest in filter(None, (statement.digest, statement.envelope)):
            yield f"platform_statement {statement.no}", statement.no, digest


def erasable(work: UnitOfWork, text: str) -> EvidenceRecord:
    """Find what may be erased; bytes are kept once, and what was printed must stay reprintable."""
    record = evidence_called(work, text)
    if record.erased_at is not None:
        raise EvidenceErasedError(no=str(record.no))
    others = [what for what, _, digest in _kept_besides(work) if digest == record.digest]
    if others:
        names = ", ".join(dict.fromkeys(others))
        raise StillNamedError(no=str(record.no), others=names)
    return record


def erase_evidence(
    work: UnitOfWork, blobs: Blobs, acting: Acting, text: str, reason: str
) -> EvidenceRecord:
    """Remove the bytes for good: said in the chain first, done after.

    Raises EvidenceErased- and StillNamedError.
    """
    record = erasable(work, text)
    work.evidence.mark_erased(acting.actor, record.digest, acting.now(), reason)
    work.commit()
    blobs.erase(record.digest)
    return record
