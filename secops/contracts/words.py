"""Sentences: English msgids in code, Chinese in the catalogue."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from enum import Enum, IntEnum
from typing import Protocol

from secops.errors import SecopsError, WrongValueError, msgid

Words = gettext.NullTranslations


def label(value: Enum, words: Words) -> str:
    """Say an enum value; its class is the context, since `high` is not one word in Chinese."""
    if isinstance(value, IntEnum):
        return str(int(value))
    return words.pgettext(type(value).__name__, value.name.lower().replace("_", " "))


class Titled(Protocol):
    """A chapter or part of a checklist."""

    @property
    def code(self) -> str:
        """In files."""

    @property
    def title(self) -> str:
        """In Chinese."""

    @property
    def english(self) -> str:
        """In English, or nothing."""


def chapter(one: Titled, words: Words) -> str:
    """Say a chapter of a checklist: its titles are data, not sentences of ours.

    The first item sets kept no titles: those are said as they were then.
    """
    if not one.title:
        from secops.model.checklist import FirstDomain  # noqa: PLC0415  # the help needs no model

        return label(FirstDomain(one.code), words)
    spoken = isinstance(words, gettext.GNUTranslations)
    return one.title if spoken or not one.english else one.english


_MSGIDS = frozenset({"wanted", "problem", "looks", "kind", "most"})
"""Details that are sentences of their own."""


def sentence(
    error: SecopsError, words: Words, titled: Callable[[str], str] = lambda path: path
) -> str:
    """Say an error: where, what, how to mend; `titled` puts a field's title beside its path."""
    details = dict(error.details)
    for key in {"key", "path"} & details.keys():
        details[key] = titled(details[key])
    for key in _MSGIDS & details.keys():
        details[key] = words.gettext(details[key]) if details[key] else ""
    what = words.gettext(error.what).format(**details)
    advice = error.mend
    if isinstance(error, WrongValueError) and error.where is None:
        advice = msgid("change the value")  # it was typed: quotes are for files
    mend = _without_nothing(words.gettext(advice), details).format(**details)
    where = f"{error.where} " if error.where else ""
    return words.gettext(msgid("{where}{what} - {mend}")).format(where=where, what=what, mend=mend)


def _without_nothing(mend: str, details: Mapping[str, str]) -> str:
    """Leave out the clause that offers near names where nothing is near."""
    if details.get("near", "?") not in ("", "-"):
        return mend
    return re.sub(r"[;；][^;；]*\{near\}[^;；]*", "", mend)
