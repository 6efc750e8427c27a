"""The rectification report as operations print it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from secops.contracts.documents import NoGlyph
from secops.contracts.words import Words
from secops.documents.docx import render_docx
from secops.documents.fonts import Fonts
from secops.documents.glyphs import without_glyph
from secops.documents.html import render_html
from secops.documents.pdf import render_pdf
from secops.documents.printing import Printing
from secops.documents.rectification import rectification_context
from secops.documents.templates import pack
from secops.model.document import DocumentFormat
from secops.model.evidence import digest_of
from secops.model.report import ReportFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationPrinter:
    """Satisfies `contracts.documents.Printer`."""

    folders: tuple[Path, ...]  # of templates: the workspace's own first
    fonts: Fonts
    words: Words
    zone: ZoneInfo
    kind: Final[str] = "rectification"

    def context(self, facts: ReportFacts) -> bytes:
        """Say all that the template may use, as canonical JSON."""
        printing = Printing(words=self.words, names=facts.names, zone=self.zone)
        made = rectification_context(facts, printing, str(digest_of(self.template())))
        return json.dumps(asdict(made), ensure_ascii=False, sort_keys=True).encode()

    def template(self) -> bytes:
        """Pack the template files as they are now, the unit's own first."""
        return pack(self.kind, self.folders)

    def render(self, fmt: DocumentFormat, context: bytes, template: bytes) -> bytes:
        """Print; raises TemplateFailedError and PangoMissingError."""
        values: dict[str, Any] = json.loads(context)
        if fmt is DocumentFormat.DOCX:
            return render_docx(self.kind, values, template)
        html = render_html(self.kind, values, template)
        if fmt is DocumentFormat.HTML:
            return html.encode()
        return render_pdf(html, self.fonts, date.fromisoformat(values["as_of"]))

    def without_glyph(self, context: bytes) -> Sequence[NoGlyph]:
        """Name the characters that no font at hand can draw."""
        return without_glyph(json.loads(context), self.fonts.covers())
