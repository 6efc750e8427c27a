"""整改报告: the fields that its templates may use, finished text only.

Users write their own templates, so these fields are public: the reference page is generated from
the docstrings below each field.
"""

from __future__ import annotations

from dataclasses import dataclass

from secops.documents.rectification_case_context import HazardsPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One part of a bar in a chart, and one line of the table beside it."""

    key: str
    """A stable word for the colour, such as `compliant` or `high`."""
    label: str
    """What the part is called."""
    count: int
    """How many."""
    start: int
    """Where the part begins, in thousandths of the whole bar."""
    width: int
    """How wide it is, in thousandths; the parts of a bar add up to 1000."""
    cells: int
    """How many of the 40 cells of a bar in Word it fills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of a chart: a security class, or the whole."""

    label: str
    """What the bar is about."""
    total: int
    """How many items it counts."""
    segments: tuple[Segment, ...]
    """Its parts, in reading order; parts that count nothing are there too, with width 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerLine:
    """One of the three responsibilities of a system."""

    role: str
    """Which responsibility it is."""
    unit: str
    """The unit that answers; empty when nobody stated it."""
    person: str
    """The person in it."""
    post: str
    """The post that makes the person answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One problem that a person stands behind."""

    no: int
    """Running number within the system, from 1."""
    same_as: int
    """The number of an earlier problem seen alike in the same place; 0 where there is none."""
    risk: str
    """How bad it is, in words."""
    risk_key: str
    """`high`, `medium` or `low`."""
    risk_by_default: bool
    """Whether the risk is this tool's default, because only an answer tells of the problem."""
    clause: str
    """The clause at the level of the system, as printed in the standard; none of some hazards."""
    control_point: str
    """The control point that the clause belongs to."""
    requirement: str
    """The gist of the clause, in our own words."""
    verdict: str
    """What the person said: partly compliant or not compliant."""
    statement: str
    """What is wrong."""
    component: str
    """The component concerned; empty for the system as a whole."""
    source: str
    """Who noticed it: a scan, an answer, and so on."""
    evidence: tuple[str, ...]
    """Short digests; in full in the list of evidence."""
    answered_by: str
    """Who confirmed it."""
    means: str
    """How we know who it was: declared, signed, or by a session of the console."""
    answered_on: str
    """The civil date of the confirmation."""
    responsible: str
    """Who has to mend it: person and post of the unit that maintains the system."""
    responsible_unit: str
    """The unit of that person."""
    due: str
    """The civil date by which it must be mended."""
    days: int
    """How many days that is from the date of the report."""
    days_by_default: bool
    """Whether the number of days is this tool's default and no setting of the unit."""
    measure: str
    """How it is usually mended; empty where nothing is known."""
    usual_measure: str
    """Where `measure` is empty: what the checklist advises, marked where the words are our own."""
    high_risk: tuple[str, ...]
    """The high-risk cases and hazards that stand about it, each with its code; mostly none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContraryLine:
    """One finding of a tool about which a person answered otherwise; both sides, no verdict."""

    clause: str
    """The clause at the level of the system."""
    control_point: str
    """The control point that the clause belongs to."""
    statement: str
    """What was seen."""
    component: str
    """The component on which it was seen; empty for the system as a whole."""
    source: str
    """Who noticed it: a scan or an import."""
    seen_on: str
    """The civil date on which it was last seen before the date of the report."""
    risk: str
    """How bad it is by the rules of this tool, in words."""
    risk_key: str
    """`high`, `medium` or `low`."""
    evidence: str
    """The short digest of what was seen; empty where there is none."""
    answers: tuple[ContraryAnswer, ...]
    """What was answered about it; several where several components were answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContraryAnswer:
    """An answer that does not admit what a tool saw."""

    value: str
    """What the person said, in words."""
    answered_by: str
    """Who stated it."""
    means: str
    """How we know who it was."""
    answered_on: str
    """The civil date of the answer."""
    notes: tuple[str, ...]
    """What was written; the reason, where the item is said not to apply."""
    evidence: tuple[str, ...]
    """Short digests of the evidence named in the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One item of the checklist with the value that counts."""

    clause: str
    """The clause at the level of the system."""
    control_point: str
    """The control point that the clause belongs to."""
    gist: str
    """What is asked, in our own words."""
    value: str
    """The value that counts, in words."""
    value_key: str
    """A stable word for it, such as `compliant` or `unanswered`."""
    answered_by: tuple[str, ...]
    """Who stated it; several where several components were answered by several persons."""
    means: tuple[str, ...]
    """How we know who it was."""
    answered_on: str
    """The civil date of the newest answer."""
    notes: tuple[str, ...]
    """What was written; the reasons, where an item does not apply."""
    evidence: tuple[str, ...]
    """Short digests of the evidence named in the answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainPart:
    """One security class of the standard with its items."""

    title: str
    """The name of the class."""
    lines: tuple[ItemLine, ...]
    """Its items, in the order of the standard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine:
    """One piece of evidence, for the appendix."""

    short: str
    """The short digest that the report uses."""
    digest: str
    """The digest in full."""
    kind: str
    """Collected, supplied or imported."""
    title: str
    """What it is about."""
    taken_at: str
    """When it was taken, local time."""
    tool: str
    """What produced it."""
    erased: bool
    """Whether its bytes have been erased since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BandsPart:
    """The bands that a conclusion is drawn by, as their file says."""

    title: str
    """What the file is called."""
    source: str
    """Where the bands were read."""
    as_of: str
    """The date on which they were read."""
    official: bool
    """Whether they were read in a source; if not, they must not be printed as official."""
    upper: int
    """Above this percentage: the best conclusion."""
    lower: int
    """Above this percentage: the middle one; below it the worst."""
    above: str
    """The best conclusion, in words."""
    between: str
    """The middle one; while hazards are not judged, nothing better is said."""
    below: str
    """The worst one."""
    at_upper: str
    """What is said exactly on the upper border; the text leaves it open."""
    at_lower: str
    """What is said exactly on the lower border; the text leaves it open."""
    partial_weight: str
    """What a partially compliant item counts, such as 0 or 1/2; the text leaves it open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionPart:
    """What the self-assessment comes to."""

    conclusion: str
    """The conclusion, in words; never an official one."""
    rate: str
    """The compliance rate in percent, cut to two decimal places."""
    compliant: int
    """Compliant items."""
    partially_compliant: int
    """Partially compliant items."""
    applicable: int
    """Items that apply, unanswered ones included."""
    bands: BandsPart
    """What the conclusion was drawn by."""
    on_border: bool
    """Whether the rate lies exactly on a border that the text of the bands leaves open."""
    stands_in: str
    """The unit's own folder of items, where it stands in for the supplied standard; or empty."""
    other_grades: str
    """The grades that items were chosen by, where the system is graded otherwise; or empty."""
    hazards_open: bool
    """Whether high-risk cases and hazards have not been judged yet."""
    complete: bool
    """Whether every item has been answered."""
    frozen: bool
    """Whether the assessment is frozen; if not, it may still change."""
    revision: int
    """The revision of the assessment."""
    number: int
    """The number of the assessment in the workspace."""
    item_set: str
    """Digest of the item set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPart:
    """One system: what it is, who answers for it, what was found."""

    no: int
    """Running number in the report, from 1."""
    name: str
    """Its name."""
    kind: str
    """What kind of system it is."""
    stage: str
    """Where it stands in its life."""
    level: str
    """Its security level in words, such as 第三级; or why it has none."""
    grades: str
    """The two grades behind the level, such as S3A3."""
    filing: str
    """How far its filing with public security has come."""
    filing_number: str
    """The number of the filing certificate."""
    operating_unit: str
    """The unit that the law holds responsible."""
    owners: tuple[OwnerLine, ...]
    """The three responsibilities."""
    missing: tuple[str, ...]
    """What the inventory or the assessment lacks, in words; empty where nothing does."""
    unanswered: int
    """How many items nobody has answered."""
    assessed: bool
    """Whether anything was answered in an assessment; if not, the fields below are empty."""
    conclusion: ConclusionPart | None
    """What the self-assessment comes to."""
    counts: Bar | None
    """All items by value."""
    risks: Bar | None
    """The problems by risk."""
    domains: tuple[Bar, ...]
    """Items by value for each security class."""
    hazards: HazardsPart | None
    """What was judged about high-risk cases and major hazards; None where none were asked."""
    findings: tuple[FindingLine, ...]
    """The problems, worst first, among those of high risk the high-risk cases first."""
    contrary: tuple[ContraryLine, ...]
    """The findings of tools about which a person answered otherwise, worst first."""
    unconfirmed: int
    """How many findings nobody has answered; they are counted here and printed nowhere."""
    classes: tuple[DomainPart, ...]
    """Every item of the checklist."""
    evidence: tuple[EvidenceLine, ...]
    """The evidence that this part names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A named number: a deadline by risk, or a threshold that is practice."""

    label: str
    """What the number is about."""
    value: str
    """The number."""
    by_default: bool
    """Whether it is this tool's default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationPart:
    """What somebody needs to check the report against the workspace."""

    chain_seq: int
    """Number of the newest entry of the history that the report stands on."""
    chain_hash: str
    """Its hash."""
    rules: str
    """Digest of the rules."""
    item_sets: tuple[str, ...]
    """Digests of the item sets."""
    template: str
    """Digest of the template."""
    program: str
    """Name and version of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationContext:
    """The whole report."""

    subject: str
    """The name of the system or unit that the report is about."""
    unit: str
    """The unit that puts its stamp on the report."""
    whole_unit: bool
    """Whether the report covers all systems of a unit."""
    as_of: str
    """The civil date of the report, such as 2026-03-01."""
    as_of_long: str
    """The same in words."""
    sample: bool
    """Whether this is a sample: every page must then say so."""
    draft: bool
    """Whether an assessment that is printed is not frozen: every page must then say so."""
    systems: tuple[SystemPart, ...]
    """The systems, by number."""
    total: Bar
    """All items of all assessed systems by value."""
    total_risks: Bar
    """All problems by risk."""
    unanswered: int
    """How many items of the assessed systems nobody has answered."""
    contrary: int
    """How many findings of tools a person answered otherwise."""
    unconfirmed: int
    """How many findings nobody has answered, also of systems that were not assessed."""
    bands: tuple[BandsPart, ...]
    """The bands that conclusions of this report were drawn by, each once."""
    answered_risks: tuple[RuleLine, ...]
    """The risk given to a problem that only an answer tells of, by the answer's value."""
    deadlines: tuple[RuleLine, ...]
    """Days to mend, by risk."""
    thresholds: tuple[RuleLine, ...]
    """Thresholds of the rules that are practice and no law."""
    verification: VerificationPart
    """How to check the report."""
