"""Items that ask for other things than a verdict, for the tests of answers and points."""

from __future__ import annotations

from fractions import Fraction

from secops.judging.tailoring import Asked, ItemSet
from secops.model.answer import Value
from secops.model.asking import VERDICT, YES_OR_NO, Asks, AsksChoice, AsksRatio, Option
from secops.model.checklist import AtLevel, ChecklistPart, Clause, Domain, Item
from secops.model.common import Confidence
from secops.model.grades import Attribute
from secops.model.ids import ItemId
from secops.model.score import ScoredItem

STEPS = AsksChoice(
    (
        Option("2", "两次及以上", Fraction(1)),
        Option("1", "一次", Fraction(7, 10)),
        Option("0", "没有", Fraction(0)),
    )
)
RATIO = AsksRatio("责任齐全的系统数", "系统总数")
KINDS: tuple[Asks, ...] = (VERDICT, YES_OR_NO, STEPS, RATIO)


def asked(
    n: int,
    asks: Asks = YES_OR_NO,
    *,
    weight: int = 2,
    area: str = "a",
    gist: str = "要求",
) -> Asked:
    """Make an item; its code is X-0n."""
    at = AtLevel(level=None, clause=Clause(f"X-{n:02d}"), gist=gist, attribute=Attribute.GENERAL)
    item = Item(
        id=ItemId(f"x/{area}/item-{n}"),
        part=ChecklistPart("general", ""),
        domain=Domain(area, area),
        control_point="",
        at=(at,),
        parts=(("whole", gist),),
        concerns=(),
        confidence=Confidence.HIGH,
        asks=asks,
        weight=Fraction(weight),
        not_applicable="没有系统",
    )
    return Asked(item=item, at=at)


def scored(one: Asked, value: Value | None) -> ScoredItem:
    """Give the item with the value that counts."""
    return ScoredItem(item=one.item, at=one.at, value=value, answers=())


def item_set(*several: Asked) -> ItemSet:
    """Put items together."""
    return ItemSet(
        pack="x", edition="1", checklist="sha256:0", grades=None, traits=(), asked=several
    )
