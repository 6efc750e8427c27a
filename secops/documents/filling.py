"""Prints one report in two steps: fill the templates, then lay out pages where a PDF is wanted."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from secops.documents.docx import render_docx
from secops.documents.fonts import Fonts
from secops.documents.html import render_html
from secops.documents.pdf import render_pdf
from secops.model.document import DocumentFormat


def fill(kind: str, fmt: DocumentFormat, context: bytes, template: bytes) -> bytes:
    """Give Word or HTML; raises TemplateFailedError and TemplateMissingError."""
    values: dict[str, Any] = json.loads(context)
    if fmt is DocumentFormat.DOCX:
        return render_docx(kind, values, template)
    return render_html(kind, values, template).encode()


def finish(fmt: DocumentFormat, filled: bytes, context: bytes, fonts: Fonts) -> bytes:
    """Give the file; only a PDF is not there yet. Raises PangoMissingError, FontsMissingError."""
    if fmt is not DocumentFormat.PDF:
        return filled
    return render_pdf(filled.decode(), fonts, date.fromisoformat(json.loads(context)["as_of"]))
