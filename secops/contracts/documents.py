"""Printing, as operations see it: context and template are bytes, so that both can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from secops.model.document import DocumentFormat
from secops.model.report import ReportFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGlyph:
    """A character that no font at hand can draw, and where it stands."""

    character: str
    record: str  # the name of the record, as people know it
    field: str


class Printer(Protocol):
    """One kind of document. The same context and template give the same bytes."""

    @property
    def kind(self) -> str:
        """Give the name of its folder of templates."""

    def context(self, facts: ReportFacts) -> bytes:
        """Say all that the template may use, as canonical JSON."""

    def template(self) -> bytes:
        """Pack the template files as they are now, the unit's own first."""

    def render(self, fmt: DocumentFormat, context: bytes, template: bytes) -> bytes:
        """Print; raises TemplateFailedError and PangoMissingError."""

    def without_glyph(self, context: bytes) -> Sequence[NoGlyph]:
        """Name the characters that no font at hand can draw."""
