"""The points of a self-check, and what any answers rest on: for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import click

from secops.cli.assess_values import say_scored
from secops.cli.clauses import clause_said
from secops.cli.table import show_table
from secops.contracts.words import Words, chapter, label
from secops.errors import msgid
from secops.model.common import NotApplicable
from secops.model.ids import AnswerId
from secops.model.points import Pointed, PointedItem, Points, cut
from secops.model.proposal import EvidenceAge, FromInventory, FromLast, Source
from secops.operations.point_assessment import Resting


@dataclass(frozen=True, slots=True)
class PointsTold:
    """The points, what the answers rest on, and where confirmed ones were taken from."""

    points: Pointed
    resting: Resting
    sources: Mapping[AnswerId, Source]


def points_document(found: Pointed) -> dict[str, object]:
    """Give the points; exact fractions as text, the shown numbers cut."""
    return {
        **_document(found.total),
        "domains": [{"domain": domain.code, **_document(one)} for domain, one in found.domains],
    }


def _document(one: Points) -> dict[str, object]:
    return {
        "points": None if one.result is None else cut(one.result),
        "exact": None if one.result is None else str(one.result),
        "got": str(one.got),
        "base": str(one.base),
        "of": str(one.whole),
        "asked": one.asked,
        "unanswered": one.unanswered,
        "not_applicable": one.not_applicable,
    }


def item_points(one: PointedItem, told: PointsTold) -> dict[str, object]:
    """Give the points of one item, and whether its answer confirms a proposal."""
    return {
        "confirmed": [_SOURCES[type(it)] for it in _sources(one, told)],
        "weight": str(one.scored.item.weight),
        "share": None if one.share is None else str(one.share),
        "got": str(one.got) if one.applies else None,
    }


def resting_document(one: Resting) -> dict[str, int]:
    """Count the answered items by what they rest on."""
    return {age.value: count for age, count in one.counts.items()}


def show_points(words: Words, found: Pointed) -> None:
    """Show a line per domain, and the whole."""
    heads = [
        msgid("domain"),
        msgid("asked"),
        msgid("unanswered"),
        msgid("not applicable"),
        msgid("points got"),
        msgid("points that apply"),
        msgid("all points"),
    ]
    rows = [[chapter(domain, words), *_cells(one)] for domain, one in found.domains]
    total = [words.gettext(msgid("total")), *_cells(found.total)]
    show_table([words.gettext(head) for head in heads], [*rows, total])
    for one in found.items:
        value = one.scored.value
        if isinstance(value, NotApplicable):
            said = words.gettext(msgid("not applicable: {clause} {reason}"))
            clause = clause_said(one.scored.item, one.scored.at)
            click.echo(said.format(clause=clause, reason=value.reason))
    result = found.total.result
    said = words.gettext(msgid("points of this self-check: {points} of {whole}"))
    points = "-" if result is None else cut(result)
    click.echo(said.format(points=points, whole=cut(found.total.whole)))


def _cells(one: Points) -> Iterator[str]:
    yield from map(str, (one.asked, one.unanswered, one.not_applicable))
    yield from map(cut, (one.got, one.base, one.whole))


_SOURCES: Final[Mapping[type[Source], str]] = {FromInventory: "inventory", FromLast: "last"}
_SAID: Final = {
    "inventory": msgid("confirmed from the inventory"),
    "last": msgid("confirmed from the last cycle"),
}


def _sources(one: PointedItem, told: PointsTold) -> list[Source]:
    found = (told.sources.get(answer.id) for answer in one.scored.answers)
    return [it for it in found if it]


def show_point_items(words: Words, told: PointsTold) -> None:
    """Show the arithmetic, item by item."""
    heads = [
        msgid("clause"),
        msgid("answer"),
        msgid("weight"),
        msgid("share"),
        msgid("points got"),
        msgid("evidence"),
        msgid("source"),
        msgid("gist"),
    ]
    resting = told.resting
    ages = {one: label(one, words) for one in EvidenceAge}
    rows = [
        [
            clause_said(one.scored.item, one.scored.at),
            say_scored(one.scored, words),
            cut(one.scored.item.weight),
            "-" if one.share is None else str(one.share),
            cut(one.got) if one.applies else "-",
            ages[resting.ages[id_]] if (id_ := one.scored.item.id) in resting.ages else "",
            ", ".join(
                dict.fromkeys(
                    words.gettext(_SAID[_SOURCES[type(it)]]) for it in _sources(one, told)
                )
            ),
            one.scored.at.gist,
        ]
        for one in told.points.items
    ]
    show_table([words.gettext(head) for head in heads], rows)


def say_resting(one: Resting, words: Words) -> str:
    """Say how many answers were checked in this cycle."""
    said = words.gettext(
        msgid("answers on evidence of this cycle {of_the_cycle}, older {older}, without {none}")
    )
    return said.format(**resting_document(one))
