"""Makes a report and keeps it: context, template and outputs by digest, so that it prints again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from secops.contracts.documents import Facts, NoGlyph, Printer
from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.documents import NoGlyphError
from secops.model.document import DocumentFormat, DocumentRecord
from secops.model.evidence import digest_of
from secops.model.ids import DocumentId

Outputs = Mapping[DocumentFormat, bytes]
F = TypeVar("F", bound=Facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A report before it is printed."""

    facts: Facts
    kind: str
    context: bytes
    template: bytes
    without_glyph: tuple[NoGlyph, ...]


def prepare_report(printer: Printer[F], facts: F) -> Prepared:
    """Build the context, pack the template, and look for characters that nothing can draw."""
    context = printer.context(facts)
    return Prepared(
        facts=facts,
        kind=printer.kind,
        context=context,
        template=printer.template(),
        without_glyph=tuple(printer.without_glyph(context)),
    )


def refuse_without_glyph(prepared: Prepared) -> None:
    """Raise NoGlyphError when a character cannot be drawn: what `--strict` asks for."""
    if prepared.without_glyph:
        first = prepared.without_glyph[0]
        raise NoGlyphError(
            count=str(len(prepared.without_glyph)),
            character=first.character,
            codepoint=f"U+{ord(first.character):04X}",
            record=f"{first.record} ({first.field})",
        )


def print_report(
    printer: Printer[F], prepared: Prepared, formats: Sequence[DocumentFormat]
) -> Outputs:
    """Print in each format; nothing is kept yet."""
    return {fmt: printer.render(fmt, prepared.context, prepared.template) for fmt in formats}


def keep_report(
    work: UnitOfWork, blobs: Blobs, acting: Acting, prepared: Prepared, outputs: Outputs
) -> DocumentRecord:
    """Keep what was printed; the same report printed again is the same document."""
    digests = tuple((fmt, digest_of(content)) for fmt, content in outputs.items())
    context, template = digest_of(prepared.context), digest_of(prepared.template)
    for one in work.documents.all():
        if (one.kind, one.context, one.template) == (prepared.kind, context, template) and set(
            digests
        ) <= set(one.outputs):
            return one
    facts = prepared.facts
    for content in (prepared.context, prepared.template, facts.tables, *outputs.values()):
        blobs.put(content)
    record = DocumentRecord(
        id=DocumentId(acting.new_id()),
        no=work.documents.next_no(),
        kind=prepared.kind,
        subject=facts.subject,
        as_of=facts.as_of,
        made_at=acting.now(),
        made_by=acting.actor,
        context=context,
        template=template,
        outputs=digests,
        packs=facts.packs,
    )
    work.documents.put(acting.actor, record)
    return record
