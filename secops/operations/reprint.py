"""Gives an old document again, byte for byte, out of what was kept when it was printed."""

from __future__ import annotations

from collections.abc import Sequence

from secops.contracts.store import Blobs, UnitOfWork
from secops.errors import UnknownNumberError, msgid
from secops.errors.documents import NotPrintedError
from secops.model.document import DocumentFormat, DocumentRecord


def find_document(work: UnitOfWork, text: str) -> DocumentRecord:
    """Find by number or id; raises UnknownNumberError."""
    documents = tuple(work.documents.all())
    for one in documents:
        if text.strip() in (str(one.no), one.id):
            return one
    near = ", ".join(str(one.no) for one in documents)
    raise UnknownNumberError(kind=msgid("document"), name=text, near=near or "-")


def reprint(
    blobs: Blobs, record: DocumentRecord, formats: Sequence[DocumentFormat]
) -> dict[DocumentFormat, bytes]:
    """Give the bytes as they were; raises NotPrintedError, BlobMissingError, BlobDamagedError."""
    kept = dict(record.outputs)
    for fmt in formats:
        if fmt not in kept:
            raise NotPrintedError(
                no=str(record.no),
                format=fmt.value,
                formats=", ".join(one.value for one in kept),
            )
    return {fmt: blobs.get(kept[fmt]) for fmt in formats or tuple(kept)}
