"""What is wrong between tenants and their platforms; what is worse or over becomes a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.words import Words, label
from secops.contracts.world import Acting
from secops.errors import SecopsError, msgid
from secops.judging.inheriting import carries, fallen
from secops.judging.keeping import value_text
from secops.judging.statement_keeping import statement_bytes
from secops.judging.tailoring import Asked
from secops.model.answer import OfSystem, Verdict
from secops.model.checklist import STANDARD, Trait
from secops.model.evidence import digest_of
from secops.model.ids import FindingId, ItemId, SystemId
from secops.model.judgement import Finding, Risk, Source, SourceKind, answered_risk, fingerprint_of
from secops.model.platform_statement import (
    Inherited,
    Kept,
    PlatformStatement,
    PlatformTrouble,
    StatedItem,
)
from secops.model.system import HostingKind, System
from secops.operations.assessments import Opened, Series, grades_of, newest, opened, traits_shown
from secops.operations.keep_findings import keep_findings
from secops.operations.statements import (
    PlatformKey,
    kept_statements,
    newest_statements,
    platform_key,
)

_CARRIED = frozenset(HostingKind) - {HostingKind.OWN_ROOM}
"""Where somebody else's platform stands beneath a system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is wrong with one tenant's platform."""

    tenant: System
    kind: PlatformTrouble
    platform: str  # empty: there is none
    unit: str
    clauses: tuple[str, ...] = ()  # of the items concerned
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Every trouble, and the findings that were opened or seen again."""

    troubles: tuple[Trouble, ...]
    findings: tuple[Finding, ...]
    tenants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """Which day it is, and the words that findings are kept in."""

    day: date
    words: Words


def check_platforms(work: UnitOfWork, blobs: Blobs, acting: Acting, checking: Checking) -> Checked:
    """Look at every system in use; open findings, answer nothing."""
    newest_of = newest_statements(kept_statements(work, blobs))
    troubles: list[Trouble] = []
    findings: list[Finding] = []
    tenants = 0
    for system in work.systems.all():
        if system.retired_on is not None:
            continue
        one = _tenant(work, blobs, system)
        if one is None or not one.inherited:
            troubles += _missing(work, system)
            continue
        tenants += 1
        troubles += _troubles(work, one, newest_of, checking.day)
        findings += _findings(acting, one, newest_of, checking)
    return Checked(
        troubles=tuple(troubles),
        findings=keep_findings(work, acting, findings).findings,
        tenants=tenants,
    )


def open_findings(
    work: UnitOfWork, blobs: Blobs, acting: Acting, checking: Checking
) -> tuple[Finding, ...]:
    """Open the findings at every tenant: after a statement came, or was taken over."""
    newest_of = newest_statements(kept_statements(work, blobs))
    inheriting = work.inheritances.assessments()
    findings: list[Finding] = []
    for assessment in work.assessments.all():
        subject = assessment.subject
        if assessment.id not in inheriting or not isinstance(subject, OfSystem):
            continue
        system = work.systems.get(subject.system)
        if system is None or newest(work, Series(system)) != assessment:
            continue
        findings += _findings(acting, opened(work, blobs, Series(system)), newest_of, checking)
    return keep_findings(work, acting, findings).findings


def _tenant(work: UnitOfWork, blobs: Blobs, system: System) -> Opened | None:
    series = Series(system, STANDARD)
    return None if newest(work, series) is None else opened(work, blobs, series)


def _missing(work: UnitOfWork, system: System) -> Iterator[Trouble]:
    """Name who stands on somebody's platform, is assessed, and takes over nothing."""
    on_cloud = any(one.trait is Trait.CLOUD_TENANT for one in traits_shown(work, system))
    carried = on_cloud or system.hosting.kind in _CARRIED
    if carried and newest(work, Series(system)) is not None:
        yield Trouble(tenant=system, kind=PlatformTrouble.MISSING, platform="", unit="")


def _troubles(
    work: UnitOfWork, one: Opened, newest_of: Mapping[PlatformKey, Kept], day: date
) -> Iterator[Trouble]:
    for key, several in _by_platform(one.inherited.values()).items():
        latest = newest_of[key].statement
        for kind, items in _kinds(work, one, (several, latest), day):
            yield Trouble(
                tenant=_system_of(one),
                kind=kind,
                platform=latest.platform.name,
                unit=latest.platform.unit,
                clauses=_clauses(one, items),
                until=_oldest(several).valid_until,
            )


def _kinds(
    work: UnitOfWork,
    one: Opened,
    stated: tuple[Sequence[Inherited], PlatformStatement],
    day: date,
) -> Iterator[tuple[PlatformTrouble, tuple[ItemId, ...]]]:
    several, latest = stated
    if not _carries(one, latest):
        yield PlatformTrouble.LOWER, ()
    if over := [it.stated.item for it in several if it.statement.expired(day)]:
        yield PlatformTrouble.EXPIRED, tuple(over)
    down = tuple(fallen(several, latest))
    if worse := [it.before.stated.item for it in down if it.now]:
        yield PlatformTrouble.WORSE, tuple(worse)
    if gone := [it.before.stated.item for it in down if it.now is None]:
        yield PlatformTrouble.DROPPED, tuple(gone)
    if latest.order > _oldest(several).order or _has_moved(work, latest):
        yield PlatformTrouble.OUTDATED, ()


def _by_platform(inherited: Iterable[Inherited]) -> dict[PlatformKey, list[Inherited]]:
    found: dict[PlatformKey, list[Inherited]] = {}
    for one in inherited:
        found.setdefault(platform_key(one.statement), []).append(one)
    return found


def _oldest(several: Sequence[Inherited]) -> PlatformStatement:
    return min((one.statement for one in several), key=lambda one: one.order)


def _system_of(one: Opened) -> System:
    system = one.series.system
    assert system  # noqa: S101  # only systems inherit
    return system


def _clauses(one: Opened, items: Iterable[ItemId]) -> tuple[str, ...]:
    wanted = set(items)
    return tuple(str(it.at.clause) for it in one.item_set.asked if it.item.id in wanted)


def _carries(one: Opened, platform: PlatformStatement) -> bool:
    """Hold the platform against what is assessed, and against the grades of today."""
    grades = [one.assessment.grades] if one.assessment.grades else []
    with suppress(SecopsError):  # graded no more
        grades.append(grades_of(_system_of(one)))
    return all(carries(platform.platform.grades, tenant) for tenant in grades)


def _has_moved(work: UnitOfWork, statement: PlatformStatement) -> bool:
    """Whether the platform is of this workspace, and was frozen anew since it was stated."""
    states = [
        (assessment.revision, assessment.frozen.state)
        for assessment in work.assessments.of(OfSystem(SystemId(statement.platform.id)))
        if assessment.frozen and assessment.pack == statement.assessment.pack
    ]
    made_of = (statement.assessment.revision, statement.assessment.state)
    return bool(states) and max(states) > made_of


def _findings(
    acting: Acting, one: Opened, newest_of: Mapping[PlatformKey, Kept], checking: Checking
) -> Iterator[Finding]:
    """Give what fails at a platform by its newest statement, what it dropped, what is over."""
    asked = {it.item.id: it for it in one.item_set.asked}
    for inherited in one.inherited.values():
        item = inherited.stated.item
        latest = newest_of[platform_key(inherited.statement)].statement
        now = latest.of(item)
        risk = answered_risk(now.value) if now else Risk.LOW
        if risk and item in asked:
            mark = f"{item} {value_text(now.value) if now else '-'}"
            said = _said(checking.words, latest, (asked[item], now))
            yield _finding(acting, one, latest, (item, risk, said, mark))
    for statement in {it.statement for it in one.inherited.values()}:
        if statement.expired(checking.day):
            said = _over(checking.words, statement)
            mark = f"until {statement.valid_until}"
            yield _finding(acting, one, statement, (None, Risk.MEDIUM, said, mark))


def _said(words: Words, latest: PlatformStatement, of: tuple[Asked, StatedItem | None]) -> str:
    asked, now = of
    said = msgid("the platform {platform} ({unit}) no longer states anything of {clause} {gist}")
    value = ""
    if now and isinstance(now.value, Verdict):
        said = msgid("the platform {platform} ({unit}) states {value} for {clause} {gist}")
        value = label(now.value, words)
    return words.gettext(said).format(
        platform=latest.platform.name,
        unit=latest.platform.unit,
        value=value,
        clause=asked.at.clause,
        gist=asked.at.gist,
    )


def _over(words: Words, statement: PlatformStatement) -> str:
    said = msgid("the statement of the platform {platform} ({unit}) was valid until {day}")
    return words.gettext(said).format(
        platform=statement.platform.name,
        unit=statement.platform.unit,
        day=statement.valid_until.isoformat(),
    )


def _finding(
    acting: Acting,
    one: Opened,
    statement: PlatformStatement,
    what: tuple[ItemId | None, Risk, str, str],
) -> Finding:
    item, risk, said, mark = what
    whole = f"platform {statement.platform.unit} {statement.platform.id} {mark}"
    return Finding(
        id=FindingId(acting.new_id()),
        no=0,
        source=Source(SourceKind.PLATFORM, digest_of(statement_bytes(statement))),
        subject=one.series.subject,
        item=item,
        fingerprint=fingerprint_of(whole),
        risk=risk,
        statement=said,
        evidence=None,
        first_seen=acting.now(),
        last_seen=acting.now(),
    )
