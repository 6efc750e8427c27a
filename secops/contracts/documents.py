"""Printing, as operations see it: context and template are bytes, so that both can be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from secops.model.document import DocumentFormat
from secops.model.ids import Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGlyph:
    """A character that no font at hand can draw, and where it stands."""

    character: str
    record: str  # the name of the record, as people know it
    field: str


class Facts(Protocol):
    """What every document is made of, beside what is its own."""

    @property
    def subject(self) -> str:
        """Whom it is about."""

    @property
    def as_of(self) -> date:
        """The civil date that it speaks of."""

    @property
    def names(self) -> Mapping[str, str]:
        """Give the names of units, persons and components by their ids."""

    @property
    def tables(self) -> bytes:
        """What it was judged by, word for word: kept beside the document."""

    @property
    def packs(self) -> tuple[Digest, ...]:
        """Name all that it rests on, each once."""


F_contra = TypeVar("F_contra", bound=Facts, contravariant=True)


class Printer(Protocol[F_contra]):
    """One kind of document. The same context and template give the same bytes."""

    @property
    def kind(self) -> str:
        """Give the name of its folder of templates."""

    def context(self, facts: F_contra) -> bytes:
        """Say all that the template may use, as canonical JSON."""

    def template(self) -> bytes:
        """Pack the template files as they are now, the unit's own first."""

    def render(self, fmt: DocumentFormat, context: bytes, template: bytes) -> bytes:
        """Print; raises TemplateFailedError and PangoMissingError."""

    def without_glyph(self, context: bytes) -> Sequence[NoGlyph]:
        """Name the characters that no font at hand can draw."""
