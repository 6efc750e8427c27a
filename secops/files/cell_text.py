"""What stands in a cell of a file <-> a cell of a record, spelled as people spell it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final
from urllib.parse import urlsplit

from secops.errors import InputError, WrongChoiceError, WrongValueError
from secops.errors.files import UnrecognisedValueError
from secops.files.recognition import Recognition, simplified
from secops.guards.plain_text import plain, plain_place
from secops.model.record import WANTED, Cell, CellKind, Field

Raw = str | int | float | bool | Decimal | date | datetime | time | timedelta | None
"""What readers of tables and YAML give for one cell."""

_SAG: Final = re.compile("s([1-5])a([1-5])(?:g([1-5]))?")
_INTEGER: Final = re.compile("-?[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_THOUSANDS: Final = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DATE: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COARSE: Final = re.compile("((?:19|20)[0-9]{2})(?:[-/.]([0-9]{1,2}))?-?")
_DIGITS: Final = re.compile("[12][0-9]{7}")
_MIDNIGHT: Final = re.compile("[ T]00:00(?::00(?:[.]0+)?)?$")
_SEVERAL: Final = re.compile("[\n;,|\uff1b\uff0c\u3001]")
_ESCAPED: Final = re.compile(r"\\(.)")
_MOST_SHOWN: Final = 80
_DOMAIN_NAMES: Final = "business.domain_names"
_PLACES: Final = frozenset(
    (
        "value",  # of an endpoint
        _DOMAIN_NAMES,
        "business.source_addresses",
        "internet_addresses",
        "credit_code",
        "address.region_code",
        "address.postcode",
        "office_phone",
        "mobile",
        "email",
    )
)


def written(raw: Raw) -> str:
    """Say a raw value as text; a whole number has no point."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    return "" if raw is None else str(raw)


def entered(field: Field, text: str) -> str:
    """Clean text of a field; addresses and codes are folded, names keep their punctuation."""
    return plain_place(text) if field.path in _PLACES else plain(text)


class CellReader:
    """Reads cells by field. `exact`: text is taken as it stands, as our own exports write it."""

    def __init__(self, recognition: Recognition) -> None:
        self._words = recognition
        self._longest_empty = max(map(len, recognition.empty), default=0)
        self._kinds: dict[CellKind, Callable[[Field, str, str], Cell]] = {
            CellKind.TEXT: lambda _, __, text: text,
            CellKind.REFERENCE: lambda _, __, text: text,
            CellKind.INTEGER: self._integer,
            CellKind.DECIMAL: self._decimal,
            CellKind.BOOLEAN: self._boolean,
            CellKind.DATE: self._date,
            CellKind.CHOICE: self._choice,
            CellKind.LEVEL: self._level,
        }

    def read(self, field: Field, key: str, raw: Raw, *, exact: bool) -> Cell:
        """Give the cell; None where nothing stands. Raises InputError without a place."""
        text = entered(field, raw if isinstance(raw, str) else written(raw))
        bare = text.strip()
        if not bare or (not exact and self._says_nothing(bare)):
            return text if exact and text and _is_text(field) else None
        if field.kind is CellKind.LEVEL and simplified(bare) in self._words.ungraded:
            return None
        if field.kind is CellKind.DATE and not exact:
            bare = self.first_day(raw) or bare
        if not field.many:
            return self._one(field, key, text if exact and _is_text(field) else bare)
        if exact and field.kind is not CellKind.CHOICE:
            return tuple(part if _is_text(field) else part.strip() for part in joined_back(text))
        parts = (part.strip() for part in _SEVERAL.split(bare))
        if field.path == _DOMAIN_NAMES:
            parts = (_host_in(part) for part in parts)
        return tuple(str(self._one(field, key, part)) for part in parts if part) or None

    def first_day(self, raw: Raw) -> str:
        """Give the first day where a cell states no more than a month or a year; else nothing.

        A number such as 2024.1 is no month: 2024.10 looks the same once it is a number.
        """
        text = self._plain_date(unicodedata.normalize("NFKC", written(raw)))
        found = _COARSE.fullmatch(text)
        if found is None or (isinstance(raw, float) and found[2] == "1"):
            return ""
        return f"{found[1]}-{int(found[2] or 1):02}-01"

    def _says_nothing(self, bare: str) -> bool:
        return len(bare) <= self._longest_empty and simplified(bare) in self._words.empty

    def _one(self, field: Field, key: str, text: str) -> Cell:
        return self._kinds[field.kind](field, key, text)

    def levels(self, key: str, raw: Raw) -> tuple[int, int, bool] | None:
        """Read a level column: S, A, and whether both were stated."""
        text = simplified(plain(written(raw)))
        if not text or text in self._words.empty or text in self._words.ungraded:
            return None
        if found := _SAG.search(text):
            s, a = int(found[1]), int(found[2])
            if found[3] and int(found[3]) != max(s, a):
                raise _wrong(CellKind.LEVEL, key, written(raw))
            return s, a, True
        level = self._level_of(key, written(raw))
        return level, level, False

    def _level_of(self, key: str, text: str) -> int:
        folded = simplified(text)
        if found := _SAG.fullmatch(folded):
            level = max(int(found[1]), int(found[2]))
            if found[3] is None or int(found[3]) == level:
                return level
        elif folded.partition("(")[0] in self._words.levels:
            return self._words.levels[folded.partition("(")[0]]
        near = _near(folded, [one for one in self._words.levels if not one.isascii()])
        raise _unrecognised(key, text, near) or _wrong(CellKind.LEVEL, key, text)

    def _level(self, field: Field, key: str, text: str) -> Cell:
        del field
        return self._level_of(key, text)

    def _integer(self, field: Field, key: str, text: str) -> Cell:
        number = _number(text)
        whole, _, rest = number.partition(".")
        if not _INTEGER.fullmatch(whole) or rest.strip("0"):
            raise _wrong(field.kind, key, text)
        return int(whole)

    def _decimal(self, field: Field, key: str, text: str) -> Cell:
        number = _number(text)
        if not _DECIMAL.fullmatch(number):
            raise _wrong(field.kind, key, text)
        return Decimal(number)

    def _boolean(self, field: Field, key: str, text: str) -> Cell:
        found = self._words.booleans.get(simplified(text))
        if found is None:
            raise _wrong(field.kind, key, text)
        return found

    def _choice(self, field: Field, key: str, text: str) -> Cell:
        words = self._words.choices[field.enum.__name__ if field.enum else ""]
        found = words.members.get(simplified(text))
        if found is None:
            near = [
                words.titles[words.members[one]] for one in _near(simplified(text), words.members)
            ]
            choices = ", ".join(words.titles.values())
            raise _unrecognised(key, text, near) or WrongChoiceError(
                key=key, choices=choices, found=text[:_MOST_SHOWN]
            )
        return found

    def _date(self, field: Field, key: str, text: str) -> Cell:
        folded = self._plain_date(_MIDNIGHT.sub("", unicodedata.normalize("NFKC", text)))
        if _DIGITS.fullmatch(folded):
            folded = f"{folded[:4]}-{folded[4:6]}-{folded[6:]}"
        found = _DATE.fullmatch(folded)
        try:
            return date(int(found[1]), int(found[3]), int(found[4])) if found else _no_date()
        except ValueError:
            raise _wrong(field.kind, key, text) from None

    def _plain_date(self, text: str) -> str:
        words = self._words.dates
        for mark, plainly in words.marks.items():
            text = text.replace(mark, plainly)
        return "-".join(self._digits(part) for part in text.strip().split("-"))

    def _digits(self, part: str) -> str:
        words = self._words.dates
        if words.ten in part:
            before, _, after = part.partition(words.ten)
            part = f"{before or '1'}{after or '0'}"
        return "".join(words.digits.get(sign, sign) for sign in part)


def _no_date() -> date:
    raise ValueError


def _host_in(text: str) -> str:
    """Give the host of a web address, `https://a.example/b` or `a.example/b`; else the text."""
    try:
        return urlsplit(text if "//" in text else f"//{text}").hostname or text
    except ValueError:
        return text


def _is_text(field: Field) -> bool:
    return field.kind is CellKind.TEXT


def _number(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip()
    return folded.replace(",", "") if _THOUSANDS.fullmatch(folded) else folded


def _wrong(kind: CellKind, key: str, text: str) -> InputError:
    return WrongValueError(key=key, wanted=WANTED[kind], found=text[:_MOST_SHOWN])


def _near(text: str, known: Iterable[str]) -> list[str]:
    return difflib.get_close_matches(text, list(known), n=1, cutoff=0.5)


def _unrecognised(key: str, text: str, near: list[str]) -> InputError | None:
    if not near:
        return None
    return UnrecognisedValueError(key=key, found=text[:_MOST_SHOWN], near=near[0])


def joined(texts: Sequence[str]) -> str:
    """Write several texts into one cell, one a line; what would be misread is escaped."""
    return "\n".join(one.replace("\\", "\\\\").replace("\n", "\\n") for one in texts)


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else str(found[1])


def joined_back(text: str) -> tuple[str, ...]:
    """Undo `joined`."""
    parts = [part for part in text.split("\n") if part]
    return tuple(_ESCAPED.sub(_unescaped, part) for part in parts)


class CellWriter:
    """Writes cells as an exported workbook shows them; the inverse of an exact reader."""

    def __init__(self, recognition: Recognition) -> None:
        self._words = recognition
        self._yes = {value: word for word, value in reversed(list(recognition.booleans.items()))}

    def write_boolean(self, value: bool) -> str:  # noqa: FBT001  # it is the value
        """Give the word for yes or no."""
        return self._yes[value]

    def write(self, field: Field, cell: Cell) -> str:
        """Give the text of a cell."""
        if cell is None or cell == ():
            return ""
        if field.kind is CellKind.CHOICE and field.enum:
            titles = self._words.choices[field.enum.__name__].titles
            return "\n".join(titles[one] for one in _each(cell))
        if isinstance(cell, tuple):
            return joined(cell)
        if isinstance(cell, bool):
            return self._yes[cell]
        return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _each(cell: Cell) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else (str(cell),)
