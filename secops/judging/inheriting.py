"""Which items a tenant inherits, what then counts, and what speaks against a platform.

Duty per item: the platform's verdict counts, the tenant's, or the worse of both; an unanswered
half leaves the item open. A platform is never graded lower than what it carries
(GB/T 22239-2019 7.2.2.1.a, 8.2.2.1.a, 9.2.2.1.a).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from secops.judging.scoring import worst
from secops.judging.tailoring import ItemSet
from secops.model.answer import Verdict
from secops.model.checklist import Duty
from secops.model.grades import Grades
from secops.model.ids import Digest, ItemId
from secops.model.platform_statement import (
    Inheritance,
    Inherited,
    PlatformStatement,
    StatedItem,
    StatedValue,
)
from secops.model.score import ScoredItem


def carries(platform: Grades, tenant: Grades) -> bool:
    """Whether a platform of these grades may carry a tenant: S and A each at least as high."""
    return (
        platform.business_information >= tenant.business_information
        and platform.system_service >= tenant.system_service
    )


def covered(item_set: ItemSet, statement: PlatformStatement) -> tuple[StatedItem, ...]:
    """Give what a statement says about items that are asked of the tenant, in their order."""
    stated = {one.item: one for one in statement.items}
    return tuple(stated[one.item.id] for one in item_set.asked if one.item.id in stated)


def may_say(stated: StatedItem, duty: Duty) -> bool:
    """Whether a tenant may leave so much of an item to its platform: not more than it states."""
    return duty is stated.duty or duty is Duty.BOTH


def standing_rows(rows: Iterable[Inheritance]) -> dict[ItemId, Inheritance]:
    """Of several rows about an item the highest revision stands."""
    return {one.item: one for one in sorted(rows, key=lambda one: one.revision)}


def inherited_of(
    rows: Iterable[Inheritance], statements: Mapping[Digest, PlatformStatement]
) -> dict[ItemId, Inherited]:
    """Give what each item takes over; items that were given back are left out."""
    found: dict[ItemId, Inherited] = {}
    for item, row in standing_rows(rows).items():
        statement = statements[row.statement]
        stated = statement.of(item)
        if row.duty is not Duty.TENANT and stated:
            found[item] = Inherited(inheritance=row, statement=statement, stated=stated)
    return found


def with_inherited(scored: ScoredItem, inherited: Inherited | None) -> ScoredItem:
    """Let the platform's verdict count as its duty says.

    Where the platform answers alone, no answer of the tenant stands; else the worse half counts.
    """
    if inherited is None:
        return scored
    said = inherited.stated.value
    if inherited.whole:
        return replace(scored, value=said, answers=(), inherited=inherited)
    return replace(scored, value=worst([said, scored.value]), inherited=inherited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallen:
    """An item that a newer statement makes worse, or says nothing of any more."""

    before: Inherited
    now: StatedItem | None


def fallen(before: Iterable[Inherited], newest: PlatformStatement) -> Iterator[Fallen]:
    """Compare what is inherited with the newest statement of the same platform."""
    for one in before:
        now = newest.of(one.stated.item)
        if now is None or _is_worse(now.value, one.stated.value):
            yield Fallen(before=one, now=now)


def _is_worse(now: StatedValue, before: StatedValue) -> bool:
    """Compare verdicts; what did not apply and fails now is worse, too."""
    if not isinstance(now, Verdict):
        return False
    return now < (before if isinstance(before, Verdict) else Verdict.COMPLIANT)
