"""A platform and a tenant on it, both assessed, in one real workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from secops.keys.signing import new_private, public_of, signer
from secops.model.answer import Value, Verdict
from secops.model.common import SecurityLevel
from secops.model.ids import SystemId
from secops.model.key import Key
from secops.model.score import ScoredItem
from secops.model.system import Grading, LifecycleStage, Ownership, System, SystemKind
from secops.operations.answer_item import Reply, record_answers
from secops.operations.assessments import Series, opened
from secops.operations.freeze_assessment import freeze_assessment
from secops.operations.inherit_items import Inheriting, Taken, inherit_items
from secops.operations.keys import keep_own_key, public_key
from secops.operations.make_statement import Made, Signing, Stating, make_statement
from secops.operations.revise_assessment import revise_assessment
from secops.operations.score_system import scored_items
from secops.operations.start_assessment import Beginning, start_assessment
from secops.wiring.assess import Assessing, today_of
from secops.wiring.keys import own_unit
from secops.wiring.tables import load_tables

TABLES = load_tables()
STATED: dict[str, Value] = {
    "pe/location-1": Verdict.COMPLIANT,
    "pe/access-1": Verdict.COMPLIANT,
    "pe/theft-1": Verdict.PARTIALLY_COMPLIANT,
}
"""What the platform's own assessment says of its machine room."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The two systems."""

    platform: System
    tenant: System


def system(one: Assessing, name: str, grades: tuple[int, int]) -> System:
    """Put a running system of these grades S and A into the inventory."""
    unit = own_unit(one.work)
    assert unit
    made = System(
        id=SystemId(one.acting.new_id()),
        no=one.work.systems.next_no(),
        name=name,
        kind=SystemKind.INFORMATION_SYSTEM,
        stage=LifecycleStage.RUNNING,
        ownership=Ownership(operating_unit=unit.id),
        grading=Grading(
            business_information=SecurityLevel(grades[0]),
            system_service=SecurityLevel(grades[1]),
        ),
    )
    one.work.systems.put_many(one.acting.actor, [made])
    return made


def begin(one: Assessing, system: System) -> None:
    """Start to assess a system."""
    beginning = Beginning(about=system, checklist=TABLES.checklist)
    start_assessment(one.work, one.blobs, one.acting, beginning)


def answer(one: Assessing, system: System, said: dict[str, Value]) -> None:
    """Answer these items."""
    opening = opened(one.work, one.blobs, Series(system))
    replies = [Reply(item=item, value=value) for item, value in said.items()]
    record_answers(one.work, one.acting, opening, replies)


def freeze(one: Assessing, system: System) -> None:
    """Freeze what stands."""
    freeze_assessment(one.work, one.blobs, one.acting, Series(system), TABLES)


def carried(one: Assessing, platform: tuple[int, int] = (3, 3)) -> Carried:
    """Make a frozen platform, and a tenant of level 2 whose assessment is open."""
    room = system(one, "机房", platform)
    begin(one, room)
    answer(one, room, STATED)
    freeze(one, room)
    tenant = system(one, "选课系统", (2, 2))
    begin(one, tenant)
    return Carried(room, tenant)


def revise(one: Assessing, platform: System, said: dict[str, Value]) -> None:
    """Answer anew in a new revision of the platform's assessment, and freeze it."""
    revise_assessment(one.work, one.blobs, one.acting, Series(platform))
    answer(one, platform, said)
    freeze(one, platform)


def stating(one: Assessing, platform: System, days: int = 100) -> Stating:
    """Say that a platform answers for its whole machine room."""
    today = today_of(one)
    return Stating(
        system=platform,
        valid_until=today + timedelta(days=days),
        today=today,
        covers=("pe",),
    )


def state(one: Assessing, platform: System, days: int = 100) -> Made:
    """Make the statement."""
    return make_statement(one.work, one.blobs, one.acting, stating(one, platform, days))


def inherit(one: Assessing, tenant: System, made: Made, today: date | None = None) -> Taken:
    """Take all of it over."""
    inheriting = Inheriting(tenant=tenant, kept=made.kept, today=today or today_of(one))
    return inherit_items(one.work, one.blobs, one.acting, inheriting)


def signing(one: Assessing) -> tuple[Key, Signing]:
    """Make a key of the workspace's unit that signs."""
    unit = own_unit(one.work)
    assert unit
    private = new_private()
    key = keep_own_key(one.work, one.acting, public_key(unit, public_of(private)))
    return key, Signing(key=key, sign=signer(key.id, private))


def items_of(one: Assessing, tenant: System) -> dict[str, ScoredItem]:
    """Give the items of a system by group and name."""
    opening = opened(one.work, one.blobs, Series(tenant))
    found = scored_items(one.work, opening)
    return {str(it.item.id).partition("/")[2]: it for it in found}
