"""Points of a self-check: exact fractions, cut only where they are shown and never rounded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from secops.model.checklist import Domain
from secops.model.score import ScoredItem


def cut(points: Fraction) -> str:
    """Show points with two decimals at most, cut: 89.999 is not yet 90."""
    hundredths = 100 * points.numerator // points.denominator
    return f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointedItem:
    """One item with the share of its points that its answer earns."""

    scored: ScoredItem
    share: Fraction | None  # None: it does not apply; an unanswered item earns nothing

    @property
    def applies(self) -> bool:
        """It stands in the base."""
        return self.share is not None

    @property
    def got(self) -> Fraction:
        """The points that it earns."""
        return self.scored.item.weight * (self.share or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Σ weight × share, of the weights of what applies; an item without an answer applies."""

    got: Fraction
    base: Fraction
    whole: Fraction  # the weights of all that was asked: what the result is told of
    asked: int
    unanswered: int
    not_applicable: int

    @property
    def result(self) -> Fraction | None:
        """Points of the whole; None where nothing applies."""
        return self.got / self.base * self.whole if self.base else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointed:
    """The points of an assessment: in all, by domain and item by item; never official ones."""

    total: Points
    domains: tuple[tuple[Domain, Points], ...]
    items: tuple[PointedItem, ...]
