"""One exception hierarchy: a message says what, where and how to mend; exit codes live here.

An error is a class with a stable code, never a free string. `what` and `mend` are English msgids:
logs show them as they stand, the command line says them in the user's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import ClassVar


class ExitCode(IntEnum):
    """What a script around `secops` may rely on."""

    DONE = 0
    NOT_GOOD = 1  # judged, and bad news; only from commands that judge
    USAGE = 2  # wrong arguments (click's own code), no right, no permit for any target
    INPUT = 3  # a file that we were given is wrong
    INCOMPLETE = 4  # the result has holes; what was done is kept
    INTERNAL = 70  # our bug
    INTERRUPTED = 130


_WORST_FIRST = (
    ExitCode.INTERRUPTED,
    ExitCode.INTERNAL,
    ExitCode.INCOMPLETE,
    ExitCode.NOT_GOOD,
    ExitCode.DONE,
)


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """Give the code of a run that did several things; 2 and 3 end a run before it does any."""
    return min(codes, key=_WORST_FIRST.index, default=ExitCode.DONE)


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a text file that a person can open: `inventory.yaml:12:5`."""

    path: Path
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class InSheet:
    """A cell that a person can go to: `list.xlsx 系统!C7`; an empty cell names the sheet."""

    path: Path
    sheet: str
    cell: str = ""

    def __str__(self) -> str:
        return f"{self.path} {self.sheet}!{self.cell}" if self.cell else f"{self.path} {self.sheet}"


@dataclass(frozen=True, slots=True)
class InFile:
    """A whole file, where no line can be named."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


Place = Where | InSheet | InFile


def place_order(place: Place | None) -> tuple[str, str, int, int]:
    """Give what puts places in order: by file, sheet, row and column."""
    if isinstance(place, Where):
        return str(place.path), "", place.line, place.column
    if isinstance(place, InSheet) and place.cell:
        letters = place.cell.rstrip("0123456789")
        column = 0
        for one in letters:
            column = column * 26 + ord(one) - ord("A") + 1
        return str(place.path), place.sheet, int(place.cell[len(letters) :]), column
    return str(place.path) if place else "", getattr(place, "sheet", ""), 0, 0


def msgid(text: str) -> str:
    """Mark a sentence for the catalogue where it is written, not where it is shown."""
    return text


class SecopsError(Exception):
    """Base of everything we raise on purpose. Caught in `cli` (and one day `web`) only."""

    code: ClassVar[str] = "internal"
    what: ClassVar[str] = "internal error"
    mend: ClassVar[str] = "report it with the log"
    exit_code: ExitCode = ExitCode.INTERNAL

    def __init__(self, *, where: Place | None = None, **details: str) -> None:
        super().__init__(self.code)
        self.where = where
        self.details = details

    def at(self, where: Place) -> SecopsError:
        """Name the place, unless a more exact one is already named.

        What has a place in a file makes that file wrong, whatever else it would be.
        """
        self.where = self.where or where
        if self.exit_code is ExitCode.USAGE:
            self.exit_code = ExitCode.INPUT
        return self

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        what, mend = self.what.format(**self.details), self.mend.format(**self.details)
        return f"{place}{what} [{self.code}] - {mend}"


class InputError(SecopsError):
    """A file given by the user is wrong; nothing of it was taken."""

    code = "input"
    what = "the file is not right"
    mend = "correct it and try again"
    exit_code = ExitCode.INPUT


class UsageError(SecopsError):
    """What was asked for cannot be done as asked; nothing was touched."""

    code = "usage"
    what = "this cannot be done as asked"
    mend = "see --help"
    exit_code = ExitCode.USAGE


class SeveralInputsError(InputError):
    """Several mistakes of one file, shown together so that they can be mended in one go."""

    code = "input.several"
    what = "mistakes found: {count}; nothing was taken over"
    mend = "correct them and try again"

    def __init__(self, problems: Iterable[SecopsError]) -> None:
        self.problems = tuple(
            each for one in problems for each in getattr(one, "problems", None) or (one,)
        )
        super().__init__(count=str(len(self.problems)))


class DuplicateKeyError(InputError):
    """The same key stands twice in one YAML mapping."""

    code = "yaml.duplicate-key"
    what = "key {key!r} appears twice, first at line {first}"
    mend = "keep one of the two lines"


class UnknownKeyError(InputError):
    """A key that no reader asked for; most often a typing error."""

    code = "yaml.unknown-key"
    what = "key {key!r} is not known here"
    mend = "correct the spelling or remove the line"


class MissingKeyError(InputError):
    """A key that the schema needs is absent."""

    code = "yaml.missing-key"
    what = "key {key!r} is missing"
    mend = "add it"


class WrongValueError(InputError):
    """The value is there but is not of the kind we need; `wanted` is a msgid of its own."""

    code = "value.wrong"
    what = "{key!r} must be {wanted}, not {found!r}"
    mend = "change the value; put text that looks like a number in quotes"


class WrongChoiceError(InputError):
    """The value is not in the closed list that stands here."""

    code = "value.wrong-choice"
    what = "{key!r} must be one of {choices}, not {found!r}"
    mend = "take a value from the list"


class UnsafeYamlError(InputError):
    """Syntax errors, aliases, tags, endless nesting: a plain data file needs none of them."""

    code = "yaml.unsafe"
    what = "cannot read this YAML: {problem}"
    mend = "write plain mappings, lists and text"


class DuplicateIdError(InputError):
    """Two entries of one table carry the same id; neither is used."""

    code = "table.duplicate-id"
    what = "id {id!r} appears twice"
    mend = "give the later entry a new id; ids are never reused"


class ReasonMissingError(InputError):
    """`not applicable` was claimed without a reason."""

    code = "answer.reason-missing"
    what = "'not applicable' needs a reason"
    mend = "say in one sentence why the item cannot apply"


class UnknownNameError(UsageError):
    """A name, number or id that stands for nothing in this workspace."""

    code = "name.unknown"
    what = "no {kind} is called {name!r}"
    mend = "see the list command of that kind; near names: {near}"


class UnknownNumberError(UnknownNameError):
    """A number that stands for nothing; here nothing has a name."""

    code = "number.unknown"
    mend = "see the list command of that kind; numbers there: {near}"


class AmbiguousNameError(UsageError):
    """A name that several rows carry; the number tells them apart."""

    code = "name.ambiguous"
    what = "{name!r} may be any of: {candidates}"
    mend = "use the number instead of the name"


def all_errors(root: type[SecopsError] = SecopsError) -> tuple[type[SecopsError], ...]:
    """Every class below `root`: the tests use it to check the catalogue."""
    return tuple(x for child in root.__subclasses__() for x in (child, *all_errors(child)))
