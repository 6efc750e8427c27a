"""整改报告: the fields about high-risk cases and major hazards, a part of its context."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One high-risk case or major hazard that a person found, or found and saw mended."""

    code: str
    """What the guide calls it, such as HR25-6.4.1.1 or A-18."""
    kind: str
    """Whether it is a case of the guide or a major hazard, in words."""
    kind_key: str
    """`case` or `hazard`."""
    rests_on: str
    """Of a hazard: the code of the case that it rests on; empty where it rests on none."""
    title: str
    """What it is called, in our own words."""
    condition: str
    """When it is present, in our own words."""
    clauses: tuple[str, ...]
    """The clauses that it is about at the level of the system; none: the whole system."""
    state: str
    """What stands now, in words: present, downgraded, absent, and so on."""
    state_key: str
    """A stable word for it, such as `present` or `downgraded`."""
    mended: bool
    """Whether it was present in this cycle and is no more; it still counts as found."""
    judged_by: str
    """Who judged it last."""
    means: str
    """How we know who it was."""
    judged_on: str
    """The civil date of that judgement."""
    notes: tuple[str, ...]
    """What that person wrote: what was found, which measure lowers it, why it cannot apply."""
    measure: str
    """How it is usually mended; empty where nothing is known."""
    evidence: tuple[str, ...]
    """Short digests of the evidence named in the judgement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardsPart:
    """What was judged about the high-risk cases and major hazards of one system."""

    asked: int
    """How many cases of the guide concern the system."""
    present: int
    """How many of them are present."""
    downgraded: int
    """How many are present with a measure that lowers the risk."""
    open: int
    """How many cases and hazards nobody has judged yet."""
    hazards: int
    """How many major hazards were found in this cycle, those since mended included."""
    mended: int
    """How many of these have been mended."""
    sources: tuple[str, ...]
    """Where the cases and hazards were read."""
    lines: tuple[CaseLine, ...]
    """Those that were found, major hazards first."""
