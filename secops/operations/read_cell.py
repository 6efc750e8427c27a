"""What a person types for one field -> its cell; choices in English or in the user's words."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Final

from secops.contracts.words import Words, label
from secops.errors import WrongChoiceError, WrongValueError, msgid
from secops.model.record import WANTED, Cell, CellKind, Field

_TRUE: Final = ("true", "yes", "y", "1")
_FALSE: Final = ("false", "no", "n", "0")
YES: Final = msgid("yes")
NO: Final = msgid("no")


def read_cell(one: Field, text: str, words: Words) -> Cell:
    """Read it; empty text empties the cell; many values stand between commas.

    Raises WrongValueError and WrongChoiceError with the field's path.
    """
    typed = text.strip()
    if not typed:
        return None
    if one.many:
        parts = unicodedata.normalize("NFKC", typed).split(",")
        return tuple(str(_single(one, part.strip(), words)) for part in parts if part.strip())
    return _single(one, typed, words)


def _single(one: Field, typed: str, words: Words) -> Cell:
    match one.kind:
        case CellKind.TEXT | CellKind.REFERENCE:
            return typed
        case CellKind.CHOICE:
            return _choice(one, typed, words)
        case CellKind.BOOLEAN:
            return _boolean(one, typed, words)
        case _:
            return _number(one, unicodedata.normalize("NFKC", typed))


def _choice(one: Field, typed: str, words: Words) -> str:
    wanted = typed.casefold()
    members: tuple[Enum, ...] = tuple(one.enum or ())
    for member in members:
        said = label(member, words)
        if wanted in (member.name.lower(), str(member.value).casefold(), said.casefold()):
            return member.name.lower()
    said_all = ", ".join(f"{member.name.lower()} ({label(member, words)})" for member in members)
    raise WrongChoiceError(key=one.path, choices=said_all, found=typed)


def _boolean(one: Field, typed: str, words: Words) -> bool:
    wanted = typed.casefold()
    if wanted in (*_TRUE, words.gettext(YES).casefold()):
        return True
    if wanted in (*_FALSE, words.gettext(NO).casefold()):
        return False
    raise WrongValueError(key=one.path, wanted=WANTED[one.kind], found=typed)


def _number(one: Field, typed: str) -> int | Decimal | date:
    try:
        match one.kind:
            case CellKind.DATE:
                return date.fromisoformat(typed)
            case CellKind.DECIMAL:
                return Decimal(typed)
            case _:  # whole numbers and levels
                return _whole(typed)
    except (ValueError, InvalidOperation):
        raise WrongValueError(key=one.path, wanted=WANTED[one.kind], found=typed) from None


def _whole(typed: str) -> int:
    if not typed.removeprefix("-").isascii() or not typed.removeprefix("-").isdigit():
        raise ValueError(typed)
    return int(typed)
