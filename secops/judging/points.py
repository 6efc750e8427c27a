"""Points of a self-check whose items carry weights.

Points = Σ(weight × share) ÷ Σ(weight of what applies) × all weights. What does not apply leaves
the base; what nobody answered stays in it and earns nothing. No rounding here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import assert_never

from secops.model.answer import Choice, Measure, Value, Verdict
from secops.model.asking import Asks, AsksChoice
from secops.model.common import NotApplicable
from secops.model.points import Pointed, PointedItem, Points
from secops.model.score import ScoredItem


def pointed(items: Sequence[ScoredItem], partial_weight: Fraction) -> Pointed | None:
    """Give the points; None: no item of the checklist carries any."""
    found = tuple(
        PointedItem(scored=one, share=share_of(one.item.asks, one.value, partial_weight))
        for one in items
    )
    if not any(one.item.weight for one in items):
        return None
    domains = tuple(dict.fromkeys(one.item.domain for one in items))
    return Pointed(
        total=_total(found),
        domains=tuple(
            (domain, _total(one for one in found if one.scored.item.domain == domain))
            for domain in domains
        ),
        items=found,
    )


def share_of(asks: Asks, value: Value | None, partial_weight: Fraction) -> Fraction | None:
    """Give the share of its points that an answer earns; None: it does not apply."""
    match value:
        case None:
            return Fraction(0)
        case NotApplicable():
            return None
        case Measure(n=n, of=of):
            return Fraction(n, of) if of else Fraction(0)
        case Choice(code=code):
            options = asks.options if isinstance(asks, AsksChoice) else ()
            return next((one.share for one in options if one.code == code), Fraction(0))
        case Verdict():
            shares = {Verdict.COMPLIANT: Fraction(1), Verdict.PARTIALLY_COMPLIANT: partial_weight}
            return shares.get(value, Fraction(0))
    assert_never(value)


def _total(items: Iterable[PointedItem]) -> Points:
    found = tuple(items)
    applies = [one for one in found if one.applies]
    return Points(
        got=sum((one.got for one in applies), Fraction(0)),
        base=sum((one.scored.item.weight for one in applies), Fraction(0)),
        whole=sum((one.scored.item.weight for one in found), Fraction(0)),
        asked=len(found),
        unanswered=sum(one.scored.value is None for one in found),
        not_applicable=len(found) - len(applies),
    )
