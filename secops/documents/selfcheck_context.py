"""单位自查结果: the fields that its templates may use, finished text only.

Users write their own templates, so these fields are public: the reference page is generated from
the docstrings below each field.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """One post in the unit."""

    post: str
    """What the person is appointed to."""
    person: str
    """Who."""
    title: str
    """The title beside the post; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsLine:
    """Points of one area, or of the whole checklist; numbers are cut, never rounded."""

    title: str
    """The area; empty for the whole."""
    asked: int
    """How many items are asked."""
    answered: int
    """How many are answered, those that do not apply included."""
    unanswered: int
    """How many nobody has answered."""
    not_applicable: int
    """How many do not apply."""
    got: str
    """The points that the answers earn."""
    base: str
    """The points of the items that apply, unanswered ones included."""
    result: str
    """What was got of the base, told of all points of the area; `-` where nothing applies."""
    whole: str
    """All points of the area."""
    share: int
    """What was got of the base in thousandths, for a bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One item of the checklist."""

    code: str
    """What the item is called, such as EDU-04."""
    gist: str
    """What it asks."""
    asked_for: tuple[str, ...]
    """What the two numbers of a ratio count; none for other items."""
    value: str
    """The answer."""
    value_key: str
    """A stable word: `full`, `part`, `none`, `unanswered` or `not_applicable`."""
    weight: str
    """The points that it can earn."""
    got: str
    """The points that it earns; `-` where it does not apply."""
    lost: str
    """The points that it does not earn; `-` where it does not apply."""
    reason: str
    """Why it does not apply."""
    notes: tuple[str, ...]
    """What was noted."""
    answered_by: tuple[str, ...]
    """Who stated it."""
    means: tuple[str, ...]
    """How the program knew who acted."""
    answered_on: tuple[str, ...]
    """The civil date of the answer."""
    sources: tuple[str, ...]
    """Where a confirmed value was taken from: the inventory or the last cycle."""
    evidence: tuple[str, ...]
    """Short forms of the digests of its evidence."""
    evidence_older: bool
    """Whether all its evidence is older than the cycle: shown, not counted as checked."""
    measure: str
    """How it is usually mended, in the checklist's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPart:
    """One area with its items."""

    title: str
    """Its name."""
    lines: tuple[CheckLine, ...]
    """Its items, in the order of the checklist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceEntry:
    """One piece of evidence that an answer names."""

    short: str
    """The short form that the answers use."""
    digest: str
    """SHA-256 of the bytes."""
    title: str
    """What it is."""
    taken_at: str
    """When it was taken or handed in."""
    older: bool
    """Whether that was before the cycle began."""
    erased: bool
    """Whether the bytes have been erased since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfcheckContext:
    """The whole result."""

    subject: str
    """The unit, which also puts its stamp on it."""
    checklist: str
    """The title of the checklist."""
    edition: str
    """Its edition."""
    source: str
    """Where the checklist comes from, in its own words."""
    uncertain: bool
    """Whether the checklist itself says that its origin is not established."""
    cycle: str
    """The cycle, such as 2026; may be empty."""
    as_of: str
    """The civil date of the result, such as 2026-03-01."""
    as_of_long: str
    """The same in words."""
    sample: bool
    """Whether this is a sample: every page must then say so."""
    draft: bool
    """Whether the assessment is not frozen: every page must then say so."""
    number: int
    """The number of the assessment in the workspace."""
    revision: int
    """The revision of the assessment."""
    total: PointsLine
    """Points in all."""
    areas: tuple[PointsLine, ...]
    """Points by area."""
    lost: tuple[CheckLine, ...]
    """Items that apply and do not earn all their points, the dearest first."""
    not_applicable: tuple[CheckLine, ...]
    """Items that do not apply, each with its reason."""
    older: tuple[CheckLine, ...]
    """Items answered on evidence older than the cycle."""
    checked: int
    """How many answered items that apply rest on evidence of this cycle."""
    without_evidence: int
    """How many answered items that apply name no evidence."""
    carried: int
    """How many answers confirm what was said in the last cycle."""
    counted: int
    """How many answers confirm what the inventory counts."""
    posts: tuple[PostLine, ...]
    """Who holds which post in the unit."""
    parts: tuple[AreaPart, ...]
    """Every item by area."""
    evidence: tuple[EvidenceEntry, ...]
    """The evidence that the answers name."""
    chain_seq: int
    """Number of the newest entry of the history that the result stands on."""
    chain_hash: str
    """Its hash."""
    item_set: str
    """Digest of the item set."""
    template: str
    """Digest of the template."""
    program: str
    """Name and version of the program."""
