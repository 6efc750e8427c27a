"""What every document needs to print: words, names, civil dates, bars that add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import Enum

from secops.contracts.words import Words, label
from secops.documents.clean import clean
from secops.documents.rectification_context import Bar, Segment
from secops.errors import msgid
from secops.model.answer import Answer, Choice, Measure, Value, Verdict, reason_of
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.ids import Digest

CELLS = 40
LEVELS: Mapping[SecurityLevel, str] = {
    SecurityLevel.ONE: msgid("level one"),
    SecurityLevel.TWO: msgid("level two"),
    SecurityLevel.THREE: msgid("level three"),
    SecurityLevel.FOUR: msgid("level four"),
    SecurityLevel.FIVE: msgid("level five"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Words, names and the time zone in which dates are told."""

    words: Words
    names: Mapping[str, str]
    zone: tzinfo

    def say(self, text: str) -> str:
        """Say a sentence in the language of the document."""
        return self.words.gettext(text)

    def label(self, value: Enum) -> str:
        """Say an enum value."""
        return label(value, self.words)

    def name(self, id: str | None) -> str:
        """Give the name behind an id; empty where there is none."""
        return clean(self.names.get(id, "")) if id else ""

    def day(self, at: datetime) -> str:
        """Give the civil date of an instant."""
        return at.astimezone(self.zone).date().isoformat()

    def minute(self, at: datetime) -> str:
        """Give the local time of an instant."""
        return at.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")

    def long_day(self, day: date) -> str:
        """Give a date in words, without leading zeros as official papers want it."""
        said = self.say(msgid("{year}-{month}-{day}"))
        return said.format(year=day.year, month=day.month, day=day.day)

    def level(self, level: SecurityLevel) -> str:
        """Give a security level in words."""
        return self.say(LEVELS[level])

    def value(self, value: Value | None) -> tuple[str, str]:
        """Give the stable word of an answer's value, and what to print."""
        match value:
            case None:
                return "unanswered", self.say(msgid("unanswered"))
            case Verdict():
                return value.value, self.label(value)
            case NotApplicable():
                return "not_applicable", self.say(msgid("not applicable"))
            case Measure(n=n, of=of):
                return "measure", f"{n}/{of}"
            case Choice(code=code):
                return "choice", clean(code)


def short(digest: Digest | str) -> str:
    """Give the form of a digest that fits into a sentence."""
    return str(digest).removeprefix("sha256:")[:12]


def once(texts: Iterable[str]) -> tuple[str, ...]:
    """Give what is not empty, each text once, fit to print."""
    return tuple(dict.fromkeys(clean(text) for text in texts if text.strip()))


def notes_of(answers: Iterable[Answer]) -> tuple[str, ...]:
    """Give what people wrote: why something does not apply, then what was found."""
    return once(text for one in answers for text in (reason_of(one.value), one.note))


def _shares(counts: Sequence[int], whole: int) -> list[int]:
    """Split `whole` in proportion, by largest remainder, so that the parts add up."""
    total = sum(counts)
    if not total:
        return [0 for _ in counts]
    parts = [count * whole // total for count in counts]
    rest = sorted(range(len(counts)), key=lambda n: (-(counts[n] * whole % total), n))
    for n in rest[: whole - sum(parts)]:
        parts[n] += 1
    return parts


def bar(title: str, counted: Sequence[tuple[str, str, int]]) -> Bar:
    """Make a bar out of (key, label, count)."""
    counts = [count for _, _, count in counted]
    widths, cells = _shares(counts, 1000), _shares(counts, CELLS)
    starts = [sum(widths[:n]) for n in range(len(widths))]
    return Bar(
        label=title,
        total=sum(counts),
        segments=tuple(
            Segment(key=key, label=said, count=count, start=start, width=width, cells=filled)
            for (key, said, count), start, width, filled in zip(
                counted, starts, widths, cells, strict=True
            )
        ),
    )
