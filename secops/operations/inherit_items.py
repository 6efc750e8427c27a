"""继承: a tenant takes over what its platform states, item by item, or takes an item back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from secops.contracts.store import Blobs, UnitOfWork
from secops.contracts.world import Acting
from secops.errors.judging import NotGradedError
from secops.errors.platforms import (
    ExpiredStatementError,
    LowerPlatformError,
    NothingInheritedError,
    NotInheritedError,
    NotStatedError,
    OlderStatementError,
    OtherPackError,
    OwnPlatformError,
)
from secops.judging.inheriting import carries, covered, may_say
from secops.judging.scoring import current
from secops.judging.tailoring import Asked
from secops.model.checklist import Duty
from secops.model.grades import Grades
from secops.model.ids import Digest, ItemId, PersonId
from secops.model.platform_statement import Inheritance, InheritanceId, Kept, StatedItem
from secops.model.system import System
from secops.operations.answer_item import find_asked
from secops.operations.assessments import Opened, Series, opened, refuse_frozen, who
from secops.operations.statements import kept_statements, newest_statements, platform_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Inheriting:
    """Who takes over what, by which statement."""

    tenant: System
    kept: Kept
    today: date
    items: tuple[str, ...] = ()  # none: every item that the statement speaks of
    duty: Duty | None = None  # PLATFORM or BOTH; None: as the statement has it
    by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenItem:
    """An item whose duty was decided."""

    asked: Asked
    stated: StatedItem
    duty: Duty
    set_aside: int  # own answers that no longer count


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """An item, and by which statement its duty is decided."""

    asked: Asked
    stated: StatedItem
    duty: Duty
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken over or back; `left`: what rests on another platform and stays so."""

    one: Opened
    items: tuple[TakenItem, ...]
    left: tuple[Asked, ...]


def inherit_items(work: UnitOfWork, blobs: Blobs, acting: Acting, inheriting: Inheriting) -> Taken:
    """Record what the platform answers from now on; the same again changes nothing.

    Raises FrozenAssessmentError, OwnPlatformError, OtherPackError, ExpiredStatementError,
    OlderStatementError, LowerPlatformError, NotStatedError, NothingInheritedError, NobodyError.
    """
    one = opened(work, blobs, Series(inheriting.tenant))
    refuse_frozen(one)
    _refuse(work, blobs, one, inheriting)
    chosen, left = _chosen(one, inheriting)
    items = _recorded(work, acting, one, chosen, who(acting, inheriting.by))
    return Taken(one=one, items=items, left=left)


def give_back(
    work: UnitOfWork,
    blobs: Blobs,
    acting: Acting,
    tenant: System,
    giving: tuple[tuple[str, ...], PersonId | None],
) -> Taken:
    """Let the tenant answer these items itself again.

    Raises FrozenAssessmentError, NotInheritedError, NobodyError.
    """
    texts, by = giving
    one = opened(work, blobs, Series(tenant))
    refuse_frozen(one)
    chosen: list[_Choice] = []
    for text in texts:
        asked = find_asked(one.item_set, tenant.name, text)
        before = one.inherited.get(asked.item.id)
        if before is None:
            raise NotInheritedError(item=str(asked.at.clause))
        digest = before.inheritance.statement
        chosen.append(_Choice(asked=asked, stated=before.stated, duty=Duty.TENANT, digest=digest))
    items = _recorded(work, acting, one, chosen, who(acting, by))
    return Taken(one=one, items=items, left=())


def _recorded(
    work: UnitOfWork, acting: Acting, one: Opened, chosen: Sequence[_Choice], person: PersonId
) -> tuple[TakenItem, ...]:
    assessment = one.assessment.id
    revisions = {row.item: row.revision for row in work.inheritances.of(assessment)}
    own = Counter(item for item, _ in current(work.answers.of(assessment)))
    rows = [
        Inheritance(
            id=InheritanceId(acting.new_id()),
            assessment=assessment,
            item=it.asked.item.id,
            revision=revisions.get(it.asked.item.id, 0) + 1,
            duty=it.duty,
            statement=it.digest,
            taken_by=person,
            recorded_by=acting.actor,
            recorded_at=acting.now(),
        )
        for it in chosen
    ]
    work.inheritances.append(acting.actor, rows)
    return tuple(
        TakenItem(
            asked=it.asked,
            stated=it.stated,
            duty=it.duty,
            set_aside=own[it.asked.item.id] if it.duty is Duty.PLATFORM else 0,
        )
        for it in chosen
    )


def tenant_grades(one: Opened) -> Grades:
    """Give the grades by which the tenant is asked; raises NotGradedError."""
    if one.assessment.grades is None:
        raise NotGradedError(system=one.series.name)
    return one.assessment.grades


def _refuse(work: UnitOfWork, blobs: Blobs, one: Opened, inheriting: Inheriting) -> None:
    statement, name = inheriting.kept.statement, inheriting.tenant.name
    platform = statement.platform
    if platform.id == inheriting.tenant.id:
        raise OwnPlatformError(name=name)
    if statement.assessment.pack != one.assessment.pack:
        raise OtherPackError(found=statement.assessment.pack, wanted=one.assessment.pack)
    if statement.expired(inheriting.today):
        day = statement.valid_until.isoformat()
        raise ExpiredStatementError(platform=platform.name, day=day)
    newest = newest_statements(kept_statements(work, blobs))[platform_key(statement)]
    if newest.statement.order > statement.order:
        raise OlderStatementError(platform=platform.name, no=str(newest.record.no))
    grades = tenant_grades(one)
    if not carries(platform.grades, grades):
        raise LowerPlatformError(
            platform=platform.name, found=str(platform.grades), name=name, grades=str(grades)
        )


def _chosen(one: Opened, inheriting: Inheriting) -> tuple[list[_Choice], tuple[Asked, ...]]:
    """Choose items named, else all that nobody else's platform answers; leave what stands so."""
    statement = inheriting.kept.statement
    stated = {it.item: it for it in covered(one.item_set, statement)}
    if not stated:
        raise NothingInheritedError(name=inheriting.tenant.name)
    if inheriting.items:
        names = (find_asked(one.item_set, one.series.name, text) for text in inheriting.items)
        named = {asked.item.id: asked for asked in names}
        return [*_changes(one, inheriting, named.values(), stated)], ()
    asked_for = tuple(it for it in one.item_set.asked if it.item.id in stated)
    left = tuple(it for it in asked_for if _of_another(one, it.item.id, inheriting.kept))
    wanted = tuple(it for it in asked_for if it not in left)
    return [*_changes(one, inheriting, wanted, stated)], left


def _changes(
    one: Opened,
    inheriting: Inheriting,
    wanted: Iterable[Asked],
    stated: Mapping[ItemId, StatedItem],
) -> Iterator[_Choice]:
    digest = inheriting.kept.record.digest
    for asked in wanted:
        said = stated.get(asked.item.id)
        duty = inheriting.duty or (said.duty if said else Duty.PLATFORM)
        if said is None or not may_say(said, duty):
            found = said.duty.value if said else "-"
            raise NotStatedError(item=str(asked.at.clause), duty=duty.value, found=found)
        before = one.inherited.get(asked.item.id)
        row = before.inheritance if before else None
        if row is None or (row.duty, row.statement) != (duty, digest):
            yield _Choice(asked=asked, stated=said, duty=duty, digest=digest)


def _of_another(one: Opened, item: ItemId, kept: Kept) -> bool:
    before = one.inherited.get(item)
    return before is not None and platform_key(before.statement) != platform_key(kept.statement)
