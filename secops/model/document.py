"""A printed document, so kept that it prints again byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, unique

from secops.model.actor import Actor
from secops.model.ids import Digest, DocumentId


@unique
class DocumentFormat(Enum):
    """How it is written."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """Context, template and outputs by digest; the blobs lie beside the evidence."""

    id: DocumentId
    no: int
    kind: str  # such as `rectification`
    subject: str
    as_of: date
    made_at: datetime
    made_by: Actor
    context: Digest
    template: Digest
    outputs: tuple[tuple[DocumentFormat, Digest], ...]
    packs: tuple[Digest, ...] = ()
