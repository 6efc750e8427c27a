"""平台声明: what the operator of a shared platform answers for its tenants, until a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeGuard

from secops.contracts.platforms import Signer
from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors import msgid
from secops.errors.judging import NotGradedError
from secops.errors.platforms import (
    NotFrozenPlatformError,
    NothingStatedError,
    PastDayError,
    UnansweredStatedError,
)
from secops.guards.text import clean_text
from secops.judging.keeping import read_components
from secops.judging.statement_keeping import PAYLOAD, statement_bytes
from secops.judging.tailoring import domain_named
from secops.model.answer import Value, Verdict
from secops.model.assessment import Assessment, Frozen
from secops.model.checklist import Duty
from secops.model.common import NotApplicable
from secops.model.evidence import digest_of
from secops.model.ids import ItemId, PersonId
from secops.model.key import Envelope, Key, signed_bytes
from secops.model.platform_statement import (
    Kept,
    Platform,
    PlatformStatement,
    StatedAssessment,
    StatedItem,
    StatedValue,
    StatementId,
    StatementOrigin,
    StatementRecord,
)
from secops.model.score import ScoredItem
from secops.model.system import System
from secops.model.unit import Unit
from secops.operations.answer_item import find_asked
from secops.operations.assessments import Opened, Series, all_of, item_set_of, who
from secops.operations.keys import code_of, unit_called
from secops.operations.score_system import scored_items
from secops.operations.statements import inherited_by
from secops.reading.signed_files import envelope_bytes

_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """With which key, by which it is proved, and what signs."""

    key: Key
    sign: Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """What a person states about a platform."""

    system: System
    valid_until: date
    today: date
    covers: tuple[str, ...] = ()  # domains that it answers as a whole
    duties: tuple[tuple[str, Duty], ...] = ()  # items whose duty is another than the checklist's
    by: PersonId | None = None
    signing: Signing | None = None  # None: for the systems of this workspace only


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The statement, and the file that another unit imports."""

    kept: Kept
    file: bytes  # empty: it was not signed
    unanswered: int  # items of the platform's duty that nobody answered: it says nothing of them


def make_statement(work: UnitOfWork, blobs: Blobs, acting: Acting, stating: Stating) -> Made:
    """Make a statement of the newest frozen assessment, and keep it.

    Raises NotFrozenPlatformError, NotGradedError, NothingStatedError, PastDayError and as
    `find_asked`.
    """
    person = who(acting, stating.by)
    one, frozen = _newest_frozen(work, blobs, Series(stating.system))
    scored = scored_items(work, one)
    duties = _duties(one, stating, {it.item.id: it.value for it in scored})
    stated = tuple(_stated(scored, duties))
    if not stated:
        raise NothingStatedError(name=stating.system.name)
    _refuse_day(one, stating, stated)
    stander = work.persons.get(person)
    statement = PlatformStatement(
        number=work.statements.next_no(),
        platform=_platform(work, stating.system, one.assessment),
        assessment=_made_of(one, frozen),
        items=stated,
        made_at=acting.now(),
        made_by=clean_text(stander.name) if stander else person,
        means=acting.actor.means.value,
        valid_until=stating.valid_until,
        head=replace(work.chain.head(), at=None),
    )
    return replace(
        _kept(work, blobs, acting, statement, stating.signing),
        unanswered=sum(duties[it.item.id] is not Duty.TENANT and it.value is None for it in scored),
    )


def _newest_frozen(work: UnitOfWork, blobs: Blobs, series: Series) -> tuple[Opened, Frozen]:
    """Open what others may rely on, whatever revision is at work since."""
    found = [(one, one.frozen) for one in all_of(work, series) if one.frozen]
    if not found or series.system is None:
        raise NotFrozenPlatformError(name=series.name)
    assessment, frozen = max(found, key=lambda pair: pair[0].revision)
    opened = Opened(
        series=series,
        assessment=assessment,
        item_set=item_set_of(blobs, assessment),
        components=read_components(blobs.get(frozen.state), series.system.id),
        inherited=inherited_by(work, blobs, assessment.id),
    )
    return opened, frozen


def _duties(
    one: Opened, stating: Stating, values: Mapping[ItemId, Value | None]
) -> Mapping[ItemId, Duty]:
    """Give the duty of every item: the checklist's, then whole domains, then single items."""
    asked = one.item_set.asked
    covered = {domain_named(one.item_set, text) for text in stating.covers}
    duties = {it.item.id: it.item.duty for it in asked}
    for it in asked:
        if it.item.domain.code in covered and it.item.duty is Duty.TENANT:
            duties[it.item.id] = Duty.PLATFORM
    for text, duty in stating.duties:
        found = find_asked(one.item_set, one.series.name, text)
        if duty is not Duty.TENANT and not _statable(values.get(found.item.id)):
            raise UnansweredStatedError(item=str(found.at.clause), name=one.series.name)
        duties[found.item.id] = duty
    return duties


def _stated(scored: tuple[ScoredItem, ...], duties: Mapping[ItemId, Duty]) -> Iterator[StatedItem]:
    for one in scored:
        duty, value = duties[one.item.id], one.value
        if isinstance(value, NotApplicable):
            value = NotApplicable(clean_text(value.reason, _LONGEST))
        if duty is not Duty.TENANT and _statable(value):
            yield StatedItem(item=one.item.id, clause=one.at.clause, value=value, duty=duty)


def _statable(value: Value | None) -> TypeGuard[StatedValue]:
    return isinstance(value, Verdict | NotApplicable)


def _refuse_day(one: Opened, stating: Stating, stated: tuple[StatedItem, ...]) -> None:
    """Nothing is stated for a day that is over, or beyond what it was inherited for."""
    day = stating.valid_until
    if day < stating.today:
        raise PastDayError(day=day.isoformat(), problem=msgid("that day is over"))
    rests_on = [one.inherited[it.item].statement for it in stated if it.item in one.inherited]
    if any(other.expired(day) for other in rests_on):
        problem = msgid("items were inherited from a platform whose statement ends before")
        raise PastDayError(day=day.isoformat(), problem=problem)


def _platform(work: UnitOfWork, system: System, assessment: Assessment) -> Platform:
    if assessment.grades is None:
        raise NotGradedError(system=system.name)
    operator = operator_of(work, system)
    return Platform(
        id=system.id,
        name=clean_text(system.name),
        unit=unit_called(operator),
        credit_code=code_of(operator),
        grades=assessment.grades,
        filing_number=clean_text(system.filing.number),
    )


def operator_of(work: UnitOfWork, system: System) -> Unit:
    """Give the unit that operates a platform and so speaks for it."""
    unit = work.units.get(system.ownership.operating_unit)
    assert unit  # noqa: S101  # the store holds no system without its operating unit
    return unit


def _made_of(one: Opened, frozen: Frozen) -> StatedAssessment:
    assessment = one.assessment
    return StatedAssessment(
        no=assessment.no,
        revision=assessment.revision,
        pack=assessment.pack,
        edition=one.item_set.edition,
        item_set=assessment.item_set,
        state=frozen.state,
        frozen_at=frozen.at,
    )


def _kept(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    statement: PlatformStatement,
    signing: Signing | None,
) -> Made:
    content, file = statement_bytes(statement), b""
    if signing:
        signature = signing.sign(signed_bytes(PAYLOAD, content))
        envelope = Envelope(payload_type=PAYLOAD, payload=content, signatures=(signature,))
        file = envelope_bytes(envelope)
        blobs.put(file)
    blobs.put(content)
    record = StatementRecord(
        id=StatementId(acting.new_id()),
        no=statement.number,
        platform=statement.platform.id,
        unit=statement.platform.unit,
        origin=StatementOrigin.MADE,
        digest=digest_of(content),
        envelope=digest_of(file) if file else None,
        key=signing.key.id if signing else None,
        valid_until=statement.valid_until,
        kept_at=acting.now(),
        kept_by=acting.actor,
    )
    work.statements.put_many(acting.actor, [record])
    return Made(kept=Kept(record=record, statement=statement), file=file, unanswered=0)
