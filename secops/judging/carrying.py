"""Two item sets side by side: what is asked again just so, in other words, newly, or no more.

Only what is asked again just so may be proposed as it was answered before.
"""

from __future__ import annotations

from dataclasses import dataclass

from secops.judging.tailoring import Asked, ItemSet


@dataclass(frozen=True, slots=True)
class Reworded:
    """An item that is asked again, but not as it was."""

    was: Asked
    now: Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgain:
    """Every item of both sets, once: this is what a person meets, not what an edition changed."""

    same: tuple[Asked, ...]  # as the new set has it
    changed: tuple[Reworded, ...]
    new: tuple[Asked, ...]
    dropped: tuple[Asked, ...]


def asked_again(before: ItemSet, now: ItemSet) -> AskedAgain:
    """Compare two item sets by the ids of their items, in the order of the new one."""
    old = {one.item.id: one for one in before.asked}
    kept = {one.item.id for one in now.asked}
    both = [(old[one.item.id], one) for one in now.asked if one.item.id in old]
    return AskedAgain(
        same=tuple(one for was, one in both if asks_the_same(was, one)),
        changed=tuple(Reworded(was, one) for was, one in both if not asks_the_same(was, one)),
        new=tuple(one for one in now.asked if one.item.id not in old),
        dropped=tuple(one for one in before.asked if one.item.id not in kept),
    )


def asks_the_same(was: Asked, now: Asked) -> bool:
    """Say whether the wording, the parts and what is asked for are what they were.

    A number of its own, a weight or a source may change: the question stays the question.
    """
    return _question(was) == _question(now)


def _question(one: Asked) -> tuple[object, ...]:
    return one.at.gist, one.item.parts, one.item.asks, frozenset(one.item.concerns)
