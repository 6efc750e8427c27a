"""Documents as operations print them: one printer, told which kind and how its context is built."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from secops.contracts.documents import Facts, NoGlyph
from secops.contracts.words import Words
from secops.documents.confined import Limits, Request, print_confined
from secops.documents.filling import fill, finish
from secops.documents.fonts import Fonts
from secops.documents.gate import gate_context
from secops.documents.glyphs import without_glyph
from secops.documents.printing import Printing
from secops.documents.rectification import rectification_context
from secops.documents.selfcheck import selfcheck_context
from secops.documents.templates import pack
from secops.judging.gate_sheet import GateFacts
from secops.model.document import DocumentFormat
from secops.model.evidence import digest_of
from secops.model.report import ReportFacts
from secops.model.selfcheck import SelfcheckFacts

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

RECTIFICATION: Final = "rectification"
SELFCHECK: Final = "selfcheck"
GATE: Final = "gate"
F = TypeVar("F", bound=Facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What printing takes, whatever the document."""

    folders: tuple[Path, ...]  # of templates: the workspace's own first, those supplied last
    fonts: Fonts
    words: Words
    zone: tzinfo
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePrinter(Generic[F]):
    """Satisfies `contracts.documents.Printer`."""

    kind: str
    build: Callable[[F, Printing, str], DataclassInstance]
    means: Means

    @property
    def fonts(self) -> Fonts:
        """The fonts at hand."""
        return self.means.fonts

    def context(self, facts: F) -> bytes:
        """Say all that the template may use, as canonical JSON."""
        means = self.means
        printing = Printing(words=means.words, names=facts.names, zone=means.zone)
        made = self.build(facts, printing, str(digest_of(self.template())))
        return json.dumps(asdict(made), ensure_ascii=False, sort_keys=True).encode()

    def template(self) -> bytes:
        """Pack the template files as they are now, the unit's own first."""
        return pack(self.kind, self.means.folders)

    def render(self, fmt: DocumentFormat, context: bytes, template: bytes) -> bytes:
        """Print, in a child where a template is not ours.

        Raises TemplateFailedError, TemplateMissingError, TemplateTooGreedyError, NoLimitsError,
        PangoMissingError and FontsMissingError.
        """
        if template == pack(self.kind, self.means.folders[-1:]):
            filled = fill(self.kind, fmt, context, template)
            return finish(fmt, filled, context, self.fonts)
        return print_confined(
            Request(
                kind=self.kind,
                fmt=fmt,
                context=context,
                template=template,
                fonts=self.fonts,
                limits=self.means.limits,
            )
        )

    def without_glyph(self, context: bytes) -> Sequence[NoGlyph]:
        """Name the characters that no font at hand can draw."""
        return without_glyph(json.loads(context), self.fonts.covers())


def rectification_printer(means: Means) -> TemplatePrinter[ReportFacts]:
    """Print 整改报告 of a system or a unit."""
    return TemplatePrinter(kind=RECTIFICATION, build=rectification_context, means=means)


def selfcheck_printer(means: Means) -> TemplatePrinter[SelfcheckFacts]:
    """Print 单位自查结果 of a unit."""
    return TemplatePrinter(kind=SELFCHECK, build=selfcheck_context, means=means)


def gate_printer(means: Means) -> TemplatePrinter[GateFacts]:
    """Print 三同步检查单 of a system at a stage."""
    return TemplatePrinter(kind=GATE, build=gate_context, means=means)
