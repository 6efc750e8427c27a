"""The rectification report as operations print it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import Final

from secops.contracts.documents import NoGlyph
from secops.contracts.words import Words
from secops.documents.confined import Limits, Request, print_confined
from secops.documents.filling import fill, finish
from secops.documents.fonts import Fonts
from secops.documents.glyphs import without_glyph
from secops.documents.printing import Printing
from secops.documents.rectification import rectification_context
from secops.documents.templates import pack
from secops.model.document import DocumentFormat
from secops.model.evidence import digest_of
from secops.model.report import ReportFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationPrinter:
    """Satisfies `contracts.documents.Printer`."""

    folders: tuple[Path, ...]  # of templates: the workspace's own first, those supplied last
    fonts: Fonts
    words: Words
    zone: tzinfo
    limits: Limits = field(default_factory=Limits)
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
        """Print, in a child where a template is not ours.

        Raises TemplateFailedError, TemplateMissingError, TemplateTooGreedyError, NoLimitsError,
        PangoMissingError and FontsMissingError.
        """
        if template == pack(self.kind, self.folders[-1:]):
            filled = fill(self.kind, fmt, context, template)
            return finish(fmt, filled, context, self.fonts)
        return print_confined(
            Request(
                kind=self.kind,
                fmt=fmt,
                context=context,
                template=template,
                fonts=self.fonts,
                limits=self.limits,
            )
        )

    def without_glyph(self, context: bytes) -> Sequence[NoGlyph]:
        """Name the characters that no font at hand can draw."""
        return without_glyph(json.loads(context), self.fonts.covers())
