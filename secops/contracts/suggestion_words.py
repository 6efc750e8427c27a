"""How a suggestion is said, at a terminal and in a form: never as a verdict."""

from __future__ import annotations

from secops.contracts.words import Words, label
from secops.errors import msgid
from secops.model.answer import Verdict
from secops.model.checklist import Item
from secops.model.judgement import Against, NothingAgainst, Suggestion, Supported


def say_suggestion(suggestion: Suggestion | None, words: Words) -> str:
    """Say a suggestion in one word, never as a verdict."""
    match suggestion:
        case None:
            return words.gettext(msgid("not looked at"))
        case Against(verdict=verdict):
            said = words.gettext(msgid("suggested: {verdict}"))
            return said.format(verdict=label(verdict, words))
        case Supported():
            said = words.gettext(msgid("suggested: {verdict}"))
            return said.format(verdict=label(Verdict.COMPLIANT, words))
        case NothingAgainst():
            return words.gettext(msgid("nothing found against it"))


def say_still_to_show(suggestion: NothingAgainst, item: Item, words: Words) -> str:
    """Say which parts of the item nobody has shown yet."""
    wording = dict(item.parts)
    still = "; ".join(wording.get(part, part) for part in suggestion.still_to_show)
    return words.gettext(msgid("still to be shown: {parts}")).format(parts=still)
