"""三同步检查单: the fields that its templates may use, finished text only.

Users write their own templates, so these fields are public: the reference page is generated from
the docstrings below each field.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLine:
    """One item of the stage."""

    code: str
    """What the item is called, such as TS-04."""
    gist: str
    """What it asks."""
    mandatory: bool
    """Whether the gate stays shut without it."""
    state: str
    """How it stands, in words."""
    state_key: str
    """A stable word: `done`, `not_applicable`, `waived` or `open`."""
    wanted: tuple[str, ...]
    """What shows it, one thing each."""
    reason: str
    """Why it does not apply; may be empty."""
    note: str
    """What was noted."""
    answered_by: str
    """Who stated it."""
    means: str
    """How the program knew who acted."""
    answered_on: str
    """The civil date of the answer."""
    evidence: tuple[str, ...]
    """Short forms of the digests of its evidence."""
    role: str
    """Who answers it."""
    basis: str
    """The clause or document that it rests on."""
    uncertain: bool
    """Whether that is not established: it is then printed as to be confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverLine:
    """One waiver of an item, counted apart from what is done."""

    code: str
    """The item."""
    gist: str
    """What the item asks."""
    leader: str
    """Who waived it."""
    post: str
    """The leader's post."""
    reason: str
    """Why it has to wait."""
    measure: str
    """What stands in for it meanwhile."""
    until: str
    """The last day on which it holds."""
    in_force: bool
    """Whether it held on the date of the sheet; the gate is open again where it did not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateEvidence:
    """One piece of evidence that an answer names."""

    short: str
    """The short form that the items use."""
    digest: str
    """SHA-256 of the bytes."""
    title: str
    """What it is."""
    taken_at: str
    """When it was taken or handed in."""
    erased: bool
    """Whether the bytes have been erased since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierGate:
    """One earlier stage whose gate is not passed."""

    stage: str
    """The stage."""
    state: str
    """How its gate stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateContext:
    """The whole sheet."""

    subject: str
    """The system."""
    unit: str
    """The operating unit, which also puts its stamp on it; may be empty."""
    stage: str
    """The stage."""
    checklist: str
    """The title of the checklist."""
    edition: str
    """Its edition."""
    source: str
    """The legal basis, in the checklist's own words."""
    confidence: str
    """How sure the checklist is of it."""
    as_of: str
    """The civil date of the sheet, such as 2026-03-01."""
    as_of_long: str
    """The same in words."""
    sample: bool
    """Whether this is a sample: every page must then say so."""
    draft: bool
    """Whether the gate is not passed: every page must then say so."""
    level: str
    """The level that is asked at; may be empty."""
    level_from: str
    """Where that level comes from."""
    graded: bool
    """Whether the system is graded, so that what is asked stands."""
    state: str
    """How the gate stands, in words."""
    state_key: str
    """A stable word, such as `passed`, `passed_with_waiver`, `reopened` or `open`."""
    number: int
    """The number of the assessment that the gate is; 0: nobody has begun it."""
    revision: int
    """Its revision; 0: nobody has begun it."""
    passed_by: str
    """Who let it pass; may be empty."""
    passed_on: str
    """The civil date of that; may be empty."""
    asked: int
    """How many items are asked."""
    done: int
    """How many are there."""
    not_applicable: int
    """How many do not apply."""
    waived: int
    """How many are waived."""
    missing: int
    """How many are not there."""
    missing_mandatory: int
    """How many of those keep the gate shut."""
    earlier: tuple[EarlierGate, ...]
    """Earlier stages whose gates are not passed."""
    items: tuple[GateLine, ...]
    """The items, in the order of the checklist."""
    waivers: tuple[WaiverLine, ...]
    """The waivers, those that ended included."""
    evidence: tuple[GateEvidence, ...]
    """The evidence that the items name, oldest first."""
    chain_seq: int
    """The entry of the history that the sheet stands on."""
    chain_hash: str
    """That entry's hash."""
    item_set: str
    """The digest of the items that are asked; empty where nobody has begun."""
    template: str
    """The digest of the template."""
    program: str
    """What printed it."""
